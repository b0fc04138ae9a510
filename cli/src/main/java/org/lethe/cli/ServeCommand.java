package org.lethe.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.account.LetheAccounts;
import org.lethe.cli.admin.Admin;
import org.lethe.policy.Schedule;
import org.lethe.retention.RuleLimits;
import org.lethe.schedule.RetentionScheduler;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens the web admin, and runs rules, the purge and requests by the clock. */
@Command(
    name = "serve",
    description = {
      "Open the web admin, and run the policy's rules on their schedules, the purge of the trash, planned departures, and requests that have"
          + " something to do (with LETHE_KEY set), until stopped. Any"
          + " number of processes may serve one database: they share the work, and take over what a"
          + " dead one leaves."
    },
    footer = {
      "  lethe serve",
      "  lethe serve --listen 127.0.0.1:9000 --purge-every 1h --max-time PT10M --rate 5000",
      "  lethe serve --purge-every \"0 3 * * *\"",
      "  lethe serve --callbacks 127.0.0.1:8090"
    })
final class ServeCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(
      names = "--purge-every",
      paramLabel = "TIME",
      description = "when the trash is purged, default ${DEFAULT-VALUE}")
  private String purgeEvery = "PT5M";

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Mixin private final ServeOptions options = new ServeOptions();

  @Mixin private final AdminOptions admin = new AdminOptions();

  @Mixin private final CallbackOptions callbacks = new CallbackOptions();

  @Mixin private final ActorOption actor = new ActorOption();

  ServeCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    Schedule purge = Times.schedule("--purge-every", purgeEvery);
    RuleLimits perRun = limits.rule(() -> false);
    options.check();
    callbacks.check();
    admin.check();
    actor.check();
    // What is under way when this process is told to stop comes to the end of its chunk.
    Session session = Session.open(lethe, new Interruption());
    LedgerSchema.migrate(session.database());
    try (RequestSession requests =
        RequestSession.ifKey(session, lethe).map(RequestSession::readyForMany).orElse(null)) {
      Optional<Admin.Running> pages = admin.start(lethe, session, requests);
      try {
        return serve(session, requests, perRun, purge, pages);
      } finally {
        pages.ifPresent(Admin.Running::close);
      }
    }
  }

  private int serve(
      Session session,
      @Nullable RequestSession requests,
      RuleLimits perRun,
      Schedule purge,
      Optional<Admin.Running> pages) {
    RetentionScheduler.Builder scheduler =
        (requests == null
                ? session.lethe().scheduler()
                : session.lethe().scheduler(requests.requests()))
            .ruleLimits(perRun)
            .purge(purge, limits.purge(null))
            .actor(actor.name());
    options.apply(scheduler);
    Serving serving = new Serving(lethe);
    By by = new By(actor.name(), null);
    LetheAccounts accounts = AccountsSession.within(session, lethe);
    PlannedDepartures.schedule(scheduler, accounts, by, serving::left);
    int rules = session.lethe().decisions().rules().size();
    String what =
        "%s%d rule%s%s and the purge (%s)%s"
            .formatted(
                pages.map(p -> "the admin at %s, ".formatted(p.address())).orElse(""),
                rules,
                rules == 1 ? "" : "s",
                requests == null ? "" : ", requests",
                purge,
                requests == null ? "; no requests, since LETHE_KEY is not set" : "");
    if (!callbacks.given()) {
      return serving.run(scheduler, what);
    }
    try (CallbackListener listener = callbacks.listen(lethe, requests, by, serving)) {
      return serving.run(scheduler, what + ", callbacks at port " + listener.port());
    }
  }
}
