package org.lethe.subject.request;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.execute.Reasons;
import org.lethe.execute.Transactions;
import org.lethe.policy.RequestRules;
import org.lethe.policy.SubjectType;
import org.lethe.subject.Key;
import org.lethe.subject.Person;
import org.lethe.subject.erase.ErasureBlockedException;
import org.lethe.trash.By;

/**
 * Erases many people, each by a request of their own, so that whoever cannot be erased holds nobody
 * else up, and a run that dies is taken up where it stopped; accounts for all of them together.
 * Thread-safe.
 */
public final class MassErasure {

  /** People after whom it is looked whether anything still mentions them: one search for all. */
  public static final int CHUNK = 1000;

  /** How many people at a time where nothing else is said: stores keep one waiting. */
  public static final int THREADS = 4;

  private final Transactions transactions;
  private final RequestRules rules;
  private final Key key;
  private final Clock clock;
  private final RequestWork work;
  private final RequestSteps steps;
  private final RequestRuns runs;
  private final Together together;

  MassErasure(
      Transactions transactions,
      RequestRules rules,
      Key key,
      Clock clock,
      RequestWork work,
      RequestSteps steps,
      RequestRuns runs) {
    this.transactions = transactions;
    this.rules = rules;
    this.key = key;
    this.clock = clock;
    this.work = work;
    this.steps = steps;
    this.runs = runs;
    this.together = new Together(transactions, rules, key, clock, work);
  }

  /**
   * What is ordered.
   *
   * @param batch what the requests have in common
   * @param type which sort of person
   * @param still gives a condition, with the table under its own name, that the row of this key
   *     must fulfil at the moment it is erased; null where nothing is asked
   * @param threads how many people at a time
   * @param stop whether to end early, after those who are under way
   */
  public record Order(
      UUID batch,
      SubjectType type,
      @Nullable Function<List<String>, String> still,
      int threads,
      BooleanSupplier stop) {}

  /**
   * Erases.
   *
   * @param keys of people's rows; taken from as far as it is come
   * @param by with how it is known that it is to be, as the reason
   * @param progress told how many are done so far
   * @return what became of all of the order's requests
   * @throws LetheException if nobody can be erased now: what was done is done, the same order goes
   *     on with the rest
   */
  public BatchReport erase(Order order, Iterator<List<String>> keys, By by, LongConsumer progress) {
    Map<String, Long> refused = new LinkedHashMap<>();
    long done = 0;
    while (keys.hasNext() && !order.stop().getAsBoolean()) {
      List<List<String>> chunk = new ArrayList<>();
      while (keys.hasNext() && chunk.size() < CHUNK) {
        chunk.add(keys.next());
      }
      for (Refusal refusal : chunk(order, chunk, by)) {
        refused.merge(refusal.why(), 1L, Long::sum);
      }
      done += chunk.size();
      progress.accept(done);
    }
    return report(order.batch(), refused);
  }

  /** What became of the requests of a batch so far. */
  public BatchReport report(UUID batch) {
    return report(batch, Map.of());
  }

  private BatchReport report(UUID batch, Map<String, Long> refused) {
    return transactions.look(jdbc -> new BatchLedger(jdbc).report(batch, refused));
  }

  /**
   * Somebody who was not erased.
   *
   * @param why without anything of anybody, so that reasons add up
   */
  public record Refusal(List<String> key, String why) {

    /** Whether nobody need look after it. */
    public boolean harmless() {
      return BatchReport.harmless(why);
    }
  }

  /**
   * Erases so many people as one search can look for afterwards.
   *
   * @return who was not erased
   */
  public List<Refusal> chunk(Order order, List<List<String>> keys, By by) {
    Map<Request, SealedPerson> begun = new LinkedHashMap<>();
    List<Refusal> refusals = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(order.threads());
    try {
      Map<List<String>, Future<Outcome>> running = new LinkedHashMap<>();
      List<List<String>> singly = together(order, keys, by, begun);
      singly.forEach(k -> running.put(k, threads.submit(() -> one(order, k, by))));
      running.forEach(
          (k, future) -> {
            Outcome outcome = get(future);
            if (outcome.refused() != null) {
              refusals.add(new Refusal(k, outcome.refused()));
            } else if (outcome.request() != null && outcome.who() != null) {
              begun.put(outcome.request(), outcome.who());
            }
          });
    } finally {
      threads.shutdownNow();
      finish(begun, by);
    }
    return refusals;
  }

  /** Erases those who can be erased together; returns who is left. */
  private List<List<String>> together(
      Order order, List<List<String>> keys, By by, Map<Request, SealedPerson> begun) {
    if (!together.fits()) {
      return keys;
    }
    List<List<String>> left = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += Together.MOST) {
      List<List<String>> some = keys.subList(from, Math.min(keys.size(), from + Together.MOST));
      begun.putAll(together.erase(order, some, by, left));
    }
    return left;
  }

  private void finish(Map<Request, SealedPerson> begun, By by) {
    if (!begun.isEmpty()) {
      work.searchResidue(begun);
      List<Request> requests = List.copyOf(begun.keySet());
      for (int from = 0; from < requests.size(); from += Together.MOST) {
        finish(requests.subList(from, Math.min(requests.size(), from + Together.MOST)), by);
      }
    }
  }

  /** In one transaction; one by one where that cannot be. */
  private void finish(List<Request> requests, By by) {
    try {
      boolean unused =
          transactions.change(
              jdbc -> {
                requests.forEach(request -> runs.finish(request, by));
                return true;
              });
    } catch (LetheException e) {
      requests.forEach(request -> runs.finish(request, by));
    }
  }

  /** How it went with one person; nothing at all where somebody else has to go on first. */
  private record Outcome(
      @Nullable Request request, @Nullable SealedPerson who, @Nullable String refused) {

    static Outcome refused(String why) {
      return new Outcome(null, null, why);
    }
  }

  private static Outcome get(Future<Outcome> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LetheException("interrupted; what was done is done, the rest goes on later", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LetheException said) {
        throw said;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Outcome one(Order order, List<String> id, By by) {
    if (order.stop().getAsBoolean()) {
      return new Outcome(null, null, null);
    }
    try {
      Person person = work.person(order.type(), id);
      SealedPerson who = SealedPerson.of(person);
      Taken taken = take(order, who, by);
      Request request = taken.request();
      if (request == null) {
        return Outcome.refused(taken.refused());
      }
      if (request.state() == State.VERIFIED) {
        work.stores().locate(request, who.subject());
        request = approved(request, by);
      }
      if (request.state() == State.COLLECTED) {
        return Outcome.refused("a second person has to approve it");
      }
      String still = order.still() == null ? null : order.still().apply(id);
      boolean erased = runs.erase(request.id(), who, still, by);
      return erased ? new Outcome(request, who, null) : Outcome.refused(BatchReport.NO_LONGER_DUE);
    } catch (ErasureBlockedException e) {
      return Outcome.refused("nobody decided what becomes of " + String.join(", ", e.relations()));
    } catch (RequestException e) {
      return Outcome.refused("another process works on it");
    } catch (InputException e) {
      return Outcome.refused(BatchReport.GONE);
    } catch (LetheException e) {
      Reasons reasons = work.reasons();
      if (reasons.cause(e) == Reasons.Cause.EVERYTHING) {
        throw e;
      }
      return Outcome.refused(reasons.ofRows(e));
    }
  }

  /** A request to go on with, or why there is none. */
  private record Taken(@Nullable Request request, String refused) {}

  /** A new request, or one that an earlier run has left. */
  private Taken take(Order order, SealedPerson who, By by) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          BatchLedger batches = new BatchLedger(jdbc);
          String hash = who.hash(key);
          String root = work.displayName(order.type().table());
          List<Request> unsettled = ledger.unsettled(Kind.ERASURE, hash);
          UUID id;
          if (!unsettled.isEmpty()) {
            id = unsettled.get(0).id();
            if (!batches.isOfBatch(id)) {
              return new Taken(null, BatchReport.ASKED);
            }
          } else if (batches.remains(hash, root)) {
            return new Taken(null, BatchReport.REMAINS);
          } else {
            Instant now = clock.instant();
            id = steps.receive(jdbc, Kind.ERASURE, who, key, rules.law(), now, by).id();
            ledger.set(id, RequestLedger.Field.VERIFIED_HOW, by.reason());
            steps.take(jdbc, id, State.VERIFIED, by, "{}");
          }
          ledger.set(id, RequestLedger.Field.BATCH, order.batch());
          return new Taken(ledger.find(id).orElseThrow(), "");
        });
  }

  private Request approved(Request request, By by) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          UUID id = request.id();
          ledger.set(id, RequestLedger.Field.POLICY_HASH, work.policyHash());
          ledger.set(id, RequestLedger.Field.COLLECTED_BY, by.actor());
          Request collected = steps.take(jdbc, id, State.COLLECTED, by, "{}");
          if (rules.secondPerson()) {
            return collected;
          }
          ledger.set(id, RequestLedger.Field.APPROVED_BY, by.actor());
          return steps.take(jdbc, id, State.APPROVED, by, "{}");
        });
  }
}
