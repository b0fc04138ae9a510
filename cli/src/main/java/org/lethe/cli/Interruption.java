package org.lethe.cli;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C, done properly: what runs in the database is cancelled, so that its transaction rolls back
 * and says so, and only then does the process end. Thread-safe.
 */
final class Interruption {

  private static final int GRACE_TENTHS = 150;

  /** Long enough to print a report whose work is done, short enough for somebody who gave up. */
  private static final int IDLE_TENTHS = 3;

  private final Set<BooleanSupplier> cancellations = ConcurrentHashMap.newKeySet();
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  /** Listens for the signals that end this process (SIGINT, SIGTERM). */
  static Interruption ofProcess() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "lethe-interruption"));
    return interruption;
  }

  /** Whether somebody asked to stop. */
  boolean requested() {
    return requested;
  }

  /**
   * Runs {@code cancel} when somebody asks to stop, and again until it has nothing left to cancel.
   *
   * @param cancel returns whether there is something to wait for
   */
  void onRequest(BooleanSupplier cancel) {
    cancellations.add(cancel);
  }

  /** The command is through; from now on the process may end at once. */
  void finished() {
    finished.countDown();
  }

  // Also runs on an ordinary exit; then the command is finished and there is nothing to do.
  private void stop() {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    try {
      // Again and again: a cancel that arrives between two statements reaches neither.
      int idle = 0;
      for (int i = 0; i < GRACE_TENTHS && idle < IDLE_TENTHS; i++) {
        boolean busy = false;
        for (BooleanSupplier cancel : cancellations) {
          busy |= cancel.getAsBoolean();
        }
        // Without work under way the command waits for a person or a connection, perhaps for ever.
        idle = busy ? 0 : idle + 1;
        if (finished.await(100, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      // The connection goes with the process, and the server rolls back what it carried.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
