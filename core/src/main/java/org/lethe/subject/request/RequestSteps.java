package org.lethe.subject.request;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.lethe.audit.Audit;
import org.lethe.policy.RequestRules;
import org.lethe.subject.Key;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Takes requests from one state to the next, where that may follow, and says so in the audit.
 * Within the caller's transaction.
 */
final class RequestSteps {

  private final Clock clock;

  RequestSteps(Clock clock) {
    this.clock = clock;
  }

  /**
   * Writes down a new request.
   *
   * @param received when it came in; the deadline counts from then
   */
  Request receive(
      JdbcOperations jdbc,
      Kind kind,
      SealedPerson who,
      Key key,
      RequestRules.Law law,
      Instant received,
      By by) {
    RequestLedger ledger = new RequestLedger(jdbc);
    UUID id = UUID.randomUUID();
    ledger.insert(
        id,
        kind,
        who.subject().type(),
        who.hash(key),
        who.seal(key),
        law,
        received,
        Deadlines.first(law, received),
        by.actor());
    ledger.step(id, null, State.RECEIVED, clock.instant(), by.actor(), by.reason());
    audit(jdbc, "request_" + kind.word(), id, by, "{}");
    return ledger.find(id).orElseThrow();
  }

  /**
   * Takes a step.
   *
   * @param details what the audit keeps of it: JSON, and nothing of anybody
   * @throws RequestException if it may not follow on where the request is
   */
  Request take(JdbcOperations jdbc, UUID id, State to, By by, String details) {
    RequestLedger ledger = new RequestLedger(jdbc);
    Request request = allowed(ledger, id, to);
    ledger.step(id, request.state(), to, clock.instant(), by.actor(), by.reason());
    audit(jdbc, action(to), id, by, details);
    return ledger.find(id).orElseThrow();
  }

  /** What the audit calls a step to a state. */
  static String action(State to) {
    return "request_" + to.word().replace(' ', '_');
  }

  void audit(JdbcOperations jdbc, String action, UUID id, By by, String details) {
    new Audit(jdbc)
        .append(clock.instant(), by.actor(), action, id.toString(), by.reason(), details);
  }

  /** The request, kept from others meanwhile, if it may become {@code next}. */
  Request allowed(RequestLedger ledger, UUID id, State next) {
    Request request = locked(ledger, id);
    require(request, next);
    return request;
  }

  static Request locked(RequestLedger ledger, UUID id) {
    return ledger.lock(id).orElseThrow(() -> new RequestException("there is no request " + id));
  }

  static void require(Request request, State next) {
    if (!request.state().mayBecome(next)) {
      throw refused(request, next);
    }
  }

  /** Not while it runs: part of it may be done. */
  static void requireOpen(Request request, State next) {
    if (!request.state().open()) {
      throw refused(request, next);
    }
  }

  private static RequestException refused(Request request, State next) {
    return new RequestException(
        "request %d is %s, and cannot become %s from there"
            .formatted(request.number(), request.state().word(), next.word()));
  }
}
