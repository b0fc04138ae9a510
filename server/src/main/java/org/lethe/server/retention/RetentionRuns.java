package org.lethe.server.retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.collect.Counts;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.error.LetheException;
import org.lethe.policy.Rule;
import org.lethe.policy.SecondPerson;
import org.lethe.retention.Pause;
import org.lethe.retention.Pauses;
import org.lethe.retention.PurgeLimits;
import org.lethe.retention.PurgeReport;
import org.lethe.retention.RuleLimits;
import org.lethe.retention.RuleReport;
import org.lethe.retention.RuleRunner;
import org.lethe.server.approval.Approvals;
import org.lethe.server.jobs.Jobs;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;

/**
 * Counts what is due, and runs rules and the purge now, whatever their schedule says. Thread-safe.
 */
@Service
public final class RetentionRuns {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int COUNTED = 1000;
  private static final String KIND = "retention";

  private final Lethe lethe;
  private final AdminSettings settings;
  private final RetentionService retention;
  private final Jobs jobs;
  private final Approvals approvals;

  RetentionRuns(
      Lethe lethe,
      AdminSettings settings,
      RetentionService retention,
      Jobs jobs,
      Approvals approvals) {
    this.approvals = approvals;
    this.lethe = lethe;
    this.settings = settings;
    this.retention = retention;
    this.jobs = jobs;
  }

  /** The rows on which a rule would act now, counted for three seconds at most. */
  public DueView due(Me me, String rule) {
    Rule found = retention.rule(me, rule);
    try {
      return new DueView(lethe.rules().count(found, PATIENCE), "row", null);
    } catch (LetheException e) {
      return new DueView(OptionalLong.empty(), "row", e.getMessage());
    }
  }

  /** The removals whose time in the trash is over, up to a thousand. */
  public DueView purgeDue(Me me) {
    me.require(Action.RULES);
    int due = lethe.trash().due(COUNTED + 1).size();
    return new DueView(
        due > COUNTED ? OptionalLong.empty() : OptionalLong.of(due), "removal", null);
  }

  /** Looks what a rule would do now, as a job; changes nothing. */
  public UUID rehearse(Me me, String name) {
    Rule rule = retention.rule(me, name);
    return jobs.start(
        me,
        KIND,
        "Dry run of %s".formatted(rule.name()),
        RetentionService.path(rule),
        progress -> "%s Nothing was changed.".formatted(rehearsed(rule)));
  }

  private String rehearsed(Rule rule) {
    if (rule.action() == Rule.Action.ERASE || rule.action() == Rule.Action.DEACTIVATE) {
      return "It would %s.".formatted(Words.act(rule.action(), lethe.rules().count(rule)));
    }
    Roots roots = new Roots.Where(rule.table(), lethe.rules().condition(rule));
    DeleteKind kind = rule.action() == Rule.Action.SOFT_DELETE ? DeleteKind.SOFT : DeleteKind.HARD;
    Preview preview = lethe.preview(roots, kind, Preview.Cap.NO_TREE);
    StringBuilder told =
        new StringBuilder("It would %s".formatted(Words.act(rule.action(), preview.rootRows())));
    Counts counts = preview.selection().counts();
    if (counts.touched() > preview.rootRows()) {
      told.append("; with what hangs on them: ").append(listed(counts));
    }
    told.append('.');
    preview
        .selection()
        .blockers()
        .forEach(
            b ->
                told.append(
                    " Some would be set aside: %s refer to them by %s (%s)."
                        .formatted(Words.rows(b.rows()), b.relation().name(), b.kind().word())));
    return told.toString();
  }

  private String listed(Counts counts) {
    List<String> parts = new ArrayList<>();
    RunView.tables(counts, lethe.catalog())
        .forEach((name, rows) -> parts.add("%s: %s".formatted(name, rows)));
    return String.join(", ", parts);
  }

  /**
   * Runs a rule, as a job.
   *
   * @throws org.lethe.error.NotPermittedException if it erases people, and this account may not
   */
  public UUID run(Me me, String name) {
    Rule rule = mayRun(me, name);
    if (RetentionService.forGood(rule)) {
      ask(me, rule.name(), rule.name());
    }
    return runNow(me, name);
  }

  private void ask(Me me, String label, String rule) {
    approvals.askFirst(
        me,
        SecondPerson.RULES,
        label,
        null,
        rule,
        lethe.decisions().policyHash(),
        "run by hand, whatever its schedule says");
  }

  /** The same, once a second person agreed where one must. */
  UUID runNow(Me me, String name) {
    Rule rule = mayRun(me, name);
    String actor = me.by(null).actor();
    return jobs.start(
        me,
        KIND,
        "Running %s".formatted(rule.name()),
        RetentionService.path(rule),
        progress -> told(runner(rule).run(List.of(rule), RuleLimits.NONE, actor).rules().get(0)));
  }

  /** The rule, if this account may run it; asked before anybody types a password. */
  Rule mayRun(Me me, String name) {
    Rule rule = retention.rule(me, name);
    if (rule.action() == Rule.Action.ERASE) {
      me.require(Action.ERASE);
    }
    return rule;
  }

  /** Rules that erase people need what requests need; others run without. */
  private RuleRunner runner(Rule rule) {
    AdminSettings.@Nullable PeoplesRequests requests = settings.requests();
    return requests == null || rule.action() != Rule.Action.ERASE
        ? lethe.rules()
        : lethe.rules(requests.requests());
  }

  private static String told(RuleReport report) {
    String note = report.note() == null ? "" : " (" + report.note() + ")";
    String did = Words.did(report.counts(), report.setAside());
    return switch (report.outcome()) {
      case FINISHED -> "Finished: %s.".formatted(did);
      case STOPPED -> "Stopped early: %s%s.".formatted(did, note);
      case PAUSED -> "Nothing was done: the rule is paused%s.".formatted(note);
      case BUSY -> "Nothing was done%s.".formatted(note);
      case FAILED ->
          throw new LetheException(
              "%s; what was done until then is done: %s".formatted(report.note(), did));
    };
  }

  /** Purges what is due, as a job. */
  public UUID purge(Me me) {
    retention.purge(me);
    ask(me, "the purge of the trash", "");
    return purgeNow(me);
  }

  /** The same, once a second person agreed where one must. */
  UUID purgeNow(Me me) {
    String path = retention.purge(me).path();
    String actor = me.by(null).actor();
    return jobs.start(me, KIND, "Purging the trash", path, progress -> purge(actor));
  }

  private String purge(String actor) {
    @Nullable Pause pause = lethe.pauses().find(Pauses.PURGE).orElse(null);
    if (pause != null) {
      return "Nothing was done: the purge is paused (%s).".formatted(pause.reason());
    }
    PurgeReport report = lethe.purger().run(PurgeLimits.NONE, actor);
    String did =
        "%s, %s gone for good"
            .formatted(
                Words.number(report.purged().size(), "removal", "removals"),
                Words.rows(report.rows()));
    return report.failed().isEmpty()
        ? "Finished: %s.".formatted(did)
        : "Finished: %s; %s set aside, and the trash says why."
            .formatted(did, Words.number(report.failed().size(), "removal", "removals"));
  }
}
