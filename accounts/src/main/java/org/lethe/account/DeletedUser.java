package org.lethe.account;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.schema.TableId;
import org.lethe.trash.By;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The one account of the application that stands in for those that are gone, so that what they left
 * still has somebody's name: the policy names a row, or it is made when it is first needed. It
 * cannot sign in, nobody changes, deactivates or deletes it, and lists leave it out. Thread-safe.
 */
public final class DeletedUser {

  /** How one that Lethe makes is called. */
  public static final String NAME = "Deleted user";

  private static final String LOGIN = "deleted-user";
  private static final String ADDRESS = "deleted-user@example.invalid";

  private final LetheAccounts accounts;
  private final @Nullable String said;
  private final Transactions transactions;
  private final Clock clock;

  DeletedUser(LetheAccounts accounts, Decisions decisions, Transactions transactions, Clock clock) {
    this.accounts = accounts;
    this.said = decisions.accounts().map(Accounts::deletedUser).orElse(null);
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Its id; empty while there is none. */
  public Optional<AccountId> find() {
    return said != null ? Optional.of(app(said)) : transactions.look(this::remembered);
  }

  /** The same; makes it where there is none. */
  public AccountId make(By by) {
    if (said != null) {
      if (accounts.find(app(said)).isEmpty()) {
        throw new InputException(
            "accounts.deleted_user: there is no account %s; name one that is there in the policy"
                .formatted(app(said)));
      }
      return app(said);
    }
    return transactions.change(
        jdbc -> {
          Guards.lock(jdbc);
          Optional<AccountId> known = remembered(jdbc);
          return known.isPresent() ? known.get() : insert(jdbc, by);
        });
  }

  private AccountId insert(JdbcOperations jdbc, By by) {
    AccountRows rows = accounts.directory(AccountId.APP).rows();
    AccountTables tables = rows.tables();
    if (!tables.can(Ability.CREATE)) {
      throw new InputException(
          "no \"%s\" can be made in %s, which has columns that need a value and that the policy does not name (%s); name a row that is there: accounts: { deleted_user: KEY }"
              .formatted(NAME, tables.table(), String.join(", ", tables.needed())));
    }
    Instant now = clock.instant();
    try {
      String key =
          rows.insert(jdbc, new NewAccount(LOGIN, NAME, ADDRESS, null, false, false), null, now);
      rows.setActive(jdbc, key, false, now, by.actor(), NAME);
      TableId table = tables.table();
      jdbc.update(
          """
          insert into lethe.deleted_user (table_schema, table_name, key, made_at, made_by)
          values (?, ?, ?, ?, ?)
          """,
          table.schema(),
          table.name(),
          key,
          Timestamp.from(now),
          by.actor());
      new Audit(jdbc).append(now, by.actor(), "deleted_user_made", app(key).text(), null, "{}");
      return app(key);
    } catch (DataIntegrityViolationException e) {
      throw new InputException(
          "no \"%s\" can be made in %s, whose rules do not take it; name a row that is there: accounts: { deleted_user: KEY }"
              .formatted(NAME, tables.table()),
          e);
    }
  }

  private Optional<AccountId> remembered(JdbcOperations jdbc) {
    TableId table = accounts.directory(AccountId.APP).rows().tables().table();
    return jdbc
        .query(
            "select key from lethe.deleted_user where table_schema = ? and table_name = ?",
            (rs, n) -> app(rs.getString(1)),
            table.schema(),
            table.name())
        .stream()
        .findFirst();
  }

  private static AccountId app(String key) {
    return new AccountId(AccountId.APP, key);
  }
}
