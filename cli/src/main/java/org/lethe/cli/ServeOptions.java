package org.lethe.cli;

import org.jspecify.annotations.Nullable;
import org.lethe.schedule.RetentionScheduler;
import picocli.CommandLine.Option;

/** How a process that serves looks after its work. */
final class ServeOptions {

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      description = "how often to look what is due, default PT5S")
  private @Nullable String poll;

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      description =
          "how often to say that this process lives, default PT10S; after four times as long others"
              + " take its work over")
  private @Nullable String heartbeat;

  boolean given() {
    return poll != null || heartbeat != null;
  }

  /**
   * @throws UsageException if one is no time
   */
  void apply(RetentionScheduler.Builder scheduler) {
    if (poll != null) {
      scheduler.polling(Times.duration("--poll", poll));
    }
    if (heartbeat != null) {
      scheduler.heartbeat(Times.duration("--heartbeat", heartbeat));
    }
  }

  /** Before anything connects. */
  void check() {
    if (poll != null) {
      Times.duration("--poll", poll);
    }
    if (heartbeat != null) {
      Times.duration("--heartbeat", heartbeat);
    }
  }
}
