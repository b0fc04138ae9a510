package org.lethe.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** What is remembered of departures, as rows; within the caller's transaction. */
final class DepartureRows {

  private static final String OF = " where directory = ? and account = ?";
  private static final String PLAN =
      "select plan_id, directory, account, offboard, takes_groups, takes_permissions, takes_staff, due, planned_by, why, outcome from lethe.planned_departure";

  private DepartureRows() {}

  static void insert(JdbcOperations jdbc, Departure d) {
    jdbc.update(
        """
        insert into lethe.departure (directory, account, kind, left_at, left_by, why, taken, sessions, tokens)
        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
        """,
        d.account().directory(),
        d.account().key(),
        d.kind().name().toLowerCase(Locale.ROOT),
        Timestamp.from(Objects.requireNonNull(d.at())),
        d.by(),
        d.why(),
        d.taken().json(),
        d.sessions(),
        d.tokens());
  }

  /** The one from which the account has not come back. */
  static Optional<Departure> open(JdbcOperations jdbc, AccountId account) {
    return list(jdbc, account).stream().filter(d -> d.back() == null).findFirst();
  }

  /** All of an account, latest first. */
  static List<Departure> list(JdbcOperations jdbc, AccountId account) {
    return jdbc.query(
        "select directory, account, kind, left_at, left_by, why, taken::text as taken, sessions, tokens, back_at, back_by from lethe.departure"
            + OF
            + " order by departure_id desc",
        DepartureRows::departure,
        account.directory(),
        account.key());
  }

  private static Departure departure(ResultSet rs, int n) throws SQLException {
    return new Departure(
        new AccountId(rs.getString("directory"), rs.getString("account")),
        Departure.Kind.valueOf(rs.getString("kind").toUpperCase(Locale.ROOT)),
        rs.getTimestamp("left_at").toInstant(),
        rs.getString("left_by"),
        rs.getString("why"),
        Taken.of(rs.getString("taken")),
        rs.getLong("sessions"),
        rs.getLong("tokens"),
        AccountRows.instant(rs.getTimestamp("back_at")),
        rs.getString("back_by"));
  }

  /** Ends the open one, if there is one. */
  static void back(JdbcOperations jdbc, AccountId account, Instant at, By by) {
    jdbc.update(
        "update lethe.departure set back_at = ?, back_by = ?, back_why = ?"
            + OF
            + " and back_at is null",
        Timestamp.from(at),
        by.actor(),
        by.reason(),
        account.directory(),
        account.key());
  }

  static long plan(
      JdbcOperations jdbc,
      AccountId account,
      boolean offboard,
      DepartureOptions options,
      Instant due,
      Instant now,
      By by) {
    Long id =
        jdbc.queryForObject(
            """
            insert into lethe.planned_departure
              (directory, account, offboard, takes_groups, takes_permissions, takes_staff, due, planned_at, planned_by, why)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning plan_id
            """,
            Long.class,
            account.directory(),
            account.key(),
            offboard,
            options.groups(),
            options.permissions(),
            options.staff(),
            Timestamp.from(due),
            Timestamp.from(now),
            by.actor(),
            by.reason());
    return Objects.requireNonNull(id);
  }

  /** Those still to come, the next one first. */
  static List<PlannedDeparture> planned(JdbcOperations jdbc) {
    return jdbc.query(
        PLAN + " where settled_at is null order by due, plan_id", DepartureRows::plannedRow);
  }

  /** One that is due, and that nobody else is carrying out; locked. */
  static Optional<PlannedDeparture> claim(JdbcOperations jdbc, long id, Instant now) {
    return jdbc
        .query(
            PLAN + " where plan_id = ? and settled_at is null and due <= ? for update skip locked",
            DepartureRows::plannedRow,
            id,
            Timestamp.from(now))
        .stream()
        .findFirst();
  }

  private static PlannedDeparture plannedRow(ResultSet rs, int n) throws SQLException {
    return new PlannedDeparture(
        rs.getLong("plan_id"),
        new AccountId(rs.getString("directory"), rs.getString("account")),
        rs.getBoolean("offboard"),
        new DepartureOptions(
            rs.getBoolean("takes_groups"),
            rs.getBoolean("takes_permissions"),
            rs.getBoolean("takes_staff")),
        rs.getTimestamp("due").toInstant(),
        rs.getString("planned_by"),
        rs.getString("why"),
        rs.getString("outcome"));
  }

  /** False if it was settled already. */
  static boolean settle(JdbcOperations jdbc, long id, Instant now, @Nullable String outcome) {
    return jdbc.update(
            "update lethe.planned_departure set settled_at = ?, outcome = ? where plan_id = ? and settled_at is null",
            Timestamp.from(now),
            outcome,
            id)
        > 0;
  }
}
