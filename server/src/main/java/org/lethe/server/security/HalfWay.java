package org.lethe.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.account.AccountId;

/**
 * Somebody who has typed the right password and still owes a code: for a few minutes and tries, and
 * not signed in until then.
 */
final class HalfWay {

  private static final String ATTRIBUTE = "lethe.half-way";
  private static final Duration TIME = Duration.ofMinutes(5);
  private static final int TRIES = 5;

  private HalfWay() {}

  private record State(String account, Instant since, int failures) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  static void begin(AccountId account, Instant now, HttpServletRequest request) {
    if (request.getSession(false) != null) {
      request.changeSessionId();
    }
    request.getSession().setAttribute(ATTRIBUTE, new State(account.text(), now, 0));
  }

  /** Empty if nobody is half-way in, or not any more. */
  static Optional<AccountId> of(HttpServletRequest request, Instant now) {
    @Nullable State state = state(request);
    return state == null || state.failures() >= TRIES || state.since().isBefore(now.minus(TIME))
        ? Optional.empty()
        : Optional.of(AccountId.of(state.account()));
  }

  private static @Nullable State state(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (State) session.getAttribute(ATTRIBUTE);
  }

  static void failed(HttpServletRequest request) {
    @Nullable State state = state(request);
    if (state != null) {
      request
          .getSession()
          .setAttribute(ATTRIBUTE, new State(state.account(), state.since(), state.failures() + 1));
    }
  }

  static void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.removeAttribute(ATTRIBUTE);
    }
  }
}
