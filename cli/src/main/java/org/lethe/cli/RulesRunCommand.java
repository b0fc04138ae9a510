package org.lethe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Preview;
import org.lethe.collect.PreviewJson;
import org.lethe.collect.Roots;
import org.lethe.policy.Rule;
import org.lethe.retention.RoundReport;
import org.lethe.retention.RuleLimits;
import org.lethe.retention.RuleReport;
import org.lethe.retention.RuleRunner;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Runs rules now, whatever their schedule says. */
@Command(
    name = "run",
    description = {
      "Run rules now, whatever their schedule says. Exit 1 if one failed or rows had to be set"
          + " aside."
    },
    footer = {
      "  lethe rules run --dry-run",
      "  lethe rules run unconfirmed-subscriptions",
      "  lethe rules run --yes --max-time PT10M --rate 5000"
    })
final class RulesRunCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NAME", arity = "0..*", description = "which rules; all unless named")
  private List<String> names = new ArrayList<>();

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final Confirmation confirmation = new Confirmation();

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = {"-n", "--dry-run"},
      description = "count what would go, change nothing")
  private boolean dryRun;

  RulesRunCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    Terminal terminal = lethe.terminal();
    RuleLimits checked = limits.rule(lethe.interruption()::requested);
    actor.check();
    if (!dryRun) {
      confirmation.refuseUnattended(terminal);
    }
    RulesSession session = RulesSession.open(lethe);
    List<Rule> rules = session.named(names);
    if (rules.isEmpty()) {
      terminal.note("the policy has no rules");
      return ExitCode.DONE;
    }
    if (dryRun) {
      return rehearse(session, rules);
    }
    LedgerSchema.check(session.session().database());
    if (!confirmation.given()) {
      confirm(session, rules);
    }
    session.upToDate();
    RoundReport round =
        new Progress(terminal).during("running", () -> run(session, rules, checked));
    print(session, round);
    if (lethe.interruption().requested()) {
      return ExitCode.INTERRUPTED;
    }
    boolean trouble =
        round.rules().stream()
            .anyMatch(r -> r.outcome() == RuleReport.Outcome.FAILED || !r.setAside().isEmpty());
    return trouble ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  /** Rules that erase people need what requests need; others shall run without. */
  private RoundReport run(RulesSession session, List<Rule> rules, RuleLimits checked) {
    if (rules.stream().noneMatch(r -> r.action() == Rule.Action.ERASE)) {
      return session.lethe().rules().run(rules, checked, actor.name());
    }
    Optional<RequestSession> opened =
        RequestSession.ifKey(session.session(), lethe).map(RequestSession::readyForMany);
    try (RequestSession requests = opened.orElse(null)) {
      RuleRunner runner =
          requests == null ? session.lethe().rules() : session.lethe().rules(requests.requests());
      return runner.run(rules, checked, actor.name());
    }
  }

  private void confirm(RulesSession session, List<Rule> rules) {
    Terminal terminal = lethe.terminal();
    boolean irreversible = false;
    long all = 0;
    for (Rule rule : rules) {
      long rows = session.lethe().rules().count(rule);
      terminal.say("%s would %s".formatted(rule.name(), RulesText.act(rule, rows)));
      all += rows;
      boolean forGood = rule.action() == Rule.Action.DELETE || rule.action() == Rule.Action.ERASE;
      irreversible |= rows > 0 && forGood;
    }
    if (all == 0) {
      return;
    }
    if (irreversible) {
      String name = rules.size() == 1 ? rules.get(0).name() : rules.size() + " rules";
      confirmation.ask(terminal, name, "What is done by rule");
    } else {
      confirmation.askYes(terminal, "Go ahead?");
    }
  }

  private int rehearse(RulesSession session, List<Rule> rules) {
    Terminal terminal = lethe.terminal();
    Map<Rule, Preview> previews = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (rule.action() == Rule.Action.ERASE) {
        rehearseErasure(session, rule);
        continue;
      }
      Roots roots = new Roots.Where(rule.table(), session.lethe().rules().condition(rule));
      previews.put(
          rule,
          new Progress(terminal)
              .during(
                  "collecting",
                  () -> session.lethe().preview(roots, kind(rule), Preview.Cap.NO_TREE)));
    }
    if (format.forPeople()) {
      previews.forEach((rule, preview) -> printRehearsed(session, rule, preview));
    } else {
      List<ObjectNode> elements = new ArrayList<>();
      previews.forEach((rule, preview) -> elements.add(rehearsed(session, rule, preview)));
      JsonText.print(elements, format.chosen(), terminal);
    }
    terminal.note("dry run: nothing was changed");
    return ExitCode.DONE;
  }

  /** What a rule would erase; without a key only how many people that are. */
  private void rehearseErasure(RulesSession session, Rule rule) {
    Terminal terminal = lethe.terminal();
    long people = session.lethe().rules().count(rule);
    if (format.forPeople()) {
      terminal.result(
          "%s would %s".formatted(terminal.paint().bold(rule.name()), RulesText.act(rule, people)));
    }
    Roots roots = new Roots.Where(rule.table(), session.lethe().rules().condition(rule));
    Optional<RequestSession> opened =
        people == 0 ? Optional.empty() : RequestSession.ifKey(session.session(), lethe);
    try (RequestSession requests = opened.orElse(null)) {
      if (requests != null && format.forPeople()) {
        new ErasureText(terminal).print(requests.requests().preview(roots));
      } else if (requests != null) {
        RequestsText.print(requests.requests().preview(roots), format, terminal);
      }
    }
  }

  private static DeleteKind kind(Rule rule) {
    return rule.action() == Rule.Action.SOFT_DELETE ? DeleteKind.SOFT : DeleteKind.HARD;
  }

  private void printRehearsed(RulesSession session, Rule rule, Preview preview) {
    Terminal terminal = lethe.terminal();
    terminal.result(
        "%s would %s"
            .formatted(
                terminal.paint().bold(rule.name()), RulesText.act(rule, preview.rootRows())));
    if (rule.action() != Rule.Action.DEACTIVATE) {
      new RulesText(session.lethe().catalog(), terminal).counts(preview.selection().counts());
      preview
          .selection()
          .blockers()
          .forEach(
              b ->
                  terminal.result(
                      "  some would be set aside: %s refer to them by %s (%s)"
                          .formatted(Words.rows(b.rows()), b.relation().name(), b.kind().word())));
    }
  }

  private static ObjectNode rehearsed(RulesSession session, Rule rule, Preview preview) {
    ObjectNode json = PreviewJson.of(preview, session.lethe().catalog());
    json.put("rule", rule.name());
    json.put("action", rule.action().word());
    json.put("matches", preview.rootRows());
    return json;
  }

  private void print(RulesSession session, RoundReport round) {
    Terminal terminal = lethe.terminal();
    if (!format.forPeople()) {
      JsonText.print(
          new RulesJson(session.lethe().catalog()).round(round), format.chosen(), terminal);
      return;
    }
    RulesText text = new RulesText(session.lethe().catalog(), terminal);
    round.rules().forEach(text::report);
    if (round.rules().size() > 1) {
      terminal.result(
          "%s: %s"
              .formatted(
                  terminal.paint().bold("all rules"),
                  RulesText.did(round.total().counts(), Map.of())));
      text.counts(round.total().counts());
    }
  }
}
