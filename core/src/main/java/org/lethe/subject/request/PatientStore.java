package org.lethe.subject.request;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.lethe.store.Store;
import org.lethe.store.StoreException;

/**
 * A store whose calls are tried again when that may help, and given up when they take too long. For
 * one run; one thread.
 */
final class PatientStore implements AutoCloseable {

  private final Store store;
  private final String name;
  private final Patience patience;
  private ExecutorService calls = newThread();

  PatientStore(Store store, Patience patience) {
    this.store = store;
    this.name = store.describe().name();
    this.patience = patience;
  }

  String name() {
    return name;
  }

  Store store() {
    return store;
  }

  /**
   * Asks it something.
   *
   * @throws StoreException if it does not answer, or says what makes no sense
   */
  <T> T ask(Function<Store, T> question) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(question);
      } catch (StoreException e) {
        if (!e.passing() || attempt >= patience.attempts()) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private <T> T once(Function<Store, T> question) {
    Future<T> answer = calls.submit(() -> question.apply(store));
    try {
      return answer.get(patience.call().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      // What hangs is left behind, so that the next call does not queue up after it.
      calls.shutdownNow();
      calls = newThread();
      throw new StoreException(
          name + " did not answer within " + patience.call().toSeconds() + " seconds", true, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException said) {
        throw said;
      }
      // Others' code: whatever else it throws may hold anything in its message.
      throw new StoreException(
          name + " failed: " + String.valueOf(e.getCause()).replaceAll(":.*", ""), false, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while asking " + name, true, e);
    }
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(patience.pause(attempt).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while asking " + name, true, e);
    }
  }

  private static ExecutorService newThread() {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, "lethe-store");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void close() {
    calls.shutdownNow();
  }
}
