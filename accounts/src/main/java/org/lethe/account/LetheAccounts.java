package org.lethe.account;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.execute.Backoff;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;

/**
 * Accounts of both directories, Lethe's own and the application's: who may sign in and do what. The
 * tables must be there: see {@link AccountSchema#migrate}. Joins the caller's transaction where a
 * Spring transaction on the same data source is active. Thread-safe.
 */
public final class LetheAccounts {

  private final List<Directory> directories;
  private final Transactions transactions;
  private final SignIn signIn;
  private final String firstSchema;

  private LetheAccounts(DataSource dataSource, Decisions decisions, Clock clock) {
    Dialect dialect = Dialect.of(decisions.catalog());
    this.transactions = new Transactions(dataSource, dialect, Backoff.DEFAULT);
    List<AccountRows> rows =
        Stream.concat(Stream.of(AccountTables.OWN), AccountTables.ofApplication(decisions).stream())
            .map(tables -> new AccountRows(tables, dialect))
            .toList();
    Guards guards = new Guards(rows);
    this.directories =
        rows.stream().map(r -> new Directory(r, dialect, guards, transactions, clock)).toList();
    this.signIn = new SignIn(directories, transactions, clock);
    this.firstSchema = decisions.catalog().searchPath().stream().findFirst().orElse("public");
  }

  /**
   * The accounts of a database. Migrates nothing.
   *
   * @param decisions whose policy may map the application's accounts
   */
  public static LetheAccounts of(DataSource dataSource, Decisions decisions, Clock clock) {
    return new LetheAccounts(dataSource, decisions, clock);
  }

  /** Lethe's own, and the application's where the policy maps one. */
  public List<Directory> directories() {
    return directories;
  }

  /**
   * A directory by name.
   *
   * @throws InputException if there is none
   */
  public Directory directory(String name) {
    return directories.stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    name.equals(AccountId.APP)
                        ? "the policy says nothing of the application's accounts; write accounts: { table: TABLE, active: COLUMN, login: COLUMN }"
                        : "there is no directory \"%s\"; accounts are named lethe:KEY or app:KEY"
                            .formatted(name)));
  }

  /**
   * An account.
   *
   * @throws InputException if there is no such directory
   */
  public Optional<Account> find(AccountId id) {
    return directory(id.directory()).find(id.key());
  }

  /** An account by login or e-mail address; Lethe's own before the application's. */
  public Optional<Account> byLogin(String login) {
    return directories.stream().flatMap(d -> d.byLogin(login).stream()).findFirst();
  }

  /** What an account may do now; nothing if it is deactivated, or neither staff nor superuser. */
  public Rights rights(Account account) {
    AccountId id = account.id();
    Directory directory = directory(id.directory());
    return transactions.look(
        jdbc -> {
          Account now = directory.rows().find(jdbc, id.key()).orElse(null);
          if (now == null || !now.active()) {
            return Rights.NONE;
          }
          if (now.superuser()) {
            return Rights.ofSuperuser();
          }
          if (!now.staff()) {
            return Rights.NONE;
          }
          Set<Permission> all = new HashSet<>(PermissionRows.of(jdbc, id));
          if (directory.can(Ability.GROUPS)) {
            for (Group group : directory.groupRows().of(jdbc, id.key())) {
              all.addAll(PermissionRows.ofGroup(jdbc, id.directory(), group.key()));
            }
          }
          return Rights.of(all, firstSchema);
        });
  }

  /** Lets people in who know a password. */
  public SignIn signIn() {
    return signIn;
  }
}
