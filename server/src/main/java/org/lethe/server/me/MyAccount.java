package org.lethe.server.me;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lethe.account.AccountId;
import org.lethe.account.ApiToken;
import org.lethe.account.ApiTokens;
import org.lethe.account.LetheAccounts;
import org.lethe.account.Permission;
import org.lethe.account.SecondFactor;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.error.InputException;
import org.lethe.server.security.Me;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** What everybody may do with their own account. Thread-safe. */
@Service
public final class MyAccount {

  private final LetheAccounts accounts;
  private final AdminSettings settings;
  private final JdbcTemplate jdbc;
  private final Clock clock;

  MyAccount(LetheAccounts accounts, AdminSettings settings, JdbcTemplate jdbc, Clock clock) {
    this.accounts = accounts;
    this.settings = settings;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Sets another password; all sessions end but this one.
   *
   * @param session its id
   */
  void changePassword(Me me, String old, String password, String session) {
    accounts.resets().change(me.account().id(), old, password, session);
  }

  /** Tokens that are still good, latest first. */
  public List<ApiToken> tokens(Me me) {
    Instant now = clock.instant();
    return accounts.tokens().list(me.account().id()).stream()
        .filter(t -> t.revoked() == null)
        .filter(t -> t.expires() == null || t.expires().isAfter(now))
        .toList();
  }

  /**
   * Makes a token.
   *
   * @param scopes permissions, one a line: what the token may do at most
   * @param expires the first day on which it is no good any more; empty for never
   */
  public ApiTokens.Created createToken(Me me, String name, String scopes, String expires) {
    Set<Permission> wanted = new LinkedHashSet<>();
    scopes
        .lines()
        .map(String::strip)
        .filter(l -> !l.isEmpty())
        .map(Permission::of)
        .forEach(wanted::add);
    if (wanted.isEmpty()) {
      throw new InputException("say what the token may do, such as view:* or delete:customer");
    }
    return accounts
        .tokens()
        .create(
            me.account().id(), name, wanted, expires.isBlank() ? null : day(expires), me.by(null));
  }

  private static Instant day(String text) {
    try {
      return LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InputException("the day is a date such as 2027-01-31, not " + text, e);
    }
  }

  /**
   * @throws InputException if it is no token of this account, or was revoked already
   */
  public void revokeToken(Me me, long token) {
    accounts.tokens().revoke(me.account().id(), token, me.by(null));
  }

  /** Sessions in which this account is signed in. */
  long sessions(Me me) {
    Long n =
        jdbc.queryForObject(
            "select count(*) from lethe.web_session where principal_name = ? and expiry_time > ?",
            Long.class,
            me.account().id().text(),
            clock.millis());
    return n == null ? 0 : n;
  }

  /** Ends all sessions of this account, this one too. */
  void signOutEverywhere(Me me) {
    jdbc.update("delete from lethe.web_session where principal_name = ?", me.account().id().text());
  }

  /** Whether a second factor can be had: it is sealed with the key. */
  boolean secondFactorAvailable() {
    return settings.requests() != null;
  }

  boolean secondFactor(Me me) {
    return accounts.secondFactor().wanted(me.account().id());
  }

  int recoveryCodes(Me me) {
    return accounts.secondFactor().recoveryCodes(me.account().id());
  }

  SecondFactor.Begun beginSecondFactor(Me me) {
    return accounts.secondFactor().begin(me.account());
  }

  /**
   * @return codes for its loss; empty if the code is wrong
   */
  List<String> confirmSecondFactor(Me me, String code) {
    AccountId id = me.account().id();
    return accounts.secondFactor().confirm(id, code, me.by(null));
  }

  void removeSecondFactor(Me me) {
    accounts.secondFactor().remove(me.account().id(), me.by(null));
  }

  /** The earliest day of expiry that makes sense; for the form. */
  String tomorrow() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1).toString();
  }
}
