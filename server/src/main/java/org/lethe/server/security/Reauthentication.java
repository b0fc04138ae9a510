package org.lethe.server.security;

import org.lethe.account.LetheAccounts;
import org.lethe.account.SignInOutcome;
import org.lethe.error.LetheException;
import org.springframework.stereotype.Service;

/**
 * Asks for the password once more before what cannot be taken back, so that a session that somebody
 * left open does not do it. Thread-safe.
 */
@Service
public final class Reauthentication {

  private final LetheAccounts accounts;

  Reauthentication(LetheAccounts accounts) {
    this.accounts = accounts;
  }

  /** The password that was typed is not that of this account. */
  public static final class WrongPasswordException extends LetheException {

    private static final long serialVersionUID = 1L;

    WrongPasswordException(String message) {
      super(message);
    }
  }

  /**
   * Makes sure that it is still the same person.
   *
   * @throws WrongPasswordException if the password is not theirs; tries are limited as for sign-ins
   */
  public void require(Me me, String password) {
    SignInOutcome outcome =
        accounts
            .signIn()
            .attempt(me.account().login(), password, "session of " + me.account().id().text());
    if (outcome instanceof SignInOutcome.Throttled) {
      throw new WrongPasswordException(
          "too many wrong passwords; nothing was done, try again in a few minutes");
    }
    if (!(outcome instanceof SignInOutcome.SignedIn in)
        || !in.account().id().equals(me.account().id())) {
      throw new WrongPasswordException("that is not your password; nothing was done");
    }
  }
}
