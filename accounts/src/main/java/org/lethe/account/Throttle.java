package org.lethe.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Slows down those who try passwords, per login and per address; within the caller's transaction.
 * Logins and addresses are kept as hashes alone.
 */
final class Throttle {

  /** Failures that cost nothing, of one login and of one address. */
  static final int FREE_OF_LOGIN = 5;

  static final int FREE_OF_ADDRESS = 30;

  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private Throttle() {}

  /** What is counted. */
  private record Counted(String hash, int free) {}

  /**
   * Counts an attempt as failed before it is known whether it is, so that many at once gain
   * nothing.
   *
   * @return until when this login or address is shut, and then nothing was counted; empty if it is
   *     not
   */
  static Optional<Instant> enter(JdbcOperations jdbc, String login, String address, Instant now) {
    List<Counted> all = counted(jdbc, login, address);
    for (Counted c : all) {
      jdbc.update(
          """
          insert into lethe.sign_in_throttle (what_hash, failures, last_failure, shut_until)
          values (?, 0, ?, '-infinity') on conflict do nothing
          """,
          c.hash(),
          Timestamp.from(now));
    }
    Optional<Instant> shut = Optional.empty();
    for (Counted c : all) {
      Instant until =
          jdbc
              .query(
                  "select greatest(shut_until, 'epoch') from lethe.sign_in_throttle where what_hash = ? for update",
                  (rs, n) -> rs.getTimestamp(1).toInstant(),
                  c.hash())
              .stream()
              .findFirst()
              .orElse(Instant.EPOCH);
      if (until.isAfter(now) && shut.filter(until::isBefore).isEmpty()) {
        shut = Optional.of(until);
      }
    }
    if (shut.isEmpty()) {
      all.forEach(c -> count(jdbc, c, now));
    }
    return shut;
  }

  private static void count(JdbcOperations jdbc, Counted counted, Instant now) {
    Timestamp at = Timestamp.from(now);
    Integer failures =
        jdbc.queryForObject(
            """
            update lethe.sign_in_throttle
               set failures = case when last_failure < ? then 1 else failures + 1 end,
                   last_failure = ?
             where what_hash = ? returning failures
            """,
            Integer.class,
            Timestamp.from(now.minus(FORGOTTEN)),
            at,
            counted.hash());
    int beyond = (failures == null ? 0 : failures) - counted.free();
    if (beyond >= 0) {
      Duration pause = FIRST.multipliedBy(1L << Math.min(beyond, 16));
      jdbc.update(
          "update lethe.sign_in_throttle set shut_until = ? where what_hash = ?",
          Timestamp.from(now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause)),
          counted.hash());
    }
  }

  /** The attempt did not fail after all; the login starts anew, the address loses this one only. */
  static void succeeded(JdbcOperations jdbc, String login, String address, Instant now) {
    jdbc.update(
        "delete from lethe.sign_in_throttle where what_hash = ? or last_failure < ?",
        hash(jdbc, "login", login(login)),
        Timestamp.from(now.minus(FORGOTTEN)));
    jdbc.update(
        "update lethe.sign_in_throttle set failures = greatest(failures - 1, 0), shut_until = '-infinity' where what_hash = ?",
        hash(jdbc, "address", address));
  }

  private static List<Counted> counted(JdbcOperations jdbc, String login, String address) {
    // Always in this order, so that no two wait for each other.
    return List.of(
        new Counted(hash(jdbc, "login", login(login)), FREE_OF_LOGIN),
        new Counted(hash(jdbc, "address", address), FREE_OF_ADDRESS));
  }

  private static String login(String login) {
    return login.strip().toLowerCase(Locale.ROOT);
  }

  private static String hash(JdbcOperations jdbc, String what, String value) {
    String salt = jdbc.queryForObject("select salt from lethe.account_guard", String.class);
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest((salt + "\0" + what + "\0" + value).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
