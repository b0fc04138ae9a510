package org.lethe.policy;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where mail is handed over. Immutable.
 *
 * @param user who signs in; null where nobody does
 */
public record SmtpServer(Security security, @Nullable String user, String host, int port) {

  /** How an address is written, for messages. */
  static final String FORM =
      "smtp://HOST:25, smtp+starttls://USER@HOST:587 or smtps://USER@HOST:465";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<scheme>smtp|smtps|smtp\\+starttls)://((?<user>[^\\s\\p{Cntrl}:/]+)@)?"
              + "(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?/?");

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LAST_PORT = 65535;

  /** How what is handed over is kept from others. */
  public enum Security {
    /** Not at all. */
    NONE(25),
    /** TLS once both have said hello; without it nothing is handed over. */
    STARTTLS(587),
    /** TLS from the first byte on. */
    TLS(465);

    private final int usualPort;

    Security(int usualPort) {
      this.usualPort = usualPort;
    }
  }

  /** Reads an address; empty if it is none. A user may be an e-mail address itself. */
  public static Optional<SmtpServer> parse(String address) {
    Matcher m = ADDRESS.matcher(address.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    Security security =
        switch (m.group("scheme")) {
          case "smtps" -> Security.TLS;
          case "smtp+starttls" -> Security.STARTTLS;
          default -> Security.NONE;
        };
    String port = m.group("port");
    int number = port == null ? security.usualPort : Integer.parseInt(port);
    return number < 1 || number > LAST_PORT
        ? Optional.empty()
        : Optional.of(new SmtpServer(security, m.group("user"), m.group("host"), number));
  }

  /** Whether a password would go over a network for all to read. */
  public boolean tellsPassword() {
    return security == Security.NONE && user != null && !THIS_MACHINE.contains(host);
  }

  /** Without the user: this may reach a log. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
