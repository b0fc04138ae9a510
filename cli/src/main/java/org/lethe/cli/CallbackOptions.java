package org.lethe.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.schedule.TaskListener;
import org.lethe.stores.http.HttpCallbacks;
import org.lethe.subject.Key;
import org.lethe.trash.By;
import picocli.CommandLine.Option;

/** Where services can call back. */
final class CallbackOptions {

  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(?<port>[0-9]{1,5})");

  private static final int LAST_PORT = 65535;

  @Option(
      names = "--callbacks",
      paramLabel = "HOST:PORT",
      description =
          "listen for HTTP services of the policy that are done with an erasure, at"
              + " /callbacks/STORE; they sign, so their stores need sign. Speaks no TLS")
  private @Nullable String at;

  boolean given() {
    return at != null;
  }

  /**
   * Before anything connects.
   *
   * @throws UsageException if it is no address
   */
  void check() {
    if (at != null) {
      address(at);
    }
  }

  private static InetSocketAddress address(String at) {
    Matcher m = ADDRESS.matcher(at);
    if (!m.matches() || Integer.parseInt(m.group("port")) > LAST_PORT) {
      throw new UsageException("--callbacks is HOST:PORT such as 127.0.0.1:8090, not " + at);
    }
    return new InetSocketAddress(m.group("host"), Integer.parseInt(m.group("port")));
  }

  /**
   * Begins to listen.
   *
   * @throws UsageException if there is nobody to listen to, no key, or no such place to listen
   */
  CallbackListener listen(
      LetheCommand command, @Nullable RequestSession requests, By by, TaskListener listener) {
    String where = Objects.requireNonNull(at);
    if (requests == null) {
      throw new UsageException("--callbacks goes on with requests, which needs " + Key.VARIABLE);
    }
    HttpCallbacks callbacks =
        new HttpCallbacks(
            requests.lethe().decisions().data().stores(),
            command.environment()::get,
            Clock.systemUTC());
    if (callbacks.stores().isEmpty()) {
      throw new UsageException(
          "--callbacks: no store of the policy is of kind http and signs; add sign: { key: \"${KEY}\" } to it");
    }
    try {
      return new CallbackListener(address(where), callbacks, requests.requests(), by, listener);
    } catch (IOException e) {
      throw new UsageException("cannot listen at " + where + "; is something else there?", e);
    }
  }
}
