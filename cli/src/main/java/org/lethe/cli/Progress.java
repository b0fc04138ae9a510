package org.lethe.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error that something is under way, once it takes longer than a moment. */
final class Progress {

  private static final long MOMENT_MILLIS = 1000;

  private final Terminal terminal;

  Progress(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * @param what in one word, such as {@code deleting}
   */
  <T> T during(String what, Supplier<T> work) {
    if (!terminal.showsProgress()) {
      return work.get();
    }
    AtomicReference<ProgressBar> shown = new AtomicReference<>();
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lethe-progress");
              thread.setDaemon(true);
              return thread;
            });
    try {
      var started =
          clock.schedule(() -> shown.set(bar(what)), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      T result = work.get();
      started.cancel(false);
      return result;
    } finally {
      clock.shutdown();
      ProgressBar bar = shown.get();
      if (bar != null) {
        bar.close();
      }
    }
  }

  private static ProgressBar bar(String what) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(-1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(250)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .clearDisplayOnFinish()
        .build();
  }
}
