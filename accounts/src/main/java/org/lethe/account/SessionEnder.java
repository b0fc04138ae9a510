package org.lethe.account;

/**
 * Ends the sessions of an account in a place outside of this database, once its deactivation is
 * committed. May be called again after it succeeded, and then has nothing to do. Thread-safe.
 */
public interface SessionEnder {

  /** Names the place to people, always alike, such as {@code accounts.sessions[1]}. */
  String place();

  /**
   * Ends them.
   *
   * @throws org.lethe.error.LetheException if the place cannot be reached, or does not know how; a
   *     message without personal data
   */
  void end(Account account);
}
