package org.lethe.subject.request;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.execute.Claim;
import org.lethe.execute.Executor;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.Information;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;
import org.lethe.subject.Key;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.trash.By;

/**
 * What is done about a request: in this database, and in every store at the same time, each apart
 * from the others. Thread-safe.
 */
public final class RequestWork {

  private static final String ERASURES = "file of erasures";

  private final Decisions decisions;
  private final Dialect dialect;
  private final DataSource dataSource;
  private final Transactions transactions;
  private final Key key;
  private final Clock clock;
  private final Patience patience;
  private final List<Store> stores;
  private final DatabaseRun database;

  /**
   * @param stores all of the policy's; not closed here
   */
  public RequestWork(
      Decisions decisions,
      Dialect dialect,
      DataSource dataSource,
      Transactions transactions,
      Executor executor,
      Key key,
      Clock clock,
      Patience patience,
      List<Store> stores) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.dataSource = dataSource;
    this.transactions = transactions;
    this.key = key;
    this.clock = clock;
    this.patience = patience;
    this.stores = List.copyOf(stores);
    this.database = new DatabaseRun(decisions, dialect, transactions, executor, key, clock);
  }

  /**
   * How a run ended.
   *
   * @param next when there is something to do again; null if there is not
   */
  record Result(State state, @Nullable Instant next) {}

  Information information() {
    return decisions.data().information();
  }

  Replay replay(Requests requests) {
    return new Replay(decisions, dialect, transactions, requests, key, clock);
  }

  String policyHash() {
    return decisions.policyHash();
  }

  /**
   * Runs work that nobody else may do for the same request at the same time.
   *
   * @throws RequestException if somebody does
   */
  <T> T alone(UUID request, Supplier<T> task) {
    try (Claim claim = Claim.of(dataSource, "request " + request).orElse(null)) {
      if (claim == null) {
        throw new RequestException("another process works on request " + request + " just now");
      }
      return task.get();
    }
  }

  ErasurePlan preview(SealedPerson who) {
    return database.plan(who);
  }

  /** Looks what there is, and writes down where it lies in the stores. */
  ErasurePlan collect(Request request, SealedPerson who) {
    ErasurePlan plan = database.plan(who);
    each(
        store -> {
          StoreRun run = run(request, store);
          run.open();
          try {
            run.locate(who.subject());
          } catch (StoreException e) {
            // It is asked again when the request is run, and named then if it still does not
            // answer.
          }
        });
    return plan;
  }

  /** Does it, or goes on with it. */
  Result run(Request request, @Nullable SealedPerson who, By by) {
    if (request.kind() == Kind.RESTRICTION) {
      database.restrict(request, Objects.requireNonNull(who), by);
      return new Result(State.COMPLETED, null);
    }
    if (request.kind().exports()) {
      return new Result(State.COMPLETED, null);
    }
    // What was not found out while collecting is found out before anything is destroyed, while
    // everything that identifies the person is still there to be looked up.
    Subject subject = who == null ? null : who.subject();
    if (subject != null) {
      each(store -> locateFirst(run(request, store), subject));
    }
    database.erase(request, who, by);
    each(
        store -> {
          StoreRun run = run(request, store);
          run.open();
          run.erase(subject);
        });
    if (who != null) {
      remember(request, who);
      database.searchResidue(request, who);
    }
    return result(request);
  }

  /** Where the policy names a file for it: until that is written, the request is not complete. */
  private void remember(Request request, SealedPerson who) {
    String file = decisions.data().requests().erasures();
    if (file == null) {
      return;
    }
    String failure = null;
    try {
      new ErasuresFile(Path.of(file))
          .add(
              new ErasuresFile.Erased(
                  request.id(),
                  who.subject().type(),
                  who.hash(key),
                  Replay.identifierHashes(decisions, key, who.subject()),
                  clock.instant()));
    } catch (LetheException e) {
      failure = e.getMessage();
    }
    String why = failure;
    transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          ledger.forgetOutcomes(request.id(), ERASURES, Outcome.UNREACHABLE);
          if (why != null) {
            ledger.addOutcome(
                request.id(), new Settled(ERASURES, ERASURES, Outcome.UNREACHABLE, 0, why, null));
          }
          return true;
        });
  }

  private static void locateFirst(StoreRun run, Subject subject) {
    run.open();
    try {
      run.locate(subject);
    } catch (StoreException e) {
      // The person is known from the sealed request, so this store can be asked later, too.
    }
  }

  private Result result(Request request) {
    List<Settled> outcomes =
        transactions.look(jdbc -> new RequestLedger(jdbc).outcomes(request.id()));
    boolean failed = outcomes.stream().anyMatch(o -> !o.outcome().settled());
    boolean retained = outcomes.stream().anyMatch(o -> o.outcome() == Outcome.RETAINED);
    Instant next =
        transactions
            .look(
                jdbc -> {
                  List<Instant> all = new ArrayList<>();
                  Instant rows = new RequestLedger(jdbc).firstUntil(request.id());
                  if (rows != null) {
                    all.add(rows);
                  } else if (retained) {
                    // Nobody knows until when: it is looked at again every day.
                    all.add(clock.instant().plus(Duration.ofDays(1)));
                  }
                  jdbc.query(
                      "select retry_at from lethe.request_store where request_id = ? and retry_at is not null",
                      rs -> {
                        all.add(rs.getTimestamp(1).toInstant());
                      },
                      request.id());
                  return Optional.ofNullable(
                      all.stream().min(Comparator.naturalOrder()).orElse(null));
                })
            .orElse(null);
    State state =
        failed
            ? State.PARTIALLY_FAILED
            : retained ? State.COMPLETED_WITH_RETAINED_DATA : State.COMPLETED;
    return new Result(state, state == State.COMPLETED ? null : next);
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
