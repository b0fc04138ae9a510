package org.lethe.subject.request;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Roots;
import org.lethe.execute.Transactions;
import org.lethe.policy.RequestRules;
import org.lethe.subject.Key;
import org.lethe.subject.Person;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.erase.Match;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Requests of people: taken up, verified, collected, approved, run and accounted for. Each step is
 * a transaction of its own with its entry in the audit. Needs the ledger, see {@link
 * org.lethe.trash.LedgerSchema#migrate}. Thread-safe.
 */
public final class Requests {

  private final Transactions transactions;
  private final RequestRules rules;
  private final Key key;
  private final Clock clock;
  private final RequestWork work;
  private final RequestSteps steps;
  private final RequestRuns runs;

  /**
   * @param work what is done about a request
   */
  public Requests(
      Transactions transactions, RequestRules rules, Key key, Clock clock, RequestWork work) {
    this.transactions = transactions;
    this.rules = rules;
    this.key = key;
    this.clock = clock;
    this.work = work;
    this.steps = new RequestSteps(clock);
    this.runs = new RequestRuns(transactions, key, clock, work, steps);
  }

  /**
   * Takes a request up.
   *
   * @param received when it came in; the deadline counts from then
   * @param again whether it is taken up even if the same was asked for and is not settled yet
   * @throws RequestException if it is there already
   */
  public Request open(Kind kind, Person person, Instant received, boolean again, By by) {
    SealedPerson sealed = SealedPerson.of(person);
    String hash = sealed.hash(key);
    if (received.isAfter(clock.instant())) {
      throw new RequestException("a request cannot have been received in the future");
    }
    return transactions.change(
        jdbc -> {
          List<Request> same = new RequestLedger(jdbc).unsettled(kind, hash);
          if (!same.isEmpty() && !again) {
            throw new RequestException(
                "the same is asked for already, in request %d (%s); take that further, or say that this is another"
                    .formatted(same.get(0).number(), same.get(0).state().word()));
          }
          return steps.receive(jdbc, kind, sealed, key, rules.law(), received, by);
        });
  }

  /**
   * A request by its number or id.
   *
   * @throws RequestException if there is none such
   */
  public Request find(String named) {
    return transactions
        .look(
            jdbc -> {
              RequestLedger ledger = new RequestLedger(jdbc);
              return named.matches("[0-9]{1,18}")
                  ? ledger.find(Long.parseLong(named))
                  : uuid(named).flatMap(ledger::find);
            })
        .orElseThrow(() -> new RequestException("there is no request " + named));
  }

  private static Optional<UUID> uuid(String named) {
    try {
      return Optional.of(UUID.fromString(named));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Requests, latest first.
   *
   * @param state null for all
   */
  public List<Request> list(@Nullable State state, int limit) {
    return transactions.look(jdbc -> new RequestLedger(jdbc).list(state, limit));
  }

  /**
   * Some requests, latest first.
   *
   * @param states none for all
   * @param kind null for all
   * @param before a number: only those that came earlier; null for the latest
   */
  public List<Request> page(
      Set<State> states, @Nullable Kind kind, @Nullable Long before, int limit) {
    return transactions.look(jdbc -> new RequestLedger(jdbc).page(states, kind, before, limit));
  }

  /** How many requests there are in each state that has any. */
  public Map<State, Long> counts() {
    return transactions.look(jdbc -> new RequestLedger(jdbc).counts());
  }

  public List<Step> steps(UUID id) {
    return transactions.look(jdbc -> new RequestLedger(jdbc).steps(id));
  }

  /**
   * Proof of what was done so far.
   *
   * @throws RequestException if there is no such request
   */
  public Certificate certificate(UUID id) {
    return Certificate.of(
        look(id), steps(id), outcomes(id), clock.instant(), work.information(), work.policyHash());
  }

  /**
   * Which of some e-mail addresses must not come back.
   *
   * @return those of them that people had who were erased
   */
  public List<String> suppressed(List<String> addresses) {
    return transactions.look(jdbc -> new Erasures(jdbc, key).suppressed(addresses));
  }

  /** Erases again those who came back with a backup. */
  public Replay replay() {
    return work.replay(this);
  }

  /** What became of the data, per place. */
  public List<Settled> outcomes(UUID id) {
    return transactions.look(jdbc -> new OutcomeLedger(jdbc).of(id));
  }

  /** Makes sure that requests come from the person. */
  public Verification verification() {
    return new Verification(
        transactions, rules, steps, key, clock, r -> work.addresses(who(r.id()).subject()));
  }

  /**
   * Looks what there is, in this database and in every store, and writes down sealed where it lies.
   *
   * @return what would be done to this database
   * @throws RequestException if the request is not at that
   * @throws org.lethe.store.StoreException never: a store that cannot be asked is asked again later
   */
  public ErasurePlan collect(UUID id, By by) {
    Request request = look(id);
    RequestSteps.require(request, State.COLLECTED);
    SealedPerson who = who(id);
    ErasurePlan plan = work.collect(request, who);
    transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          steps.allowed(ledger, id, State.COLLECTED);
          ledger.set(id, RequestLedger.Field.PLAN, PlanText.json(plan));
          ledger.set(id, RequestLedger.Field.POLICY_HASH, plan.policyHash());
          ledger.set(id, RequestLedger.Field.COLLECTED_BY, by.actor());
          ledger.set(id, RequestLedger.Field.APPROVED_BY, null);
          return steps.take(jdbc, id, State.COLLECTED, by, PlanText.counts(plan));
        });
    return plan;
  }

  /** What an erasure of somebody would do to this database now; opens nothing. */
  public ErasurePlan preview(Person person) {
    return work.preview(SealedPerson.of(person));
  }

  /**
   * What an erasure of the person of a request would do to this database now; changes nothing.
   *
   * @throws RequestException if nobody knows any more who that is
   */
  public ErasurePlan plan(UUID id) {
    return work.preview(who(id));
  }

  /**
   * What redactions would take out of texts if somebody was erased now; personal.
   *
   * @param most how many per column
   */
  public List<Match> matches(Person person, int most) {
    return work.matches(SealedPerson.of(person), most);
  }

  /**
   * What an erasure of many people would do to this database now; opens nothing.
   *
   * @param roots their rows
   */
  public ErasurePlan preview(Roots roots) {
    return work.preview(roots);
  }

  /** Approves without a second person what two had approved before. */
  Request approveReplay(UUID id, By by) {
    return transactions.change(jdbc -> approved(jdbc, id, by));
  }

  /**
   * Approves what was collected.
   *
   * @throws RequestException if the request is not at that, or the policy wants a second person and
   *     this is the first
   */
  public Request approve(UUID id, By by) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          Request request = steps.allowed(ledger, id, State.APPROVED);
          boolean same =
              by.actor().equals(request.collectedBy()) || by.actor().equals(request.openedBy());
          if (rules.secondPerson() && request.kind() == Kind.ERASURE && same) {
            throw new RequestException(
                "the policy wants a second person to approve request %d; %s has taken it this far"
                    .formatted(request.number(), by.actor()));
          }
          return approved(jdbc, id, by);
        });
  }

  private Request approved(JdbcOperations jdbc, UUID id, By by) {
    new RequestLedger(jdbc).set(id, RequestLedger.Field.APPROVED_BY, by.actor());
    return steps.take(jdbc, id, State.APPROVED, by, "{}");
  }

  /**
   * Does what was approved, or goes on with it: after a crash, when a store did not answer, or when
   * the time is over for which something had to be kept.
   *
   * @throws RequestException if the request is not at that, or another process works on it
   */
  public Request run(UUID id, By by) {
    return runs.run(id, by);
  }

  /**
   * Goes on with whatever has something to do now: stores that did not answer, what had to be kept
   * until now, runs that died.
   *
   * @param progress told of each request that was run
   * @return the requests as they are afterwards
   */
  public List<Request> runDue(int limit, By by, Consumer<Request> progress) {
    return runs.runDue(limit, by, progress);
  }

  /** Archives for those who asked what is known about them. */
  public Downloads downloads() {
    return work.downloads();
  }

  /**
   * Makes the archive of a request anew, which it had before.
   *
   * @throws RequestException if it had none, or nobody knows any more for whom
   */
  public Request anew(UUID id, By by) {
    return runs.anew(id, by);
  }

  /**
   * A store says that there is news of an erasure that it answered with {@link
   * org.lethe.store.Answer.Pending}. It is asked about it by the next {@link #runDue}, so what it
   * says now need not be believed.
   *
   * @param reference what that answer named
   * @return whether there is such an erasure; whether it is settled already makes no difference
   */
  public boolean calledBack(String store, String reference) {
    return transactions
        .change(jdbc -> new PendingPieces(jdbc, key).askNow(store, reference, clock.instant()))
        .isPresent();
  }

  /** Erases many people with one report over all of them. */
  public MassErasure together() {
    return new MassErasure(transactions, rules, key, clock, work, steps, runs);
  }

  /**
   * Puts the deadline off, as the law allows once.
   *
   * @throws RequestException if no reason is given, it was put off before, or all is done
   */
  public Request extend(UUID id, By by) {
    String why = by.reason();
    if (why == null || why.isBlank()) {
      throw new RequestException("a deadline is put off with a reason, which the person is told");
    }
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          Request request = RequestSteps.locked(ledger, id);
          if (request.extendedWhy() != null) {
            throw new RequestException(
                "request %d was put off already; the law allows that once"
                    .formatted(request.number()));
          }
          if (request.settled() != null || request.state().last()) {
            throw new RequestException("request %d is settled".formatted(request.number()));
          }
          if (!clock.instant().isBefore(request.due())) {
            throw new RequestException(
                "request %d is late already; it could only be put off before"
                    .formatted(request.number()));
          }
          ledger.set(
              id,
              RequestLedger.Field.DUE_AT,
              Deadlines.extended(request.law(), request.received()));
          ledger.set(id, RequestLedger.Field.EXTENDED_WHY, why);
          steps.audit(jdbc, "request_extend", id, by, "{}");
          return ledger.find(id).orElseThrow();
        });
  }

  /**
   * Denies it.
   *
   * @param by with the reason, which the person is told
   * @throws RequestException if no reason is given, or it is too late
   */
  public Request deny(UUID id, By by) {
    if (by.reason() == null || by.reason().isBlank()) {
      throw new RequestException("a request is denied with a reason, which the person is told");
    }
    return end(id, State.DENIED, by);
  }

  /**
   * The person does not want it any more.
   *
   * @throws RequestException if it is too late
   */
  public Request withdraw(UUID id, By by) {
    return end(id, State.WITHDRAWN, by);
  }

  private Request end(UUID id, State state, By by) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          RequestSteps.requireOpen(steps.allowed(ledger, id, state), state);
          ledger.set(id, RequestLedger.Field.REASON, by.reason());
          ledger.set(id, RequestLedger.Field.SETTLED_AT, clock.instant());
          ledger.forgetPerson(id);
          return steps.take(jdbc, id, state, by, "{}");
        });
  }

  private Request look(UUID id) {
    return transactions
        .look(jdbc -> new RequestLedger(jdbc).find(id))
        .orElseThrow(() -> new RequestException("there is no request " + id));
  }

  private SealedPerson who(UUID id) {
    return runs.who(id)
        .orElseThrow(
            () -> new RequestException("nothing tells any more who request " + id + " is about"));
  }
}
