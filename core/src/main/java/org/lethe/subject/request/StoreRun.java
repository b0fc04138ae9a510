package org.lethe.subject.request;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.execute.Transactions;
import org.lethe.store.Answer;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;
import org.lethe.subject.Key;
import org.lethe.subject.Settled;

/**
 * One request's work in one store. What was found is written down sealed before anything is erased;
 * every answer is written down as it comes, so that a run that dies is taken up where it stopped.
 */
final class StoreRun {

  /** Pieces that are written down, or read again, at a time. */
  private static final int BATCH = 100;

  /** Looks after erasing, since others may have written meanwhile. */
  private static final int ROUNDS = 3;

  private final Transactions transactions;
  private final Key key;
  private final Clock clock;
  private final Patience patience;
  private final UUID request;
  private final PatientStore store;

  StoreRun(
      Transactions transactions,
      Key key,
      Clock clock,
      Patience patience,
      UUID request,
      PatientStore store) {
    this.transactions = transactions;
    this.key = key;
    this.clock = clock;
    this.patience = patience;
    this.request = request;
    this.store = store;
  }

  /**
   * Finds what there is and writes it down.
   *
   * @return how many pieces are new
   * @throws StoreException if the store cannot be asked
   */
  int locate(Subject who) {
    int[] added = new int[1];
    store.ask(
        s -> {
          List<Locator> batch = new ArrayList<>();
          s.locate(
              who,
              found -> {
                batch.add(found);
                if (batch.size() == BATCH) {
                  added[0] += keep(batch);
                  batch.clear();
                }
              });
          added[0] += keep(batch);
          return added[0];
        });
    state("located");
    return added[0];
  }

  private int keep(List<Locator> batch) {
    return batch.isEmpty() ? 0 : change(pieces -> pieces.add(batch));
  }

  /**
   * Erases all that was found, then looks again, until there is nothing left.
   *
   * @param who null where nobody knows any more who it was, only where the pieces lie
   */
  void erase(@Nullable Subject who) {
    forget(Outcome.UNREACHABLE);
    forget(Outcome.UNSUPPORTED);
    if (!store.store().describe().erases()) {
      unsupported(who);
      return;
    }
    try {
      if (who != null) {
        // Once more, as it may be long since it was collected.
        locate(who);
      }
      for (int round = 1; ; round++) {
        erasePieces();
        int left = lookAgain() + (who == null ? 0 : locate(who));
        if (left == 0) {
          break;
        }
        if (round == ROUNDS) {
          throw new StoreException(
              "%s still has %d piece%s after they were erased"
                  .formatted(store.name(), left, left == 1 ? "" : "s"),
              true);
        }
      }
      Optional<Instant> ask = look(p -> Optional.ofNullable(p.nextAsk()));
      if (ask.isPresent()) {
        waiting("its answer is still to come", ask.get(), Outcome.UNREACHABLE);
      } else {
        finish();
      }
    } catch (StoreException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  /** Leaves a store for later that did not answer just now. */
  void silent(String why) {
    forget(Outcome.UNREACHABLE);
    failed(why);
  }

  private void unsupported(@Nullable Subject who) {
    try {
      if (who != null) {
        locate(who);
      }
      long found = look(p -> p.count("found"));
      if (found == 0) {
        finish();
      } else {
        outcome(store.name(), Outcome.UNSUPPORTED, found, "this store cannot erase", null);
        state("done");
      }
    } catch (StoreException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  /** One piece that makes no sense does not keep the others from being erased. */
  private void erasePieces() {
    StoreException failure = null;
    long after = 0;
    while (true) {
      long from = after;
      List<PieceLedger.Piece> batch = look(p -> p.open(clock.instant(), from, BATCH));
      if (batch.isEmpty()) {
        break;
      }
      change(
          p -> {
            p.state(
                batch.stream()
                    .filter(x -> x.reference() == null)
                    .map(PieceLedger.Piece::hash)
                    .toList(),
                "erasing");
            return 0;
          });
      for (PieceLedger.Piece piece : batch) {
        try {
          erase(piece);
        } catch (StoreException e) {
          if (e.passing()) {
            throw e;
          }
          failure = failure == null ? e : failure;
        }
      }
      after = batch.get(batch.size() - 1).order();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void erase(PieceLedger.Piece piece) {
    String reference = piece.reference();
    AtomicInteger calls = new AtomicInteger();
    Answer answer =
        store.ask(
            s -> {
              calls.incrementAndGet();
              return reference == null
                  ? s.erase(piece.locator())
                  : s.lookAgain(piece.locator(), reference);
            });
    String place = piece.locator().place();
    if (answer instanceof Answer.Pending pending) {
      change(
          p -> {
            p.pending(piece.hash(), pending.reference(), clock.instant().plus(pending.after()));
            return 0;
          });
      return;
    }
    Settled settled;
    if (answer instanceof Answer.Retained retained) {
      settled =
          new Settled(
              store.name(), place, Outcome.RETAINED, 1, retained.ground(), retained.until());
    } else {
      Answer.Done done = (Answer.Done) answer;
      // A call that failed, or a run that died, may have erased it without a word.
      boolean ours = done.outcome() == Outcome.NOT_FOUND && (piece.tried() || calls.get() > 1);
      settled =
          new Settled(
              store.name(),
              place,
              ours ? Outcome.REMOVED : done.outcome(),
              ours ? 1 : done.items(),
              null,
              null);
    }
    transactions.change(
        jdbc -> {
          new PieceLedger(jdbc, key, request, store.name()).state(List.of(piece.hash()), "done");
          new OutcomeLedger(jdbc).add(request, settled);
          return true;
        });
  }

  /** Whether what was erased is really gone; what is not, is erased again. */
  private int lookAgain() {
    if (!store.store().verifies()) {
      return 0;
    }
    int back = 0;
    long after = 0;
    while (true) {
      long from = after;
      List<PieceLedger.Piece> batch = look(p -> p.done(from, BATCH));
      if (batch.isEmpty()) {
        return back;
      }
      List<String> there = new ArrayList<>();
      for (PieceLedger.Piece piece : batch) {
        if (!anonymised(piece) && store.ask(s -> s.holds(piece.locator()))) {
          there.add(piece.hash());
        }
      }
      if (!there.isEmpty()) {
        change(
            p -> {
              p.state(there, "found");
              return 0;
            });
      }
      back += there.size();
      after = batch.get(batch.size() - 1).order();
    }
  }

  /** What was only made anonymous, or must be kept, is still there, and should be. */
  private boolean anonymised(PieceLedger.Piece piece) {
    return transactions.look(
        jdbc ->
            new OutcomeLedger(jdbc)
                .of(request).stream()
                    .anyMatch(
                        o ->
                            o.store().equals(store.name())
                                && o.place().equals(piece.locator().place())
                                && (o.outcome() == Outcome.ANONYMISED
                                    || o.outcome() == Outcome.RETAINED)));
  }

  private void finish() {
    transactions.change(
        jdbc -> {
          OutcomeLedger outcomes = new OutcomeLedger(jdbc);
          if (outcomes.of(request).stream().noneMatch(o -> o.store().equals(store.name()))) {
            outcomes.add(
                request, new Settled(store.name(), store.name(), Outcome.NOT_FOUND, 0, null, null));
          }
          return true;
        });
    state("done");
  }

  private void failed(String why) {
    Instant retry = clock.instant().plus(patience.untilNextRun(attempts() + 1));
    waiting(why, retry, Outcome.UNREACHABLE);
  }

  private void waiting(String why, Instant retry, Outcome outcome) {
    outcome(store.name(), outcome, 0, why, null);
    transactions.change(
        jdbc ->
            jdbc.update(
                """
                update lethe.request_store set state = 'waiting', attempts = attempts + 1, failure = ?, retry_at = ?
                 where request_id = ? and store = ?
                """,
                why,
                Timestamp.from(retry),
                request,
                store.name()));
  }

  private int attempts() {
    Integer attempts =
        transactions.look(
            jdbc ->
                jdbc.queryForObject(
                    "select coalesce(max(attempts), 0) from lethe.request_store where request_id = ? and store = ?",
                    Integer.class,
                    request,
                    store.name()));
    return attempts == null ? 0 : attempts;
  }

  /** Makes sure that the store has a place in the request, whatever its state. */
  void open() {
    transactions.change(
        jdbc ->
            jdbc.update(
                """
                insert into lethe.request_store (request_id, store, state) values (?, ?, 'to_locate')
                on conflict do nothing
                """,
                request,
                store.name()));
  }

  private void state(String state) {
    transactions.change(
        jdbc ->
            jdbc.update(
                """
                update lethe.request_store set state = ?, failure = null, retry_at = null
                 where request_id = ? and store = ?
                """,
                state,
                request,
                store.name()));
  }

  private void outcome(
      String place, Outcome outcome, long items, @Nullable String ground, @Nullable Instant until) {
    transactions.change(
        jdbc -> {
          new OutcomeLedger(jdbc)
              .add(request, new Settled(store.name(), place, outcome, items, ground, until));
          return true;
        });
  }

  private void forget(Outcome outcome) {
    transactions.change(
        jdbc -> {
          new OutcomeLedger(jdbc).forget(request, store.name(), outcome);
          return true;
        });
  }

  private <T> T look(Function<PieceLedger, T> work) {
    return transactions.look(jdbc -> work.apply(new PieceLedger(jdbc, key, request, store.name())));
  }

  private <T> T change(Function<PieceLedger, T> work) {
    return transactions.change(
        jdbc -> work.apply(new PieceLedger(jdbc, key, request, store.name())));
  }
}
