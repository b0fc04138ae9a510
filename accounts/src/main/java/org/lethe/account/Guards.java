package org.lethe.account;

import java.util.List;
import java.util.Set;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** What keeps people from locking themselves, or everybody, out. */
final class Guards {

  private final List<AccountRows> directories;

  Guards(List<AccountRows> directories) {
    this.directories = List.copyOf(directories);
  }

  /** Whoever takes rights away does so one after the other: two might each take the other's. */
  static void lock(JdbcOperations jdbc) {
    jdbc.query("select one_row from lethe.account_guard for update", rs -> {});
  }

  /**
   * Makes sure that somebody is left who may do everything.
   *
   * @param leaving accounts that no longer will, and were locked
   * @throws NotPermittedException if nobody is
   */
  void somebodyStays(JdbcOperations jdbc, Set<AccountId> leaving) {
    for (AccountRows rows : directories) {
      if (rows.tables().can(Ability.SUPERUSER)
          && rows.superusers(jdbc).stream().anyMatch(id -> !leaving.contains(id))) {
        return;
      }
    }
    throw new NotPermittedException(
        "this is the last active superuser, and nobody could undo it; make another one first");
  }

  /**
   * Makes sure that nobody does this to themselves.
   *
   * @throws NotPermittedException if it is the actor's own account
   */
  static void notYourself(Account account, By by) {
    if (by.actor().equals(account.id().text()) || by.actor().equals(account.login())) {
      throw new NotPermittedException(
          "nobody may do this to their own account; ask somebody else who may");
    }
  }

  /**
   * Makes sure that the policy does not keep an account.
   *
   * @throws NotPermittedException if it does
   */
  static void notKept(JdbcOperations jdbc, AccountRows rows, AccountId id) {
    if (rows.kept(jdbc, id.key())) {
      throw new NotPermittedException(
          "the policy keeps this account active; take it out of accounts.keep first");
    }
  }

  /** Not found, or not in this directory. */
  static InputException unknown(AccountId id) {
    return new InputException("there is no account %s; it may have been deleted".formatted(id));
  }
}
