package org.lethe.schedule;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Instant;

/** A schedule of the policy, as the scheduler wants it. */
record Times(org.lethe.policy.Schedule schedule) implements Schedule {

  @Override
  public Instant getNextExecutionTime(ExecutionComplete last) {
    return schedule.next(last.getTimeDone());
  }

  /** At once where it is about intervals: nobody knows when it ran before. */
  @Override
  public Instant getInitialExecutionTime(Instant now) {
    return schedule instanceof org.lethe.policy.Schedule.Cron ? schedule.next(now) : now;
  }

  @Override
  public boolean isDeterministic() {
    return schedule instanceof org.lethe.policy.Schedule.Cron;
  }
}
