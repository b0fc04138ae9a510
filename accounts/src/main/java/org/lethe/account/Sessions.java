package org.lethe.account;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.execute.Transactions;
import org.lethe.policy.SessionRule;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * Ends the sessions of accounts: those in this database with the deactivation, those elsewhere as
 * soon as it is committed, again and again until each place has done so. Thread-safe.
 */
final class Sessions {

  private static final Pattern PARAMETER = Pattern.compile("(?<!:):(id|login|email)\\b");
  private static final int AT_ONCE = 3;
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Dialect dialect;
  private final Transactions transactions;
  private final Clock clock;
  private final Map<String, String> statements = new TreeMap<>();
  private final Map<String, SessionEnder> elsewhere = new TreeMap<>();
  private final Map<String, AccountRows> directories;
  private final Optional<DjangoSessions> django;

  Sessions(
      Dialect dialect,
      Transactions transactions,
      Clock clock,
      List<SessionRule> rules,
      List<SessionEnder> enders,
      List<AccountRows> directories,
      Optional<DjangoSessions> django) {
    this.dialect = dialect;
    this.transactions = transactions;
    this.clock = clock;
    this.django = django;
    this.directories =
        directories.stream().collect(Collectors.toMap(r -> r.tables().directory(), r -> r));
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i) instanceof SessionRule.Sql sql) {
        statements.put("accounts.sessions[" + i + "].sql", sql.sql());
      }
    }
    enders.forEach(e -> elsewhere.put(e.place(), e));
  }

  /**
   * Ends those in this database, and notes which are to be ended elsewhere.
   *
   * @return how many there were here
   * @throws InputException if a statement of the policy cannot be run
   */
  long end(JdbcOperations jdbc, Account account) {
    return end(jdbc, account, null);
  }

  /**
   * The same.
   *
   * @param except the id of a session of Lethe that goes on; null for none
   */
  long end(JdbcOperations jdbc, Account account, @Nullable String except) {
    long ended =
        jdbc.update(
            "delete from lethe.web_session where principal_name = ? and session_id is distinct from ?::text",
            account.id().text(),
            except);
    if (!account.id().directory().equals(AccountId.APP)) {
      return ended;
    }
    ended += django.map(d -> d.end(jdbc, account.id().key())).orElse(0L);
    for (Map.Entry<String, String> statement : statements.entrySet()) {
      ended += run(jdbc, statement.getKey(), statement.getValue(), account);
    }
    Timestamp now = Timestamp.from(clock.instant());
    for (String place : elsewhere.keySet()) {
      jdbc.update(
          "insert into lethe.session_end (directory, account, place, since, next_try) values (?, ?, ?, ?, ?)",
          account.id().directory(),
          account.id().key(),
          place,
          now,
          now);
    }
    return ended;
  }

  private long run(JdbcOperations jdbc, String path, String sql, Account account) {
    List<Object> values = new ArrayList<>();
    String bound = PARAMETER.matcher(sql).replaceAll(match -> bind(match, account, values));
    try {
      return jdbc.update(bound, values.toArray());
    } catch (DataAccessException e) {
      SQLException cause = Dialect.sqlException(e);
      if (cause == null || dialect.classify(cause) != Dialect.Failure.BAD_INPUT) {
        throw e;
      }
      throw new InputException(
          "%s cannot be run: %s; nothing was changed. Correct it in the policy"
              .formatted(path, dialect.describe(cause)),
          e);
    }
  }

  /** The database knows what type it wants. */
  private static String bind(MatchResult match, Account account, List<Object> values) {
    @Nullable String value =
        switch (match.group(1)) {
          case "id" -> account.id().key();
          case "login" -> account.login();
          default -> account.email();
        };
    values.add(new SqlParameterValue(Types.OTHER, value));
    return "?";
  }

  /**
   * One place that is still to end the sessions of one account.
   *
   * @param attempts made so far
   */
  private record Due(long id, AccountId account, String place, int attempts) {}

  /**
   * Tells places elsewhere to end what is due; what fails is tried again later.
   *
   * @param account null for all accounts
   * @return what failed and why, for people
   */
  List<String> endElsewhere(@Nullable AccountId account) {
    List<String> failed = new ArrayList<>();
    for (Due due : transactions.look(jdbc -> due(jdbc, account))) {
      String error = end(due);
      transactions.change(jdbc -> settle(jdbc, due, error));
      if (error != null) {
        failed.add(due.account() + " at " + due.place() + ": " + error);
      }
    }
    return failed;
  }

  /** The same where nobody can be told; what failed is in {@link #unended}. */
  void endElsewhereQuietly(@Nullable AccountId account) {
    try {
      List<String> unused = endElsewhere(account);
    } catch (LetheException e) {
      // The database cannot be asked for now; the next look at what is due tries again.
    }
  }

  private List<Due> due(JdbcOperations jdbc, @Nullable AccountId account) {
    String text = account == null ? null : account.text();
    return jdbc.query(
        """
        select session_end_id, directory, account, place, attempts from lethe.session_end
         where next_try <= ? and (?::text is null or directory || ':' || account = ?)
         order by session_end_id
        """,
        (rs, n) ->
            new Due(
                rs.getLong("session_end_id"),
                new AccountId(rs.getString("directory"), rs.getString("account")),
                rs.getString("place"),
                rs.getInt("attempts")),
        Timestamp.from(clock.instant()),
        text,
        text);
  }

  /** What could not be ended so far, and why, for people. */
  static List<String> unended(JdbcOperations jdbc) {
    return jdbc.query(
        "select directory, account, place, last_error from lethe.session_end where attempts > 0 order by session_end_id",
        (rs, n) ->
            "%s:%s at %s: %s"
                .formatted(rs.getString(1), rs.getString(2), rs.getString(3), rs.getString(4)));
  }

  /** Null if it worked. */
  private @Nullable String end(Due due) {
    SessionEnder ender = elsewhere.get(due.place());
    if (ender == null) {
      // The policy has it no more.
      return null;
    }
    Optional<Account> account =
        Optional.ofNullable(directories.get(due.account().directory()))
            .flatMap(rows -> transactions.look(jdbc -> rows.find(jdbc, due.account().key())));
    Account whose =
        account.orElseGet(
            () ->
                new Account(
                    due.account(), due.account().key(), "", null, false, false, false, null, null));
    String error = null;
    for (int attempt = 0; attempt < AT_ONCE; attempt++) {
      try {
        ender.end(whose);
        return null;
      } catch (LetheException e) {
        error = e.getMessage();
      } catch (RuntimeException e) {
        // Others' code: its message may hold anything.
        error = "failed with " + e.getClass().getSimpleName();
      }
    }
    return error;
  }

  private boolean settle(JdbcOperations jdbc, Due due, @Nullable String error) {
    if (error == null) {
      return jdbc.update("delete from lethe.session_end where session_end_id = ?", due.id()) > 0;
    }
    Duration pause = FIRST.multipliedBy(1L << Math.min(due.attempts(), 10));
    Instant next = clock.instant().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    return jdbc.update(
            "update lethe.session_end set attempts = attempts + 1, next_try = ?, last_error = ? where session_end_id = ?",
            Timestamp.from(next),
            error,
            due.id())
        > 0;
  }
}
