package org.lethe.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.policy.Rule;
import org.lethe.policy.Schedule;
import org.lethe.retention.Pauses;
import org.lethe.retention.PurgeLimits;
import org.lethe.retention.Purger;
import org.lethe.retention.RuleLimits;
import org.lethe.retention.RuleReport;
import org.lethe.retention.RuleRunner;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;

/**
 * Runs the policy's rules and the purge of the trash when they are due. Any number of processes may
 * do so over one database: each task is run by one of them at a time, one that dies is taken over
 * by the others, and when what runs next is kept in the database. Needs {@link
 * org.lethe.trash.LedgerSchema#migrate} once. Thread-safe.
 */
public final class RetentionScheduler implements AutoCloseable {

  /** The task that goes on with requests. */
  public static final String REQUESTS = "requests";

  /** Stores that did not answer are asked again after five minutes at the earliest. */
  private static final Schedule REQUESTS_EVERY = Schedule.parse("PT1M");

  private static final int MOST_REQUESTS = 10_000;

  static final String TABLE = "lethe.scheduled_tasks";

  private static final int MOST_THREADS = 4;

  /** As few as db-scheduler allows before it takes a process for dead. */
  private static final int MISSED_HEARTBEATS = 4;

  private final Scheduler scheduler;
  private final Map<RecurringTask<String>, Schedule> tasks;
  private final Clock clock;
  private final AtomicBoolean stopping;

  private RetentionScheduler(
      Scheduler scheduler,
      Map<RecurringTask<String>, Schedule> tasks,
      Clock clock,
      AtomicBoolean stopping) {
    this.scheduler = scheduler;
    this.tasks = tasks;
    this.clock = clock;
    this.stopping = stopping;
  }

  /** Tells the listener whether the database can be asked. */
  private static final class Reach extends AbstractSchedulerListener {
    private final TaskListener listener;

    Reach(TaskListener listener) {
      this.listener = listener;
    }

    @Override
    public void onSchedulerEvent(SchedulerEventType event) {
      if (event == SchedulerEventType.RAN_EXECUTE_DUE) {
        listener.reachable(true);
      } else if (event == SchedulerEventType.UNEXPECTED_ERROR) {
        listener.reachable(false);
      }
    }
  }

  /** Settings of a scheduler; not thread-safe. */
  public static final class Builder {

    private final DataSource dataSource;
    private final RuleRunner runner;
    private final Purger purger;
    private final Clock clock;
    private List<Rule> rules = List.of();
    private RuleLimits ruleLimits = RuleLimits.NONE;
    private @Nullable Schedule purgeEvery;
    private PurgeLimits purgeLimits = PurgeLimits.NONE;
    private String actor = "lethe";
    private @Nullable Requests requests;
    private final Map<RecurringTask<String>, Schedule> others = new LinkedHashMap<>();
    private Duration polling = Duration.ofSeconds(5);
    private Duration heartbeat = Duration.ofSeconds(10);
    private TaskListener listener = TaskListener.NONE;

    public Builder(DataSource dataSource, RuleRunner runner, Purger purger, Clock clock) {
      this.dataSource = dataSource;
      this.runner = runner;
      this.purger = purger;
      this.clock = clock;
    }

    /** The rules to run, each on its own schedule. */
    public Builder rules(List<Rule> rules) {
      this.rules = List.copyOf(rules);
      return this;
    }

    /** How much one run of a rule may do; without limits unless said. */
    public Builder ruleLimits(RuleLimits limits) {
      this.ruleLimits = limits;
      return this;
    }

    /** When the trash is purged; never unless said. */
    public Builder purge(Schedule every, PurgeLimits limits) {
      this.purgeEvery = every;
      this.purgeLimits = limits;
      return this;
    }

    /** Requests to go on with: stores that did not answer, and data whose time is over. */
    public Builder requests(Requests requests) {
      this.requests = requests;
      return this;
    }

    /**
     * Something else to do by the clock.
     *
     * @param task its name in the timetable
     * @param work called by one process at a time; a {@link LetheException} is told to the
     *     listener, and the work tried again when it is due again
     */
    public Builder also(String task, Schedule every, Runnable work) {
      others.put(
          Tasks.recurring(task, new Times(every), String.class)
              .doNotScheduleOnStartup()
              .execute(
                  (instance, context) -> {
                    try {
                      work.run();
                    } catch (LetheException e) {
                      listener.failed(task, e);
                      throw e;
                    }
                  }),
          every);
      return this;
    }

    /** Who does it, for the record. */
    public Builder actor(String actor) {
      this.actor = actor;
      return this;
    }

    /** How often to look what is due; 5 seconds unless said. */
    public Builder polling(Duration interval) {
      this.polling = interval;
      return this;
    }

    /**
     * How often to say that this process is alive, 10 seconds unless said; after four times as long
     * without a word others take over.
     */
    public Builder heartbeat(Duration interval) {
      this.heartbeat = interval;
      return this;
    }

    public Builder listener(TaskListener listener) {
      this.listener = listener;
      return this;
    }

    public RetentionScheduler build() {
      AtomicBoolean stopping = new AtomicBoolean();
      Map<RecurringTask<String>, Schedule> tasks = new LinkedHashMap<>();
      rules.forEach(r -> tasks.put(task(r, stopping), r.schedule()));
      Schedule purge = purgeEvery;
      if (purge != null) {
        tasks.put(purge(purge), purge);
      }
      Requests open = requests;
      if (open != null) {
        tasks.put(goOn(open), REQUESTS_EVERY);
      }
      tasks.putAll(others);
      Scheduler scheduler =
          Scheduler.create(dataSource, new ArrayList<>(tasks.keySet()))
              .tableName(TABLE)
              .serializer(new ScheduleText())
              .schedulerName(new SchedulerName.Fixed(name()))
              .clock(clock::instant)
              .threads(Math.min(MOST_THREADS, tasks.size()))
              .pollingInterval(polling)
              .heartbeatInterval(heartbeat)
              .missedHeartbeatsLimit(MISSED_HEARTBEATS)
              .shutdownMaxWait(Duration.ofSeconds(10))
              .alwaysPersistTimestampInUTC()
              .failureLogging(LogLevel.DEBUG, false)
              .addSchedulerListener(new Reach(listener))
              .build();
      return new RetentionScheduler(scheduler, tasks, clock, stopping);
    }

    private static String name() {
      return "lethe process " + ProcessHandle.current().pid();
    }

    private RecurringTask<String> task(Rule rule, AtomicBoolean stopping) {
      RuleLimits limits =
          ruleLimits.until(() -> stopping.get() || ruleLimits.stop().getAsBoolean());
      return Tasks.recurring(Pauses.rule(rule.name()), new Times(rule.schedule()), String.class)
          .doNotScheduleOnStartup()
          .execute(
              (instance, context) -> {
                RuleReport report = runner.run(List.of(rule), limits, actor).rules().get(0);
                listener.ran(report);
                if (report.outcome() == RuleReport.Outcome.FAILED) {
                  // The timetable shall show that it failed.
                  throw new LetheException(String.valueOf(report.note()));
                }
              });
    }

    private RecurringTask<String> goOn(Requests open) {
      return Tasks.recurring(REQUESTS, new Times(REQUESTS_EVERY), String.class)
          .doNotScheduleOnStartup()
          .execute(
              (instance, context) -> {
                try {
                  open.runDue(MOST_REQUESTS, new By(actor, null), listener::ran);
                } catch (LetheException e) {
                  listener.failed(REQUESTS, e);
                  throw e;
                }
              });
    }

    private RecurringTask<String> purge(Schedule every) {
      return Tasks.recurring(Pauses.PURGE, new Times(every), String.class)
          .doNotScheduleOnStartup()
          .execute(
              (instance, context) -> {
                try {
                  listener.purged(purger.run(purgeLimits, actor));
                } catch (LetheException e) {
                  listener.failed(Pauses.PURGE, e);
                  throw e;
                }
              });
    }
  }

  /** Begins to run what is due; returns at once. */
  public void start() {
    tasks.forEach(this::schedule);
    scheduler.start();
  }

  /**
   * What is in the timetable stays there, also if its time is past: then it runs now. Where the
   * policy has another schedule by now, that takes effect.
   */
  private void schedule(RecurringTask<String> task, Schedule schedule) {
    String text = schedule.toString();
    Instant first = new Times(schedule).getInitialExecutionTime(clock.instant());
    TaskInstance<String> instance = task.instance(RecurringTask.INSTANCE, text);
    if (scheduler.scheduleIfNotExists(instance, first)) {
      return;
    }
    Optional<ScheduledExecution<Object>> there = scheduler.getScheduledExecution(instance);
    if (there.isPresent() && !there.get().isPicked() && !text.equals(there.get().getData())) {
      scheduler.reschedule(instance, schedule.next(clock.instant()), text);
    }
  }

  /** Lets what is under way come to the end of its chunk, and stops. */
  @Override
  public void close() {
    stopping.set(true);
    scheduler.stop();
  }
}
