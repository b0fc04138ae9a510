package org.lethe.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Shows on standard error that something is under way, once it takes longer than a moment. */
final class Progress {

  private static final long MOMENT_MILLIS = 1000;
  private static final int WIDTH = 60;

  private final Terminal terminal;

  Progress(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * @param what in one word, such as {@code deleting}
   */
  <T> T during(String what, Supplier<T> work) {
    return during(() -> what, work);
  }

  /**
   * The same for work that comes along.
   *
   * @param what is under way now, in a few words
   */
  <T> T during(Supplier<String> what, Supplier<T> work) {
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
      var unused = clock.schedule(() -> shown.set(bar(what)), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      return work.get();
    } finally {
      clock.shutdownNow();
      clear(clock, shown);
    }
  }

  private static void clear(ScheduledExecutorService clock, AtomicReference<ProgressBar> shown) {
    try {
      // The bar may be appearing this very moment.
      clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProgressBar bar = shown.get();
    if (bar != null) {
      bar.close();
    }
  }

  // How much there is to do is known only when it is done, so the time is all there is to show.
  private ProgressBar bar(Supplier<String> what) {
    return new ProgressBarBuilder()
        .setTaskName("")
        .setInitialMax(-1)
        .setUpdateIntervalMillis(250)
        .setRenderer(
            (state, width) -> what.get() + " … " + state.getElapsedAfterStart().toSeconds() + " s")
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), WIDTH))
        .clearDisplayOnFinish()
        .build();
  }
}
