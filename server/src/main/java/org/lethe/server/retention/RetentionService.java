package org.lethe.server.retention;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.policy.Rule;
import org.lethe.retention.Overdue;
import org.lethe.retention.Pause;
import org.lethe.retention.Pauses;
import org.lethe.schedule.Timetable;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;

/**
 * The policy's rules and the purge of the trash: how they stand, and what they did. Thread-safe.
 */
@Service
public final class RetentionService {

  private static final String PURGE_PATH = "/retention/purge";

  private final Lethe lethe;
  private final Clock clock;

  RetentionService(Lethe lethe, Clock clock) {
    this.lethe = lethe;
    this.clock = clock;
  }

  /** How everything stands, read once for all that is shown together. */
  private record Standing(
      Map<String, Timetable.Entry> next, Map<String, Pause> paused, Map<String, Overdue> overdue) {}

  private Standing standing() {
    return new Standing(
        byTask(lethe.timetable().entries(), Timetable.Entry::task),
        byTask(lethe.pauses().list(), Pause::task),
        byTask(lethe.overdue(), Overdue::task));
  }

  private static <T> Map<String, T> byTask(List<T> all, Function<T, String> task) {
    return all.stream().collect(Collectors.toMap(task, Function.identity(), (a, b) -> a));
  }

  /** The rules in the policy's order, and the purge after them. */
  public List<TaskView> tasks(Me me) {
    me.require(Action.RULES);
    Standing standing = standing();
    List<TaskView> tasks = new ArrayList<>();
    lethe.decisions().rules().forEach(r -> tasks.add(view(r, standing)));
    tasks.add(purge(standing));
    return tasks;
  }

  /**
   * A rule and how it stands.
   *
   * @param rule its name, or as its page's address has it
   * @throws NotFoundException if the policy has no such rule
   */
  public TaskView task(Me me, String rule) {
    return view(rule(me, rule), standing());
  }

  public TaskView purge(Me me) {
    me.require(Action.RULES);
    return purge(standing());
  }

  Rule rule(Me me, String name) {
    me.require(Action.RULES);
    return lethe.decisions().rules().stream()
        .filter(r -> RuleAddress.word(r).equals(name) || r.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("the policy has no rule \"%s\"".formatted(name)));
  }

  static String path(Rule rule) {
    return "/retention/rules/" + RuleAddress.word(rule);
  }

  static boolean forGood(Rule rule) {
    return rule.action() == Rule.Action.DELETE || rule.action() == Rule.Action.ERASE;
  }

  private TaskView view(Rule rule, Standing standing) {
    String task = Pauses.rule(rule.name());
    Timetable.@Nullable Entry next = standing.next().get(task);
    return new TaskView(
        rule.name(),
        path(rule),
        Words.sentence(rule, lethe.catalog()),
        lethe.catalog().displayName(rule.table()),
        rule.where(),
        Words.schedule(rule.schedule()),
        forGood(rule),
        next == null ? null : next.next(),
        next == null ? null : next.runningIn(),
        standing.paused().get(task),
        standing.overdue().get(task),
        history(rule, null, 1).stream().findFirst().orElse(null));
  }

  private TaskView purge(Standing standing) {
    Timetable.@Nullable Entry next = standing.next().get(Pauses.PURGE);
    return new TaskView(
        "Purge of the trash",
        PURGE_PATH,
        "Makes removals final when their time in the trash is over, unless a hold keeps them",
        null,
        null,
        null,
        true,
        next == null ? null : next.next(),
        next == null ? null : next.runningIn(),
        standing.paused().get(Pauses.PURGE),
        standing.overdue().get(Pauses.PURGE),
        lethe.purger().history(null, 1).stream().findFirst().map(RunView::of).orElse(null));
  }

  /** The rule's condition of now, as the database is asked. */
  public String condition(Me me, String rule) {
    return lethe.rules().condition(rule(me, rule));
  }

  /**
   * Runs of a rule, latest first.
   *
   * @param before only those with a smaller number; null for the latest
   */
  public List<RunView> history(Me me, String rule, @Nullable Long before, int limit) {
    return history(rule(me, rule), before, limit);
  }

  private List<RunView> history(Rule rule, @Nullable Long before, int limit) {
    return lethe.rules().history(rule.name(), before, limit).stream()
        .map(r -> RunView.of(r, lethe.catalog()))
        .toList();
  }

  /** Purges, latest first. */
  public List<RunView> purges(Me me, @Nullable Long before, int limit) {
    me.require(Action.RULES);
    return lethe.purger().history(before, limit).stream().map(RunView::of).toList();
  }

  /** Rows that a rule took, by day. */
  public DayChart chart(Me me, String rule) {
    Instant now = clock.instant();
    return DayChart.of(lethe.rules().perDay(rule(me, rule).name(), DayChart.since(now)), now);
  }

  /** Rows that left the trash for good, by day. */
  public DayChart purgeChart(Me me) {
    me.require(Action.RULES);
    Instant now = clock.instant();
    return DayChart.of(lethe.purger().perDay(DayChart.since(now)), now);
  }

  /** Rows that are gone for good, by rules and by the purge, by day. */
  public DayChart chart(Me me) {
    me.require(Action.RULES);
    Instant now = clock.instant();
    Map<LocalDate, Long> days = new TreeMap<>(lethe.rules().perDay(null, DayChart.since(now)));
    lethe.purger().perDay(DayChart.since(now)).forEach((d, n) -> days.merge(d, n, Long::sum));
    return DayChart.of(days, now);
  }

  /**
   * Keeps a rule from running, or the purge.
   *
   * @param rule null for the purge
   * @throws org.lethe.error.InputException without a reason, or if it is paused already
   */
  public void pause(Me me, @Nullable String rule, String reason) {
    lethe.pauses().pause(taskOf(me, rule), me.by(reason));
  }

  /**
   * Lets it run again.
   *
   * @throws org.lethe.error.InputException if it is not paused
   */
  public void resume(Me me, @Nullable String rule) {
    lethe.pauses().resume(taskOf(me, rule), me.by(null));
  }

  private String taskOf(Me me, @Nullable String rule) {
    me.require(Action.RULES);
    return rule == null ? Pauses.PURGE : Pauses.rule(rule(me, rule).name());
  }
}
