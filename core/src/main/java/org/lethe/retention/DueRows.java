package org.lethe.retention;

import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Flags;
import org.lethe.collect.StandIn;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Accounts;
import org.lethe.policy.Age;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.policy.Rule;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The rows that a rule is about at one moment, as SQL over its table. Rows are called by the
 * table's own name, since the policy's predicates may do so. Immutable.
 */
final class DueRows {

  // The same text is a date, a time, and a time with zone; in UTC whatever the session's zone.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

  /** Separates the parts of a key before it is hashed; no text of PostgreSQL can hold it. */
  private static final String PARTS_APART = "chr(31)";

  private final Rule rule;
  private final Dialect dialect;
  private final Table table;
  private final String row;
  private final String condition;

  /**
   * @param ledger whether the ledger's tables are there
   */
  DueRows(Decisions decisions, Dialect dialect, Rule rule, Instant now, boolean ledger) {
    this.rule = rule;
    this.dialect = dialect;
    this.table = decisions.catalog().table(rule.table());
    this.row = dialect.quote(rule.table().name());
    this.condition = condition(decisions, now, ledger);
  }

  /** One row, by the columns that name it, or by its place where none do. */
  record Key(List<String> parts) {
    Key {
      parts = List.copyOf(parts);
    }
  }

  /** What holds of a row that is due, now and when it goes. */
  String condition() {
    return condition;
  }

  /** The same for these rows alone. */
  String condition(List<Key> keys) {
    List<Named> names = names();
    String rows;
    if (names.size() == 1) {
      rows =
          "%s = any(array[%s]::%s[])"
              .formatted(
                  names.get(0).sql(),
                  keys.stream()
                      .map(k -> dialect.literal(k.parts().get(0)))
                      .collect(Collectors.joining(", ")),
                  names.get(0).type());
    } else {
      rows =
          "(%s) in (%s)"
              .formatted(
                  names.stream().map(Named::sql).collect(Collectors.joining(", ")),
                  keys.stream().map(k -> tuple(names, k)).collect(Collectors.joining(", ")));
    }
    return condition + " and " + rows;
  }

  /** The table under its own name. */
  String from() {
    return dialect.quote(table.id()) + " as " + row;
  }

  long count(JdbcOperations jdbc) {
    return count(jdbc, 0);
  }

  /**
   * The same, cancelled when it takes longer.
   *
   * @param seconds 0 for as long as it takes
   */
  long count(JdbcOperations jdbc, int seconds) {
    Long rows =
        jdbc.execute(
            (Statement statement) -> {
              statement.setQueryTimeout(seconds);
              try (ResultSet count =
                  statement.executeQuery(
                      "select count(*) from %s where %s".formatted(from(), condition))) {
                return count.next() ? count.getLong(1) : 0L;
              }
            });
    return rows == null ? 0 : rows;
  }

  // Nothing is bound: a question mark may well be an operator of the policy's predicate.

  /** The next rows after a key, in the order of keys, without those that rest. */
  List<Key> next(JdbcOperations jdbc, @Nullable Key after, int limit, Instant now) {
    jdbc.query(dialect.fixTextForms(), rs -> {});
    List<Named> names = names();
    String all = names.stream().map(Named::sql).collect(Collectors.joining(", "));
    return jdbc.query(
        """
        select %s from %s where %s%s
           and not exists (select 1 from lethe.rule_set_aside as lethe_rest
                            where lethe_rest.rule = %s and lethe_rest.retry_at > %s
                              and lethe_rest.key_hash = %s)
         order by %s limit %d
        """
            .formatted(
                names.stream().map(Named::text).collect(Collectors.joining(", ")),
                from(),
                condition,
                after == null ? "" : " and (%s) > %s".formatted(all, tuple(names, after)),
                dialect.literal(rule.name()),
                dialect.literal(moment(now, false)),
                hash(),
                all,
                limit),
        (rs, n) -> {
          List<String> parts = new ArrayList<>();
          for (int i = 1; i <= names.size(); i++) {
            parts.add(rs.getString(i));
          }
          return new Key(parts);
        });
  }

  /**
   * Those of these rows that still are due, by key, in its order; locked. One column names them.
   */
  List<String> lock(JdbcOperations jdbc, List<Key> keys) {
    jdbc.query(dialect.fixTextForms(), rs -> {});
    Named key = names().get(0);
    return jdbc.query(
        "select %s from %s where %s order by %s for update"
            .formatted(key.text(), from(), condition(keys), key.sql()),
        (rs, n) -> rs.getString(1));
  }

  /** Whether one column names rows. */
  boolean named() {
    return table.identity().size() == 1;
  }

  /** Lets a row rest: an hour at first, longer each time, a day at most. */
  void setAside(JdbcOperations jdbc, Key key, Instant now) {
    String parts =
        IntStream.range(0, key.parts().size())
            .mapToObj(i -> "?::text")
            .collect(Collectors.joining(", "));
    List<Object> arguments = new ArrayList<>(List.of(rule.name(), rule.name()));
    arguments.addAll(key.parts());
    arguments.add(Timestamp.from(now));
    jdbc.update(
        """
        insert into lethe.rule_set_aside as s (rule, key_hash, attempts, retry_at)
        values (?, encode(sha256(convert_to(concat_ws(%s, ?, %s), 'UTF8')), 'hex'), 1,
                ?::timestamptz + interval '1 hour')
        on conflict (rule, key_hash) do update
           set attempts = s.attempts + 1,
               retry_at = excluded.retry_at
                          + least(interval '23 hours', interval '1 hour' * (power(2, least(s.attempts, 5)) - 1))
        """
            .formatted(PARTS_APART, parts),
        arguments.toArray());
  }

  /** Forgets rows whose rest was over when the run began: those that failed again rest anew. */
  void forgetRested(JdbcOperations jdbc, Instant begun) {
    jdbc.update(
        "delete from lethe.rule_set_aside where rule = ? and retry_at <= ?",
        rule.name(),
        Timestamp.from(begun));
  }

  private String hash() {
    String parts = names().stream().map(Named::text).collect(Collectors.joining(", "));
    return "encode(sha256(convert_to(concat_ws(%s, %s, %s), 'UTF8')), 'hex')"
        .formatted(PARTS_APART, dialect.literal(rule.name()), parts);
  }

  /** A part of what names a row. */
  private record Named(String sql, String text, String type) {}

  private List<Named> names() {
    List<String> identity = table.identity();
    if (identity.isEmpty()) {
      return List.of(
          new Named(row + ".tableoid", row + ".tableoid::text", "oid"),
          new Named(row + ".ctid", row + ".ctid::text", "tid"));
    }
    return identity.stream()
        .map(
            name -> {
              Column column = table.column(name).orElseThrow();
              String sql = row + "." + dialect.quote(name);
              return new Named(
                  sql, dialect.asText(sql, column), dialect.comparableType(column.type()));
            })
        .toList();
  }

  private String tuple(List<Named> names, Key key) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> dialect.literal(key.parts().get(i)) + "::" + names.get(i).type())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String condition(Decisions decisions, Instant now, boolean ledger) {
    List<String> all = new ArrayList<>();
    String where = rule.where();
    if (where != null) {
      // On lines of its own, so that a comment in it ends with it.
      all.add("(\n" + where + "\n)");
    }
    for (Map.Entry<String, Age> age : rule.olderThan().entrySet()) {
      all.add(isOld(table.column(age.getKey()).orElseThrow(), age.getValue().before(now)));
    }
    if (rule.action() == Rule.Action.DEACTIVATE) {
      Accounts accounts = decisions.accounts().orElseThrow();
      all.add(row + "." + dialect.quote(accounts.active()));
      if (accounts.keep() != null) {
        all.add("(\n" + accounts.keep() + "\n) is not true");
      }
    }
    FlagColumns marks =
        rule.action() == Rule.Action.SOFT_DELETE
            ? decisions.markedWith(table.id()).get(table.id())
            : null;
    if (marks != null) {
      all.add(Flags.isLive(dialect, marks, row));
    }
    String standIn = new StandIn(decisions, dialect).is(table.id(), row, ledger);
    if (!standIn.equals("false")) {
      all.add("not " + standIn);
    }
    return String.join(" and ", all);
  }

  /** A day is only as old as its end. */
  private String isOld(Column column, Instant cutoff) {
    boolean day = column.type().equals("date");
    return "%s.%s %s %s"
        .formatted(
            row,
            dialect.quote(column.name()),
            day ? "<" : "<=",
            dialect.literal(moment(cutoff, day)));
  }

  /** A time as a text that the database reads as any type that holds times. */
  static String moment(Instant instant, boolean day) {
    ZonedDateTime utc = instant.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    if (utc.getYear() < 1) {
      return "-infinity";
    }
    return (day ? DAY : TIME).format(utc);
  }
}
