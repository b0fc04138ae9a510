package org.lethe.account;

import org.jspecify.annotations.Nullable;
import org.lethe.error.NotPermittedException;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Who may let whom leave and come back. Somebody who is an account ({@code lethe:3}) must be
 * allowed to at this very moment; any other actor, such as the operator of the command line, is.
 * Within the caller's transaction.
 */
final class DepartureRights {

  private final LetheAccounts accounts;
  private final @Nullable Rights most;

  /**
   * @param most what actors may do at most; null where it is all that their accounts may
   */
  DepartureRights(LetheAccounts accounts, @Nullable Rights most) {
    this.accounts = accounts;
    this.most = most;
  }

  /** The same for an actor who may do no more than this. */
  DepartureRights within(Rights rights) {
    return new DepartureRights(accounts, rights);
  }

  private Rights of(Account actor) {
    Rights own = accounts.rights(actor);
    return most == null ? own : own.within(most);
  }

  /**
   * Makes sure that somebody may let an account leave, or come back.
   *
   * @throws NotPermittedException if they may not
   */
  void require(JdbcOperations jdbc, By by, Account account) {
    Account actor = accounts.actor(jdbc, by).orElse(null);
    if (actor == null) {
      return;
    }
    if (!actor.active()) {
      throw new NotPermittedException("your own account is deactivated; nothing was changed");
    }
    Rights rights = of(actor);
    rights.require(Action.DEACTIVATE);
    if (account.superuser() && !rights.superuser()) {
      throw new NotPermittedException("only a superuser may do this to the account of a superuser");
    }
  }

  /**
   * Makes sure that somebody may call a departure off, whosever it is.
   *
   * @throws NotPermittedException if they may not
   */
  void requireToCancel(JdbcOperations jdbc, By by) {
    accounts.actor(jdbc, by).ifPresent(a -> of(a).require(Action.DEACTIVATE));
  }

  /**
   * Makes sure that somebody may let an account come back as a superuser's.
   *
   * @throws NotPermittedException if they may not
   */
  void requireToBringSuperuserBack(JdbcOperations jdbc, By by) {
    if (accounts.actor(jdbc, by).filter(a -> !of(a).superuser()).isPresent()) {
      throw new NotPermittedException(
          "only a superuser may bring a superuser's status back; reactivate without it");
    }
  }
}
