package org.lethe.subject.request;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.execute.Transactions;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;
import org.lethe.subject.Key;

/**
 * One request's work in every store at the same time, in each as {@link StoreRun} does it, apart
 * from the others. Thread-safe.
 */
final class StoreRuns {

  private final Transactions transactions;
  private final Key key;
  private final Clock clock;
  private final Patience patience;
  private final List<Store> stores;

  /**
   * @param stores all of the policy's; not closed here
   */
  StoreRuns(
      Transactions transactions, Key key, Clock clock, Patience patience, List<Store> stores) {
    this.transactions = transactions;
    this.key = key;
    this.clock = clock;
    this.patience = patience;
    this.stores = List.copyOf(stores);
  }

  /** Whether there are no stores. */
  boolean isEmpty() {
    return stores.isEmpty();
  }

  /**
   * Looks where it lies in the stores, and writes that down.
   *
   * @return why those did not answer that did not, by name
   */
  Map<String, String> locate(Request request, Subject who) {
    Map<String, String> silent = new ConcurrentHashMap<>();
    each(
        store -> {
          StoreRun run = run(request, store);
          run.open();
          try {
            run.locate(who);
          } catch (StoreException e) {
            // The person is known from the sealed request, so this store can be asked later, too.
            silent.put(store.name(), String.valueOf(e.getMessage()));
          }
        });
    return silent;
  }

  /**
   * Erases what was found.
   *
   * @param who null where nobody knows any more who it was, only where the pieces lie
   * @param silent stores that {@link #locate} was not answered by just now, and why
   */
  void erase(Request request, @Nullable Subject who, Map<String, String> silent) {
    each(
        store -> {
          StoreRun run = run(request, store);
          run.open();
          @Nullable String why = silent.get(store.name());
          if (why == null) {
            run.erase(who);
          } else {
            // It was waited for long enough just now.
            run.silent(why);
          }
        });
  }

  private StoreRun run(Request request, PatientStore store) {
    return new StoreRun(transactions, key, clock, patience, request.id(), store);
  }

  /** Each store on a thread of its own, so that a slow one keeps nobody waiting but itself. */
  private void each(Consumer<PatientStore> work) {
    if (stores.isEmpty()) {
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            stores.size(),
            task -> {
              Thread thread = new Thread(task, "lethe-request");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Store store : stores) {
        running.add(
            threads.submit(
                () -> {
                  try (PatientStore patient = new PatientStore(store, patience)) {
                    work.accept(patient);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LetheException("interrupted; it can be run again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LetheException said) {
        throw said;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
