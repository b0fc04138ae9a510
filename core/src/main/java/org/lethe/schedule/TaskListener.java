package org.lethe.schedule;

import org.lethe.error.LetheException;
import org.lethe.retention.PurgeReport;
import org.lethe.retention.RuleReport;
import org.lethe.subject.request.Request;

/** Hears what a scheduler did; called by its threads. */
public interface TaskListener {

  /** Hears nothing. */
  TaskListener NONE =
      new TaskListener() {
        @Override
        public void ran(RuleReport report) {}

        @Override
        public void purged(PurgeReport report) {}

        @Override
        public void ran(Request request) {}

        @Override
        public void failed(String task, LetheException why) {}

        @Override
        public void reachable(boolean database) {}
      };

  /** A rule ran, or would have if it were not paused. */
  void ran(RuleReport report);

  void purged(PurgeReport report);

  /** A request went on; this is how it stands now. */
  void ran(Request request);

  /** A purge failed as a whole; it is tried again when it is due again. */
  void failed(String task, LetheException why);

  /**
   * Looking for what is due went well, or it did not; then it is tried again until it does.
   *
   * @param database whether the database could be asked
   */
  void reachable(boolean database);
}
