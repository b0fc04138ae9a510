package org.lethe.cli;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.AccountSchema;
import org.lethe.account.LetheAccounts;
import org.lethe.policy.Decisions;

/** Accounts of one database, Lethe's own and those the policy maps. */
record AccountsSession(LetheAccounts accounts) {

  /** Makes the tables of accounts where they are missing. */
  static AccountsSession open(LetheCommand command) {
    return new AccountsSession(within(Session.open(command), command));
  }

  /** The same in a session that is open. */
  static LetheAccounts within(Session session, LetheCommand command) {
    return open(command, session.database(), session.lethe().decisions());
  }

  static LetheAccounts open(LetheCommand command, DataSource database, Decisions decisions) {
    AccountSchema.migrate(database);
    return LetheAccounts.builder(database, decisions)
        .clock(Clock.systemUTC())
        .environment(command::environment)
        .build();
  }

  /**
   * The account that is meant: by its name ({@code lethe:3}), its login or its address.
   *
   * @throws UsageException if there is none
   */
  Account find(String who) {
    boolean named = who.startsWith(AccountId.OWN + ":") || who.startsWith(AccountId.APP + ":");
    return (named ? accounts.find(AccountId.of(who)) : accounts.byLogin(who))
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no account %s; lethe users list shows them"
                        .formatted(OneLine.of(who))));
  }

  List<AccountId> find(List<String> who) {
    return who.stream().map(this::find).map(Account::id).toList();
  }

  /** {@code ada (app:17)}. */
  static String name(Account account) {
    return OneLine.of(account.login()) + " (" + account.id() + ")";
  }
}
