package org.lethe.account;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.error.InputException;
import org.lethe.execute.Transactions;
import org.lethe.subject.Key;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Codes of an authenticator that an account wants beside its password (TOTP, RFC 6238). What they
 * are made from is kept sealed. The caller throttles: see {@link SignIn}. Thread-safe.
 */
public final class SecondFactor {

  private static final int SECRET = 20;
  private static final int CODES = 10;
  private static final int CODE = 12;

  /** Steps by which clocks may differ. */
  private static final int DRIFT = 1;

  private final @Nullable Key key;
  private final Transactions transactions;
  private final Clock clock;

  SecondFactor(@Nullable Key key, Transactions transactions, Clock clock) {
    this.key = key;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What an authenticator is to be told, shown once.
   *
   * @param secret to be typed
   * @param uri the same for a picture to be scanned: {@code otpauth://totp/...}
   */
  public record Begun(String secret, String uri) {

    /** Without the secret: this may reach a log. */
    @Override
    public String toString() {
      return "a second factor";
    }
  }

  /**
   * What is kept.
   *
   * @param secret sealed, in hexadecimal digits
   */
  private record Kept(String secret, boolean confirmed, long lastStep) {}

  /**
   * Begins anew, with another secret; nothing is wanted at sign-in until {@link #confirm}.
   *
   * @throws InputException if there is no key, or one is confirmed already
   */
  public Begun begin(Account account) {
    Key sealing = Key.require(key);
    byte[] secret = Secrets.bytes(SECRET);
    transactions.change(
        jdbc -> {
          if (kept(jdbc, account.id()).filter(Kept::confirmed).isPresent()) {
            throw new InputException(
                "the account has a second factor already; remove it first, to have another");
          }
          delete(jdbc, account.id());
          jdbc.update(
              "insert into lethe.second_factor (directory, account, secret) values (?, ?, ?)",
              account.id().directory(),
              account.id().key(),
              sealing.seal(HexFormat.of().formatHex(secret)));
          return true;
        });
    String text = Totp.base32(secret);
    String label = URLEncoder.encode("Lethe:" + account.login(), StandardCharsets.UTF_8);
    return new Begun(
        text,
        "otpauth://totp/%s?secret=%s&issuer=Lethe".formatted(label.replace("+", "%20"), text));
  }

  /**
   * Shows that the authenticator works; from now on its codes are wanted.
   *
   * @return codes that work once each when the authenticator is lost, to be shown once; empty if
   *     the code is wrong
   * @throws InputException if none was begun
   */
  public List<String> confirm(AccountId account, String code, By by) {
    return transactions.change(
        jdbc -> {
          Kept kept =
              kept(jdbc, account)
                  .filter(k -> !k.confirmed())
                  .orElseThrow(() -> new InputException("no second factor was begun; begin again"));
          if (!step(jdbc, account, kept, code)) {
            return List.of();
          }
          jdbc.update(
              "update lethe.second_factor set confirmed = true where directory = ? and account = ?",
              account.directory(),
              account.key());
          List<String> codes = new ArrayList<>();
          for (int i = 0; i < CODES; i++) {
            String recovery = Secrets.random(CODE).toLowerCase(Locale.ROOT);
            codes.add(recovery);
            jdbc.update(
                "insert into lethe.recovery_code (directory, account, code_hash) values (?, ?, ?)",
                account.directory(),
                account.key(),
                Secrets.hash(recovery));
          }
          audit(jdbc, by, "second_factor_set", account);
          return codes;
        });
  }

  /** Whether a code is wanted beside the password. */
  public boolean wanted(AccountId account) {
    return transactions.look(jdbc -> kept(jdbc, account).filter(Kept::confirmed).isPresent());
  }

  /**
   * Whether a code is good: of the authenticator, or one of those for its loss. None is good twice.
   *
   * @throws InputException if there is no key
   */
  public boolean verify(AccountId account, String code) {
    String bare = code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    return transactions.change(
        jdbc -> {
          Kept kept = kept(jdbc, account).filter(Kept::confirmed).orElse(null);
          return kept != null && (step(jdbc, account, kept, bare) || recovery(jdbc, account, bare));
        });
  }

  /** Wants no codes any more. */
  public void remove(AccountId account, By by) {
    transactions.change(
        jdbc -> {
          delete(jdbc, account);
          audit(jdbc, by, "second_factor_removed", account);
          return true;
        });
  }

  /** How many of the codes for a loss are left. */
  public int recoveryCodes(AccountId account) {
    return transactions.look(
        jdbc -> {
          Integer left =
              jdbc.queryForObject(
                  "select count(*) from lethe.recovery_code where directory = ? and account = ?",
                  Integer.class,
                  account.directory(),
                  account.key());
          return left == null ? 0 : left;
        });
  }

  private static Optional<Kept> kept(JdbcOperations jdbc, AccountId account) {
    return jdbc
        .query(
            "select secret, confirmed, last_step from lethe.second_factor where directory = ? and account = ? for update",
            (rs, n) ->
                new Kept(HexFormat.of().formatHex(rs.getBytes(1)), rs.getBoolean(2), rs.getLong(3)),
            account.directory(),
            account.key())
        .stream()
        .findFirst();
  }

  /** The row is locked: of two who come with the same code, one wins. */
  private boolean step(JdbcOperations jdbc, AccountId account, Kept kept, String code) {
    byte[] secret = opened(kept);
    long now = Totp.step(clock.instant());
    for (long step = now - DRIFT; step <= now + DRIFT; step++) {
      boolean same =
          MessageDigest.isEqual(
              Totp.code(secret, step).getBytes(StandardCharsets.UTF_8),
              code.strip().getBytes(StandardCharsets.UTF_8));
      if (same && step > kept.lastStep()) {
        jdbc.update(
            "update lethe.second_factor set last_step = ? where directory = ? and account = ?",
            step,
            account.directory(),
            account.key());
        return true;
      }
    }
    return false;
  }

  private byte[] opened(Kept kept) {
    byte[] sealed = HexFormat.of().parseHex(kept.secret());
    return HexFormat.of().parseHex(Key.require(key).open(sealed));
  }

  private static boolean recovery(JdbcOperations jdbc, AccountId account, String code) {
    return jdbc.update(
            "delete from lethe.recovery_code where directory = ? and account = ? and code_hash = ?",
            account.directory(),
            account.key(),
            Secrets.hash(code))
        > 0;
  }

  private static void delete(JdbcOperations jdbc, AccountId account) {
    for (String table : List.of("second_factor", "recovery_code")) {
      jdbc.update(
          "delete from lethe." + table + " where directory = ? and account = ?",
          account.directory(),
          account.key());
    }
  }

  private void audit(JdbcOperations jdbc, By by, String action, AccountId account) {
    new Audit(jdbc).append(clock.instant(), by.actor(), action, account.text(), by.reason(), "{}");
  }
}
