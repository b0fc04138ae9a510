package org.lethe.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;

/**
 * What statements say of the accounts of one directory, whose row is {@code a}: its table, columns
 * and conditions, as SQL. Immutable.
 */
final class AccountSql {

  private final AccountTables tables;
  private final Dialect dialect;
  private final String standIn;

  /**
   * @param standIn a condition that row {@code a} is the {@link DeletedUser}
   */
  AccountSql(AccountTables tables, Dialect dialect, String standIn) {
    this.tables = tables;
    this.dialect = dialect;
    this.standIn = standIn;
  }

  AccountTables tables() {
    return tables;
  }

  /** A condition that row {@code a} is the {@link DeletedUser}, who is nobody. */
  String standIn() {
    return standIn;
  }

  /** What {@link AccountRows#account} reads. */
  String columns() {
    return "a.%s::text as key, %s as login, %s as name, %s as email, a.%s as active, %s as staff, %s as superuser, %s as joined, %s as last_login"
        .formatted(
            q(tables.key()),
            "coalesce(a.%s::text, a.%s::text)".formatted(q(tables.login()), q(tables.key())),
            name(),
            text(tables.columns().email()),
            q(tables.active()),
            truth(tables.columns().staff()),
            truth(tables.columns().superuser()),
            time(tables.columns().joined()),
            time(tables.columns().lastLogin()));
  }

  String from() {
    return " from " + tables.from(dialect) + " as a";
  }

  String update() {
    return "update " + tables.from(dialect) + " as a";
  }

  /** With one value to be bound: a key that is {@link AccountRows#readable}. */
  String byKey() {
    return " where a.%s = ?::%s".formatted(q(tables.key()), tables.type(tables.key()));
  }

  String q(String name) {
    return dialect.quote(name);
  }

  /** For people; empty rather than null. */
  String name() {
    List<String> parts = tables.columns().name().stream().map(c -> "a." + q(c) + "::text").toList();
    return parts.isEmpty()
        ? "''::text"
        : "btrim(concat_ws(' ', %s))".formatted(String.join(", ", parts));
  }

  String text(@Nullable String column) {
    return column == null ? "null::text" : "a." + q(column) + "::text";
  }

  String truth(@Nullable String column) {
    return column == null ? "false" : "(a.%s is true)".formatted(q(column));
  }

  String time(@Nullable String column) {
    if (column == null) {
      return "null::timestamptz";
    }
    return zoned(column)
        ? "a." + q(column)
        : "(a.%s::timestamp at time zone 'UTC')".formatted(q(column));
  }

  /** A moment to be bound, as a column takes it that {@link #time} reads. */
  String moment(String column) {
    return zoned(column)
        ? "?::timestamptz"
        : "(?::timestamptz at time zone 'UTC')::" + tables.type(column);
  }

  private boolean zoned(String column) {
    return tables.type(column).endsWith("with time zone");
  }
}
