package org.lethe.account;

import java.time.Instant;

/** What became of an attempt to sign in. */
public sealed interface SignInOutcome {

  /** The right password of an account that may sign in. */
  record SignedIn(Account account) implements SignInOutcome {}

  /** A wrong password, or no such account: nobody learns which. */
  record Refused() implements SignInOutcome {}

  /** The right password of an account that is deactivated. */
  record Deactivated(Account account) implements SignInOutcome {}

  /** The right password of an account that may not sign in to Lethe. */
  record NotStaff(Account account) implements SignInOutcome {}

  /** Too many failures: not even the right password helps until then. */
  record Throttled(Instant until) implements SignInOutcome {}
}
