package org.lethe.subject.request;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.execute.Reasons;
import org.lethe.execute.Transactions;
import org.lethe.store.Outcome;
import org.lethe.subject.Key;
import org.lethe.subject.Settled;
import org.lethe.subject.erase.ErasureBlockedException;
import org.lethe.trash.By;

/** Carries out what was approved, and goes on with what could not be done before. Thread-safe. */
final class RequestRuns {

  /** Until what this database refused is tried again by itself. */
  private static final Duration REST = Duration.ofHours(1);

  private final Transactions transactions;
  private final Key key;
  private final Clock clock;
  private final RequestWork work;
  private final RequestSteps steps;

  RequestRuns(
      Transactions transactions, Key key, Clock clock, RequestWork work, RequestSteps steps) {
    this.transactions = transactions;
    this.key = key;
    this.clock = clock;
    this.work = work;
    this.steps = steps;
  }

  /** All of one request. */
  Request run(UUID id, By by) {
    return work.alone(
        id,
        () -> {
          Request running = start(id, by, true);
          @Nullable SealedPerson who = who(id).orElse(null);
          carryOut(running, who, by, null);
          if (who != null) {
            work.searchResidue(running, who);
          }
          return finish(running, by);
        });
  }

  /**
   * The same without its end, for which many are taken together.
   *
   * @param still a condition that the person's row must still fulfil, with the table under its own
   *     name; null where nothing is asked
   * @return whether it did; if not, nothing was done and the request is withdrawn
   */
  boolean erase(UUID id, SealedPerson who, @Nullable String still, By by) {
    return work.alone(
        id,
        () -> {
          // Until it is done here, others may not go on with it: they would not ask again.
          Request running = start(id, by, still == null);
          boolean done = carryOut(running, who, by, still);
          if (!done) {
            withdraw(id, by);
          }
          return done;
        });
  }

  private boolean carryOut(
      Request running, @Nullable SealedPerson who, By by, @Nullable String still) {
    try {
      return work.run(running, who, by, still);
    } catch (LetheException e) {
      if (work.reasons().cause(e) != Reasons.Cause.EVERYTHING
          || e instanceof ErasureBlockedException) {
        failed(running, by, e);
      }
      throw e;
    }
  }

  /** This database would not do it: nothing was changed here, and it is tried again later. */
  private void failed(Request running, By by, LetheException e) {
    String why =
        e instanceof ErasureBlockedException blocked
            ? "nobody decided what becomes of " + String.join(", ", blocked.relations())
            : work.reasons().ofRows(e);
    transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          new OutcomeLedger(jdbc).forget(running.id(), Settled.DATABASE, Outcome.UNREACHABLE);
          new OutcomeLedger(jdbc)
              .add(
                  running.id(),
                  new Settled(
                      Settled.DATABASE, Settled.DATABASE, Outcome.UNREACHABLE, 0, why, null));
          ledger.set(running.id(), RequestLedger.Field.NEXT_AT, clock.instant().plus(REST));
          return steps.take(
              jdbc,
              running.id(),
              State.PARTIALLY_FAILED,
              by,
              PlanText.outcomes(new OutcomeLedger(jdbc).of(running.id())));
        });
  }

  private void withdraw(UUID id, By by) {
    transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          ledger.set(id, RequestLedger.Field.REASON, "no longer due");
          ledger.set(id, RequestLedger.Field.SETTLED_AT, clock.instant());
          ledger.forgetPerson(id);
          return steps.take(jdbc, id, State.WITHDRAWN, by, "{}");
        });
  }

  /**
   * Begins, or goes on.
   *
   * @param anybody whether others may go on with it if this run dies
   */
  private Request start(UUID id, By by, boolean anybody) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          Request request = RequestSteps.locked(ledger, id);
          if (request.state() != State.RUNNING) {
            RequestSteps.require(request, State.RUNNING);
            refuseOtherPolicy(ledger, request);
            request = steps.take(jdbc, id, State.RUNNING, by, "{}");
          }
          if (anybody) {
            ledger.set(id, RequestLedger.Field.NEXT_AT, clock.instant());
          }
          return request;
        });
  }

  private void refuseOtherPolicy(RequestLedger ledger, Request request) {
    String approvedUnder = ledger.text(request.id(), RequestLedger.Field.POLICY_HASH);
    if (request.state() == State.APPROVED && !work.policyHash().equals(approvedUnder)) {
      throw new RequestException(
          "the policy has changed since request %d was collected; collect and approve it again"
              .formatted(request.number()));
    }
  }

  /** Says how it ended; whoever did so meanwhile has said it. */
  Request finish(Request running, By by) {
    UUID id = running.id();
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          Request request = RequestSteps.locked(ledger, id);
          if (request.state() != State.RUNNING) {
            return request;
          }
          RequestWork.Result result = work.result(jdbc, request);
          ledger.set(id, RequestLedger.Field.NEXT_AT, result.next());
          ledger.set(id, RequestLedger.Field.SETTLED_AT, clock.instant());
          if (result.state() == State.COMPLETED && !request.kind().exports()) {
            ledger.forgetPerson(id);
          }
          return steps.take(
              jdbc, id, result.state(), by, PlanText.outcomes(new OutcomeLedger(jdbc).of(id)));
        });
  }

  /** Requests with something to do now, one after the other. */
  List<Request> runDue(int limit, By by, Consumer<Request> progress) {
    List<Request> done = new ArrayList<>();
    for (Request due :
        transactions.look(jdbc -> new RequestLedger(jdbc).due(clock.instant(), limit))) {
      try {
        if (due.kind().exports() && due.state() == State.COMPLETED) {
          done.add(expire(due));
          continue;
        }
        Request after = run(due.id(), by);
        progress.accept(after);
        done.add(after);
      } catch (RequestException e) {
        // Another process was quicker.
      } catch (LetheException e) {
        Request after =
            transactions.look(jdbc -> new RequestLedger(jdbc).find(due.id()).orElseThrow());
        if (after.state() == State.RUNNING) {
          throw e;
        }
        // It is written down with the request, and holds no other up.
        progress.accept(after);
        done.add(after);
      }
    }
    return done;
  }

  /** Nobody need know any more who it was, once their archive is gone and nothing is owed them. */
  private Request expire(Request request) {
    work.downloads().expire(request.id());
    boolean answered = !clock.instant().isBefore(request.due());
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          ledger.set(request.id(), RequestLedger.Field.NEXT_AT, answered ? null : request.due());
          if (answered) {
            ledger.forgetPerson(request.id());
          }
          return ledger.find(request.id()).orElseThrow();
        });
  }

  /**
   * Makes the archive of a request anew.
   *
   * @throws RequestException if none was made before, or nobody knows any more for whom
   */
  Request anew(UUID id, By by) {
    return work.alone(
        id,
        () -> {
          Request request =
              transactions.look(jdbc -> new RequestLedger(jdbc).find(id).orElseThrow());
          Optional<SealedPerson> who = who(id);
          if (!request.kind().exports() || request.settled() == null || who.isEmpty()) {
            throw new RequestException(
                "no archive can be made anew for request %d; open another"
                    .formatted(request.number()));
          }
          boolean unused = work.run(request, who.get(), by, null);
          return transactions.change(
              jdbc -> {
                RequestLedger ledger = new RequestLedger(jdbc);
                ledger.set(id, RequestLedger.Field.NEXT_AT, work.result(jdbc, request).next());
                steps.audit(jdbc, "request_anew", id, by, "{}");
                return ledger.find(id).orElseThrow();
              });
        });
  }

  /** Who it is about, while that is known. */
  Optional<SealedPerson> who(UUID id) {
    Optional<byte[]> kept = transactions.look(jdbc -> new RequestLedger(jdbc).sealedSubject(id));
    return kept.map(bytes -> SealedPerson.open(key, bytes));
  }
}
