package org.lethe.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.lethe.cli.admin.Admin;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.mail.Mailer;
import picocli.CommandLine.Option;

/** Where people reach the web admin. */
final class AdminOptions {

  /** Connections for people who look at pages, beside those that the work itself needs. */
  private static final int CONNECTIONS = 24;

  private static final String EXAMPLE = "127.0.0.1:8080";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description =
          "where the web admin answers, default "
              + EXAMPLE
              + "; speaks no TLS, so put a proxy before"
              + " it where others reach it")
  private String listen = EXAMPLE;

  @Option(
      names = "--public-address",
      paramLabel = "URL",
      description =
          "what people type to reach it through a proxy, such as https://lethe.example.org/; cookies"
              + " then need https, and the proxy's X-Forwarded headers are believed")
  private @Nullable String publicAddress;

  @Option(names = "--no-admin", description = "no web admin, only the work by the clock")
  private boolean without;

  /** Before anything connects. */
  void check() {
    ListenAddress.parse("--listen", listen, EXAMPLE);
    address();
  }

  private @Nullable URI address() {
    if (publicAddress == null) {
      return null;
    }
    try {
      URI uri = new URI(publicAddress);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, like other addresses that are none.
    }
    throw new UsageException(
        "--public-address is a URL such as https://lethe.example.org/, not " + publicAddress);
  }

  /**
   * Starts it; empty where it is not wanted, or not part of this installation.
   *
   * @param requests null where there is no key
   * @throws org.lethe.error.InputException if it cannot listen there
   */
  Optional<Admin.Running> start(
      LetheCommand lethe, Session session, @Nullable RequestSession requests) {
    Optional<Admin> admin =
        without ? Optional.empty() : ServiceLoader.load(Admin.class).findFirst();
    return admin.map(
        a -> {
          session.database().poolForPages(CONNECTIONS);
          return a.start(settings(lethe, session, requests));
        });
  }

  private AdminSettings settings(
      LetheCommand lethe, Session session, @Nullable RequestSession requests) {
    InetSocketAddress at = ListenAddress.parse("--listen", listen, EXAMPLE);
    return new AdminSettings(
        session.database(),
        session.lethe(),
        session.policy(),
        requests == null
            ? null
            : new AdminSettings.PeoplesRequests(
                requests.key(), requests.stores(), requests.requests()),
        new Mailer(lethe.environment()::get),
        lethe.environment(),
        at,
        address(),
        Clock.systemUTC(),
        true);
  }
}
