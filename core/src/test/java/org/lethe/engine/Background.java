package org.lethe.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work in a thread of its own, waited for with an end to patience. */
final class Background<T> {

  private static final long PATIENCE_SECONDS = 60;

  private final CompletableFuture<T> future;

  private Background(CompletableFuture<T> future) {
    this.future = future;
  }

  static <T> Background<T> run(Callable<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                future.complete(work.call());
              } catch (Throwable e) {
                future.completeExceptionally(e);
              }
            },
            "background");
    thread.setDaemon(true);
    thread.start();
    return new Background<>(future);
  }

  T result() throws InterruptedException, ExecutionException, TimeoutException {
    return result(PATIENCE_SECONDS);
  }

  T result(long seconds) throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(seconds, TimeUnit.SECONDS);
  }

  /** What it returned, or what it failed with. */
  Object end() throws InterruptedException, TimeoutException {
    try {
      return result();
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  /** What it failed with. */
  Throwable failure() throws InterruptedException, TimeoutException {
    if (end() instanceof Throwable failure) {
      return failure;
    }
    throw new AssertionError("it did not fail");
  }

  boolean running() {
    return !future.isDone();
  }
}
