package org.lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.lethe.account.AccountSchema;
import org.lethe.cli.admin.Admin;
import org.lethe.policy.PolicyReader;
import org.lethe.schedule.RetentionScheduler;
import org.lethe.subject.Key;
import org.lethe.testkit.Plaza;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a database to play with, and the web admin on it. */
@Command(
    name = "demo",
    description =
        "Start a PostgreSQL of its own with the sample plaza and the web admin on it, and show around."
            + " Ctrl-C stops it; its data stays.",
    footer = {"  lethe demo", "  lethe demo --reset", "  lethe demo --port 5433 --dir /tmp/plaza"})
final class DemoCommand implements Callable<Integer> {

  /** Where the launcher says which file it is. */
  private static final String LAUNCHER = "lethe.launcher";

  private final LetheCommand lethe;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "where it keeps its data, default ${DEFAULT-VALUE}")
  private Path folder = Path.of("lethe-demo");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "of the server, default ${DEFAULT-VALUE}; 0 for any free one")
  private int port = 54329;

  @Option(names = "--reset", description = "start over with fresh data and the original policy")
  private boolean reset;

  @Mixin private final AdminOptions admin = new AdminOptions();

  DemoCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new UsageException("--port is between 0 and 65535");
    }
    admin.check();
    CountDownLatch stop = new CountDownLatch(1);
    lethe
        .interruption()
        .onRequest(
            () -> {
              stop.countDown();
              return true;
            });
    Terminal terminal = lethe.terminal();
    terminal.note("starting PostgreSQL ...");
    try (DemoServer server = DemoServer.start(folder, port)) {
      if (server.fill(reset)) {
        terminal.note("plaza is filled: 34 tables, 100,000 rows");
      } else {
        terminal.note("plaza is as you left it; --reset starts over");
      }
      Path policy = folder.resolve("lethe.yaml");
      writePolicy(policy);
      play(server, policy, stop);
    }
    terminal.note("\nstopped; lethe demo starts it again with the same data");
    return lethe.interruption().requested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
  }

  private void play(DemoServer server, Path policy, CountDownLatch stop)
      throws InterruptedException {
    DatabaseUrl url = DatabaseUrl.parse(server.url(), lethe.environment());
    Session session = Session.open(lethe, url, policy, new Interruption());
    Key key = DemoKey.of(folder.resolve("key"), lethe.environment());
    LedgerSchema.migrate(session.database());
    AccountSchema.migrate(session.database());
    try (RequestSession requests = RequestSession.within(session, lethe, key, true)) {
      boolean told = new DemoStory(session, requests.requests()).tell();
      Optional<Admin.Running> pages = admin.start(lethe, session, requests);
      try (RetentionScheduler departures = departures(session)) {
        departures.start();
        // Last: whoever has read it may stop the demo at once.
        new DemoTour(lethe.terminal())
            .print(
                server.url(),
                policy,
                System.getProperty(LAUNCHER),
                pages.map(Admin.Running::address).orElse(null),
                told);
        lethe.terminal().flush();
        stop.await();
      } finally {
        pages.ifPresent(Admin.Running::close);
      }
    }
  }

  /** Rules wait for somebody to press a button here; who is to leave on a day leaves. */
  private RetentionScheduler departures(Session session) {
    return PlannedDepartures.schedule(
            session.lethe().scheduler().rules(List.of()),
            AccountsSession.within(session, lethe),
            new By("lethe", null),
            report -> {})
        .build();
  }

  /** Keeps what somebody changed, unless they want to start over. */
  private void writePolicy(Path file) {
    if (!reset && Files.exists(file)) {
      return;
    }
    try {
      Files.writeString(file, Plaza.policyYaml());
      Files.writeString(
          file.resolveSibling(PolicyReader.JSON_SCHEMA_FILE), PolicyReader.jsonSchema());
    } catch (IOException e) {
      throw new UsageException(file + " cannot be written", e);
    }
  }
}
