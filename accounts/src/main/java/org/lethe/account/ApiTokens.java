package org.lethe.account;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** What programs sign in with, in the name of an account. Thread-safe. */
public final class ApiTokens {

  private static final String PREFIX = "lethe_";
  private static final int LENGTH = 32;
  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + LENGTH + "}");
  private static final Duration PRECISION = Duration.ofMinutes(1);

  private final LetheAccounts accounts;
  private final Transactions transactions;
  private final Clock clock;

  ApiTokens(LetheAccounts accounts, Transactions transactions, Clock clock) {
    this.accounts = accounts;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A token that was just made.
   *
   * @param secret to be shown once: nobody can say it again
   */
  public record Created(ApiToken token, String secret) {

    /** Without the secret: this may reach a log. */
    @Override
    public String toString() {
      return "token " + token.id();
    }
  }

  /**
   * Makes a token.
   *
   * @param name what it is for
   * @param scopes what it may do at most
   * @param expires null for never
   * @throws InputException if the account is not there or not active, the name is empty, or the end
   *     has come already
   */
  public Created create(
      AccountId account,
      String name,
      Collection<Permission> scopes,
      @Nullable Instant expires,
      By by) {
    Instant now = clock.instant();
    if (name.isBlank()) {
      throw new InputException("a token needs a name that says what it is for; give one");
    }
    if (expires != null && !expires.isAfter(now)) {
      throw new InputException("the token would have expired already; choose a day to come");
    }
    String secret = PREFIX + Secrets.random(LENGTH);
    return transactions.change(
        jdbc -> {
          Account owner = owner(jdbc, account).orElseThrow(() -> Guards.unknown(account));
          if (!owner.active()) {
            throw new InputException(
                "the account %s is deactivated and can have no tokens".formatted(account));
          }
          Long id =
              jdbc.queryForObject(
                  """
                  insert into lethe.api_token (directory, account, name, token_hash, scopes, created_at, expires_at)
                  values (?, ?, ?, ?, ?, ?, ?) returning token_id
                  """,
                  Long.class,
                  account.directory(),
                  account.key(),
                  name.strip(),
                  Secrets.hash(secret),
                  TokenRows.text(scopes),
                  Timestamp.from(now),
                  expires == null ? null : Timestamp.from(expires));
          audit(jdbc, by, "token_created", account, id == null ? 0 : id);
          return new Created(get(jdbc, id == null ? 0 : id).orElseThrow(), secret);
        });
  }

  private Optional<Account> owner(JdbcOperations jdbc, AccountId account) {
    return accounts.directory(account.directory()).rows().lock(jdbc, account.key());
  }

  private static Optional<ApiToken> get(JdbcOperations jdbc, long id) {
    return jdbc.query(TokenRows.COLUMNS + " where token_id = ?", TokenRows::token, id).stream()
        .findFirst();
  }

  /**
   * Whose token this is; empty if it is none, has expired or was revoked, or its account is not
   * active. Says in the token that it was used.
   */
  public Optional<ApiToken> find(String secret) {
    if (!FORM.matcher(secret).matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<ApiToken> found =
        transactions.look(
            jdbc ->
                jdbc
                    .query(
                        TokenRows.COLUMNS
                            + " where token_hash = ? and revoked_at is null and (expires_at is null or expires_at > ?)",
                        TokenRows::token,
                        Secrets.hash(secret),
                        Timestamp.from(now))
                    .stream()
                    .filter(
                        t ->
                            accounts
                                .directory(t.account().directory())
                                .rows()
                                .find(jdbc, t.account().key())
                                .filter(Account::active)
                                .isPresent())
                    .findFirst());
    found.ifPresent(t -> used(t, now));
    return found;
  }

  /** To the minute: a busy program should not write with each call. */
  private void used(ApiToken token, Instant now) {
    Instant last = token.lastUsed();
    if (last == null || last.isBefore(now.minus(PRECISION))) {
      transactions.change(
          jdbc ->
              jdbc.update(
                  "update lethe.api_token set last_used = ? where token_id = ?",
                  Timestamp.from(now),
                  token.id()));
    }
  }

  /** What a token may do now: no more than its scopes, and no more than its account. */
  public Rights rights(ApiToken token) {
    return accounts
        .find(token.account())
        .map(a -> accounts.rights(a).within(accounts.scopes(token.scopes())))
        .orElse(Rights.NONE);
  }

  /** All tokens of an account, latest first; also those that are no good any more. */
  public List<ApiToken> list(AccountId account) {
    return transactions.look(
        jdbc ->
            jdbc.query(
                TokenRows.COLUMNS + " where directory = ? and account = ? order by token_id desc",
                TokenRows::token,
                account.directory(),
                account.key()));
  }

  /**
   * Revokes a token at once.
   *
   * @throws InputException if the account has no such token, or it was revoked already
   */
  public void revoke(AccountId account, long id, By by) {
    transactions.change(
        jdbc -> {
          int revoked =
              jdbc.update(
                  "update lethe.api_token set revoked_at = ? where token_id = ? and directory = ? and account = ? and revoked_at is null",
                  Timestamp.from(clock.instant()),
                  id,
                  account.directory(),
                  account.key());
          if (revoked == 0) {
            throw new InputException(
                "the account %s has no token with the number %d that is still good"
                    .formatted(account, id));
          }
          audit(jdbc, by, "token_revoked", account, id);
          return true;
        });
  }

  private void audit(JdbcOperations jdbc, By by, String action, AccountId account, long id) {
    new Audit(jdbc)
        .append(
            clock.instant(),
            by.actor(),
            action,
            account.text(),
            by.reason(),
            "{\"token\": " + id + "}");
  }
}
