package org.lethe.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.error.LetheException;
import org.lethe.policy.Rule;
import org.lethe.retention.Pause;
import org.lethe.retention.Pauses;
import org.lethe.retention.RuleRun;
import org.lethe.schedule.Timetable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

/** Lists the rules of the policy. */
@Command(
    name = "list",
    description = "List the rules: when they run, what came of it last, how many rows match now.",
    footer = {"  lethe rules list", "  lethe rules list --format json"})
final class RulesListCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final FormatOption format = new FormatOption();

  RulesListCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  /**
   * A rule and all that is known of it.
   *
   * @param matches null where the database cannot say
   * @param next null where no scheduler knows it
   */
  record Line(
      Rule rule,
      @Nullable Long matches,
      @Nullable String fault,
      @Nullable Instant next,
      Optional<RuleRun> last,
      Optional<Pause> pause) {}

  @Override
  public Integer call() {
    RulesSession session = RulesSession.open(lethe);
    boolean recorded = session.recorded();
    Map<String, Instant> next = new HashMap<>();
    Map<String, Pause> paused = new HashMap<>();
    if (recorded) {
      for (Timetable.Entry e : session.lethe().timetable().entries()) {
        next.put(e.task(), e.next());
      }
      session.lethe().pauses().list().forEach(p -> paused.put(p.task(), p));
    }
    List<Line> lines =
        session.rules().stream()
            .map(r -> line(session.lethe(), r, recorded, next, paused))
            .toList();
    print(session, lines);
    if (recorded) {
      RulesSession.warnings(session.lethe().overdue())
          .forEach(w -> lethe.terminal().note("warning: " + w.text()));
    }
    return ExitCode.DONE;
  }

  private static Line line(
      Lethe lethe,
      Rule rule,
      boolean recorded,
      Map<String, Instant> next,
      Map<String, Pause> paused) {
    String task = Pauses.rule(rule.name());
    Long matches = null;
    String fault = null;
    try {
      matches = lethe.rules().count(rule);
    } catch (LetheException e) {
      fault = e.getMessage();
    }
    Optional<RuleRun> last =
        recorded ? lethe.rules().history(rule.name(), 1).stream().findFirst() : Optional.empty();
    return new Line(
        rule, matches, fault, next.get(task), last, Optional.ofNullable(paused.get(task)));
  }

  private void print(RulesSession session, List<Line> lines) {
    Terminal terminal = lethe.terminal();
    if (!format.forPeople()) {
      RulesJson json = new RulesJson(session.lethe().catalog());
      List<ObjectNode> elements = lines.stream().map(json::line).toList();
      JsonText.print(elements, format.chosen(), terminal);
    } else if (lines.isEmpty()) {
      terminal.note("the policy has no rules");
    } else {
      new RulesText(session.lethe().catalog(), terminal).list(lines);
    }
  }
}
