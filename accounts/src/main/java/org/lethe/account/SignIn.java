package org.lethe.account;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.execute.Transactions;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Lets people in who know a password. Every attempt costs as much, whether there is such an account
 * or not: each directory verifies one password, if need be a made-up one. Thread-safe.
 */
public final class SignIn {

  private static final String SOMEBODY = "somebody unknown";

  private final List<Directory> directories;
  private final Transactions transactions;
  private final Clock clock;

  SignIn(List<Directory> directories, Transactions transactions, Clock clock) {
    this.directories = directories.stream().filter(d -> d.can(Ability.PASSWORDS)).toList();
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A password to be verified.
   *
   * @param account whose it is; null for nobody's, which never matches
   * @param hash null for what costs as much as an own account's
   */
  private record Check(@Nullable Account account, @Nullable String hash) {

    boolean matches(String password) {
      if (!Passwords.usable(hash)) {
        Passwords.verifyNobodys(password);
        return false;
      }
      return Passwords.verify(password, hash) && account != null;
    }
  }

  /**
   * Tries a password. A success says in the account when it was; what goes on from there, such as a
   * second factor and a session, is the caller's.
   *
   * @param login of any directory, Lethe's own first, or an e-mail address
   * @param address from where, such as the network address; as the caller knows it for sure
   */
  public SignInOutcome attempt(String login, String password, String address) {
    Optional<Instant> shut =
        transactions.change(jdbc -> Throttle.enter(jdbc, login, address, clock.instant()));
    if (shut.isPresent()) {
      return end(new SignInOutcome.Throttled(shut.get()), login, address);
    }
    // Outside of any transaction: this takes long, on purpose.
    Account account = null;
    for (Check check : transactions.look(jdbc -> checks(jdbc, login.strip()))) {
      if (check.matches(password)) {
        account = check.account();
      }
    }
    return end(outcome(account), login, address);
  }

  private List<Check> checks(JdbcOperations jdbc, String login) {
    List<Check> checks = new ArrayList<>();
    boolean found = false;
    for (Directory directory : directories) {
      AccountRows rows = directory.rows();
      Account account = found ? null : rows.byLogin(jdbc, login).orElse(null);
      found |= account != null;
      String hash = account == null ? null : rows.password(jdbc, account.id().key());
      String usual = directory.name().equals(AccountId.OWN) ? null : rows.usualPassword(jdbc);
      checks.add(
          account != null && Passwords.usable(hash)
              ? new Check(account, hash)
              : new Check(null, usual));
    }
    return checks;
  }

  private static SignInOutcome outcome(@Nullable Account account) {
    if (account == null) {
      return new SignInOutcome.Refused();
    }
    if (!account.active()) {
      return new SignInOutcome.Deactivated(account);
    }
    return account.staff() || account.superuser()
        ? new SignInOutcome.SignedIn(account)
        : new SignInOutcome.NotStaff(account);
  }

  private SignInOutcome end(SignInOutcome outcome, String login, String address) {
    return transactions.change(
        jdbc -> {
          SignInOutcome result = outcome;
          if (outcome instanceof SignInOutcome.SignedIn in) {
            result = signedIn(jdbc, in.account(), login, address);
          }
          audit(jdbc, result);
          return result;
        });
  }

  /** It may have been deactivated while its password was verified. */
  private SignInOutcome signedIn(
      JdbcOperations jdbc, Account account, String login, String address) {
    AccountRows rows =
        directories.stream()
            .filter(d -> d.name().equals(account.id().directory()))
            .findFirst()
            .orElseThrow()
            .rows();
    Account now = rows.lock(jdbc, account.id().key()).orElse(null);
    SignInOutcome outcome = outcome(now);
    if (now != null && outcome instanceof SignInOutcome.SignedIn) {
      rows.signedIn(jdbc, now.id().key(), clock.instant());
      Throttle.succeeded(jdbc, login, address, clock.instant());
    }
    return outcome;
  }

  private void audit(JdbcOperations jdbc, SignInOutcome outcome) {
    Account known =
        outcome instanceof SignInOutcome.SignedIn in
            ? in.account()
            : outcome instanceof SignInOutcome.Deactivated out
                ? out.account()
                : outcome instanceof SignInOutcome.NotStaff not ? not.account() : null;
    // Not even what was typed: it may be a password in the wrong field.
    String who = known == null ? SOMEBODY : known.id().text();
    boolean in = outcome instanceof SignInOutcome.SignedIn;
    new Audit(jdbc)
        .append(
            clock.instant(),
            who,
            in ? "signed_in" : "sign_in_refused",
            who,
            null,
            in ? "{}" : "{\"why\": \"" + why(outcome) + "\"}");
  }

  private static String why(SignInOutcome outcome) {
    if (outcome instanceof SignInOutcome.Deactivated) {
      return "deactivated";
    }
    if (outcome instanceof SignInOutcome.NotStaff) {
      return "not staff";
    }
    return outcome instanceof SignInOutcome.Throttled ? "too many attempts" : "wrong";
  }
}
