package org.lethe.server.requests;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.Settled;
import org.lethe.subject.request.Download;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.State;
import org.lethe.subject.request.Step;

/**
 * A request with all that can be said of it, and what may be done next.
 *
 * @param stores names of all places beside the database
 * @param download null where there is no archive
 * @param mayErase whether whoever looks may go on with an erasure
 */
public record RequestView(
    Request request,
    List<Step> steps,
    List<Settled> outcomes,
    List<String> stores,
    @Nullable Download download,
    boolean mayErase,
    Instant now) {

  private static final long SOON_DAYS = 7;

  public RequestView {
    steps = List.copyOf(steps);
    outcomes = List.copyOf(outcomes);
    stores = List.copyOf(stores);
  }

  /** Such as {@code 12 days left}; null once it is settled. */
  public @Nullable String left() {
    return left(request, now);
  }

  static @Nullable String left(Request request, Instant now) {
    if (request.settled() != null || request.state().last()) {
      return null;
    }
    long days = days(request, now);
    if (days < 0) {
      return "%d day%s late".formatted(-days, days == -1 ? "" : "s");
    }
    return "%d day%s left".formatted(days, days == 1 ? "" : "s");
  }

  private static long days(Request request, Instant now) {
    return Math.floorDiv(Duration.between(now, request.due()).toHours(), 24);
  }

  /** Whether somebody should hurry. */
  public boolean urgent() {
    return urgent(request, now);
  }

  static boolean urgent(Request request, Instant now) {
    return left(request, now) != null && days(request, now) < SOON_DAYS;
  }

  /** Whether this may be the next step, as far as the state goes and whoever looks. */
  public boolean next(String step) {
    State state = request.state();
    boolean may = mayErase || request.kind() != Kind.ERASURE;
    return switch (step) {
      case "verify" -> state == State.RECEIVED;
      case "collect" -> state.mayBecome(State.COLLECTED);
      case "approve" -> may && state == State.COLLECTED;
      case "run" -> may && state.mayBecome(State.RUNNING);
      case "extend" ->
          request.extendedWhy() == null && left() != null && now.isBefore(request.due());
      case "deny" -> state.mayBecome(State.DENIED) && state.open();
      case "withdraw" -> state.mayBecome(State.WITHDRAWN) && state.open();
      case "plan" -> request.kind() == Kind.ERASURE && state.open();
      default -> false;
    };
  }

  /** Places that nothing is known of yet. */
  public List<String> waiting() {
    return stores.stream()
        .filter(s -> outcomes.stream().noneMatch(o -> o.store().equals(s)))
        .toList();
  }
}
