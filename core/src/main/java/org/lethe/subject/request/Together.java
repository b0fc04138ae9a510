package org.lethe.subject.request;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.execute.Reasons;
import org.lethe.execute.Transactions;
import org.lethe.policy.RequestRules;
import org.lethe.schema.TableId;
import org.lethe.subject.Key;
import org.lethe.subject.Person;
import org.lethe.subject.erase.ErasureBlockedException;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Erases people by the hundred: their rows are collected and removed in one go, in one transaction
 * with each one's request, so that either all of it is done or nothing. Where one of them cannot be
 * erased, the hundred is halved until the others are done; whoever is left is for {@link
 * MassErasure} to take one by one. Thread-safe.
 */
final class Together {

  /** More people do not make it quicker, and hold up others for longer. */
  static final int MOST = 100;

  /** The steps that nobody has to think about, by what the audit calls them. */
  private static final Map<String, State> STEPS = steps();

  /** So few are as soon done one by one. */
  private static final int FEW = 4;

  private final Transactions transactions;
  private final RequestRules rules;
  private final Key key;
  private final Clock clock;
  private final RequestWork work;

  Together(Transactions transactions, RequestRules rules, Key key, Clock clock, RequestWork work) {
    this.transactions = transactions;
    this.rules = rules;
    this.key = key;
    this.clock = clock;
    this.work = work;
  }

  /** That these people cannot be erased in one go, though perhaps each for himself. */
  private static final class NotTogetherException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Map<String, State> steps() {
    Map<String, State> steps = new LinkedHashMap<>();
    steps.put("request_" + Kind.ERASURE.word(), State.RECEIVED);
    for (State next : List.of(State.VERIFIED, State.COLLECTED, State.APPROVED, State.RUNNING)) {
      steps.put(RequestSteps.action(next), next);
    }
    return steps;
  }

  /** Whether there is nothing to do but what one transaction of this database can. */
  boolean fits() {
    return !rules.secondPerson() && work.onlyHere();
  }

  /**
   * Erases those that can be.
   *
   * @param left takes those who were not, and with whom nothing was done
   */
  Map<Request, SealedPerson> erase(
      MassErasure.Order order, List<List<String>> keys, By by, List<List<String>> left) {
    if (keys.size() <= FEW || order.stop().getAsBoolean()) {
      left.addAll(keys);
      return Map.of();
    }
    List<List<String>> unfit = new ArrayList<>();
    try {
      Map<Request, SealedPerson> done =
          transactions.change(
              jdbc -> {
                unfit.clear();
                return atOnce(jdbc, order, keys, by, unfit);
              });
      left.addAll(unfit);
      return done;
    } catch (NotTogetherException e) {
      left.addAll(keys);
      return Map.of();
    } catch (LetheException e) {
      if (work.reasons().cause(e) == Reasons.Cause.EVERYTHING
          && !(e instanceof ErasureBlockedException)) {
        throw e;
      }
      int half = keys.size() / 2;
      Map<Request, SealedPerson> done =
          new LinkedHashMap<>(erase(order, keys.subList(0, half), by, left));
      done.putAll(erase(order, keys.subList(half, keys.size()), by, left));
      return done;
    }
  }

  private Map<Request, SealedPerson> atOnce(
      JdbcOperations jdbc,
      MassErasure.Order order,
      List<List<String>> keys,
      By by,
      List<List<String>> unfit) {
    Map<List<String>, SealedPerson> people = new LinkedHashMap<>();
    for (List<String> id : keys) {
      @Nullable SealedPerson who = fresh(jdbc, order, id);
      if (who == null) {
        unfit.add(id);
      } else {
        people.put(id, who);
      }
    }
    if (people.isEmpty()) {
      return Map.of();
    }
    TableId table = order.type().table();
    Map<List<String>, ErasurePlan> done =
        work.database()
            .eraseTogether(jdbc, table, List.copyOf(people.keySet()))
            .orElseThrow(NotTogetherException::new);
    Map<UUID, SealedPerson> requests = new LinkedHashMap<>();
    Map<UUID, ErasurePlan> plans = new LinkedHashMap<>();
    people.forEach(
        (id, who) -> {
          UUID request = UUID.randomUUID();
          requests.put(request, who);
          plans.put(
              request, Optional.ofNullable(done.get(id)).orElseThrow(NotTogetherException::new));
        });
    RequestLedger ledger = new RequestLedger(jdbc);
    ledger.insertRunning(
        order.batch(),
        requests,
        key,
        rules.law(),
        clock.instant(),
        by,
        work.policyHash(),
        List.copyOf(STEPS.values()));
    work.database().record(jdbc, plans, requests);
    // Others wait for the audit from here on, so this comes last.
    audit(jdbc, requests.keySet(), by);
    Map<Request, SealedPerson> begun = new LinkedHashMap<>();
    ledger
        .find(requests.keySet())
        .forEach(r -> begun.put(r, Objects.requireNonNull(requests.get(r.id()))));
    return begun;
  }

  private void audit(JdbcOperations jdbc, Set<UUID> requests, By by) {
    List<Audit.Act> acts = new ArrayList<>();
    for (UUID id : requests) {
      STEPS
          .keySet()
          .forEach(action -> acts.add(new Audit.Act(action, id.toString(), by.reason(), "{}")));
    }
    new Audit(jdbc).append(clock.instant(), by.actor(), acts);
  }

  /** A person who is there, of whom nothing is under way, and who is still due; locked if asked. */
  private @Nullable SealedPerson fresh(
      JdbcOperations jdbc, MassErasure.Order order, List<String> id) {
    Person person;
    try {
      person = work.person(jdbc, order.type(), id);
    } catch (InputException e) {
      return null;
    }
    SealedPerson who = SealedPerson.of(person);
    String hash = who.hash(key);
    boolean known =
        !new RequestLedger(jdbc).unsettled(Kind.ERASURE, hash).isEmpty()
            || new BatchLedger(jdbc).remains(hash, work.displayName(order.type().table()));
    String still = order.still() == null ? null : order.still().apply(id);
    boolean due = still == null || work.database().fulfils(jdbc, order.type().table(), still);
    return known || !due ? null : who;
  }
}
