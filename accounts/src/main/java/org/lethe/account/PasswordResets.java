package org.lethe.account;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * New passwords for those who forgot theirs, or want another. Each ends the account's sessions: who
 * knows the old one must be out. A forgotten one revokes its tokens too, as nobody can tell who
 * made them; who changes a password that they know keeps their tokens. Thread-safe.
 */
public final class PasswordResets {

  private static final Duration GOOD = Duration.ofMinutes(30);
  private static final int LENGTH = 40;

  private final LetheAccounts accounts;
  private final Sessions sessions;
  private final Transactions transactions;
  private final Clock clock;

  PasswordResets(
      LetheAccounts accounts, Sessions sessions, Transactions transactions, Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Makes what lets the person of an account set a new password, once and within half an hour; what
   * was made before is worth nothing any more. To be mailed to the address of the account, and to
   * nobody else.
   *
   * @return empty if nobody may be mailed: there is no such account, it is not active, or it has no
   *     password or address. Whoever asked must not learn which
   */
  public Optional<Asked> ask(String login) {
    Account account = accounts.byLogin(login.strip()).orElse(null);
    if (account == null
        || !account.active()
        || account.email() == null
        || !accounts.directory(account.id().directory()).can(Ability.PASSWORDS)) {
      return Optional.empty();
    }
    String secret = Secrets.random(LENGTH);
    Instant until = clock.instant().plus(GOOD);
    return transactions.change(
        jdbc -> {
          forget(jdbc, account.id());
          jdbc.update(
              "insert into lethe.password_reset (token_hash, directory, account, expires_at) values (?, ?, ?, ?)",
              Secrets.hash(secret),
              account.id().directory(),
              account.id().key(),
              Timestamp.from(until));
          audit(jdbc, account.id().text(), "password_reset_asked", account.id());
          return Optional.of(new Asked(account, secret, until));
        });
  }

  /**
   * What is mailed.
   *
   * @param secret for the link
   */
  public record Asked(Account account, String secret, Instant until) {

    /** Without the secret: this may reach a log. */
    @Override
    public String toString() {
      return "a password reset of " + account;
    }
  }

  private static void forget(JdbcOperations jdbc, AccountId account) {
    jdbc.update(
        "delete from lethe.password_reset where directory = ? and account = ?",
        account.directory(),
        account.key());
  }

  /** Whose a mailed secret is; empty if it is none, or not good any more. */
  public Optional<Account> whose(String secret) {
    return transactions.look(jdbc -> find(jdbc, secret));
  }

  private Optional<Account> find(JdbcOperations jdbc, String secret) {
    return jdbc
        .query(
            "select directory, account from lethe.password_reset where token_hash = ? and expires_at > ? for update",
            (rs, n) -> new AccountId(rs.getString(1), rs.getString(2)),
            Secrets.hash(secret),
            Timestamp.from(clock.instant()))
        .stream()
        .findFirst()
        .flatMap(id -> accounts.directory(id.directory()).rows().find(jdbc, id.key()))
        .filter(Account::active);
  }

  /**
   * Sets a new password with a mailed secret, which is used up.
   *
   * @throws InputException if the secret is not good any more, or the password too weak; after the
   *     latter the secret is still good
   */
  public Account use(String secret, String password) {
    Account account =
        transactions.change(
            jdbc -> {
              Account whose =
                  find(jdbc, secret)
                      .orElseThrow(
                          () ->
                              new InputException(
                                  "this link is not good any more; ask for another one"));
              set(jdbc, whose, password, "password_reset", null);
              TokenRows.revokeAll(jdbc, whose.id(), clock.instant());
              return whose;
            });
    sessions.endElsewhereQuietly(account.id());
    return account;
  }

  /**
   * Sets a new password for somebody who knows the old one. All sessions of the account end but
   * one.
   *
   * @param session the id of the session in which it is done, which goes on; null for none
   * @throws InputException if the old one is wrong, the new one is too weak, or the account is not
   *     active
   */
  public void change(AccountId id, String old, String password, @Nullable String session) {
    Directory directory = accounts.directory(id.directory());
    // Outside of the transaction that changes it: this takes long, on purpose.
    String hash =
        transactions
            .look(jdbc -> Optional.ofNullable(directory.rows().password(jdbc, id.key())))
            .orElse(null);
    if (!Passwords.verify(old, hash)) {
      throw new InputException("the old password is wrong; nothing was changed");
    }
    transactions.change(
        jdbc -> {
          Account account =
              directory
                  .rows()
                  .find(jdbc, id.key())
                  .filter(Account::active)
                  .orElseThrow(() -> Guards.unknown(id));
          set(jdbc, account, password, "password_changed", session);
          return true;
        });
    sessions.endElsewhereQuietly(id);
  }

  private void set(
      JdbcOperations jdbc,
      Account account,
      String password,
      String action,
      @Nullable String session) {
    accounts.directory(account.id().directory()).setPassword(jdbc, account.id().key(), password);
    forget(jdbc, account.id());
    sessions.end(jdbc, account, session);
    audit(jdbc, account.id().text(), action, account.id());
  }

  private void audit(JdbcOperations jdbc, String actor, String action, AccountId id) {
    By by = new By(actor, null);
    new Audit(jdbc).append(clock.instant(), by.actor(), action, id.text(), by.reason(), "{}");
  }
}
