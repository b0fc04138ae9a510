package org.lethe.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to listen, as people write it. */
final class ListenAddress {

  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(?<port>[0-9]{1,5})");

  private static final int LAST_PORT = 65535;

  private ListenAddress() {}

  /**
   * @param option for the message
   * @throws UsageException if it is no address
   */
  static InetSocketAddress parse(String option, String text, String example) {
    Matcher m = ADDRESS.matcher(text);
    if (!m.matches() || Integer.parseInt(m.group("port")) > LAST_PORT) {
      throw new UsageException(
          "%s is HOST:PORT such as %s, not %s".formatted(option, example, text));
    }
    return new InetSocketAddress(m.group("host"), Integer.parseInt(m.group("port")));
  }
}
