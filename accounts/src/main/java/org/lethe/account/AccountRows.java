package org.lethe.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.error.NotPermittedException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlParameterValue;

/** The accounts of one directory, as rows; within the caller's transaction. */
final class AccountRows {

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final AccountTables tables;
  private final AccountSql sql;
  private final Dialect dialect;

  /**
   * @param standIn a condition that row {@code a} is the {@link DeletedUser}
   */
  AccountRows(AccountTables tables, Dialect dialect, String standIn) {
    this.tables = tables;
    this.sql = new AccountSql(tables, dialect, standIn);
    this.dialect = dialect;
  }

  AccountTables tables() {
    return tables;
  }

  /** What statements say of them. */
  AccountSql sql() {
    return sql;
  }

  /** A row of {@link AccountSql#columns}. */
  Account account(ResultSet rs, int n) throws SQLException {
    return new Account(
        new AccountId(tables.directory(), rs.getString("key")),
        rs.getString("login"),
        rs.getString("name"),
        rs.getString("email"),
        rs.getBoolean("active"),
        rs.getBoolean("staff"),
        rs.getBoolean("superuser"),
        instant(rs.getTimestamp("joined")),
        instant(rs.getTimestamp("last_login")));
  }

  static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  /** Whether a text could be a key at all: the database fails on what it cannot read. */
  boolean readable(String key) {
    String type = tables.type(tables.key());
    return switch (type) {
      case "smallint", "integer", "bigint" -> WHOLE.matcher(key).matches() && inRange(type, key);
      case "uuid" -> UUID.matcher(key).matches();
      default -> key.indexOf('\0') < 0;
    };
  }

  private static boolean inRange(String type, String key) {
    long number = Long.parseLong(key);
    return switch (type) {
      case "smallint" -> number == (short) number;
      case "integer" -> number == (int) number;
      default -> true;
    };
  }

  Optional<Account> find(JdbcOperations jdbc, String key) {
    return find(jdbc, key, "");
  }

  /** The same, kept from changing until the transaction ends. */
  Optional<Account> lock(JdbcOperations jdbc, String key) {
    Optional<Account> found = find(jdbc, key, " for update");
    if (found.isPresent()
        && !jdbc.query(
                "select 1" + sql.from() + sql.byKey() + " and " + sql.standIn(), (rs, n) -> 1, key)
            .isEmpty()) {
      throw new NotPermittedException(
          "this account stands in for those that are gone, so it stays as it is; nothing was changed");
    }
    return found;
  }

  private Optional<Account> find(JdbcOperations jdbc, String key, String lock) {
    if (!readable(key)) {
      return Optional.empty();
    }
    return jdbc
        .query("select " + sql.columns() + sql.from() + sql.byKey() + lock, this::account, key)
        .stream()
        .findFirst();
  }

  /** Those of these keys that there are, in no particular order; one statement for all. */
  List<Account> find(JdbcOperations jdbc, Collection<String> keys) {
    String[] readable = keys.stream().filter(this::readable).distinct().toArray(String[]::new);
    return readable.length == 0
        ? List.of()
        : jdbc.query(
            "select %s%s where a.%s = any (?::%s[])"
                .formatted(
                    sql.columns(), sql.from(), sql.q(tables.key()), tables.type(tables.key())),
            this::account,
            new SqlParameterValue(Types.ARRAY, readable));
  }

  /** Whether the policy says that an account stays active. */
  boolean kept(JdbcOperations jdbc, String key) {
    String keep = tables.keep();
    if (keep == null) {
      return false;
    }
    // Nothing is bound: a question mark may well be an operator of the policy's predicate. On lines
    // of its own, so that a comment in it ends with it.
    String row = sql.q(tables.table().name());
    Boolean kept =
        jdbc.queryForObject(
            "select exists (select 1 from %s as %s where %s.%s = %s::%s and (\n%s\n))"
                .formatted(
                    tables.from(dialect),
                    row,
                    row,
                    sql.q(tables.key()),
                    dialect.literal(key),
                    tables.type(tables.key()),
                    keep),
            Boolean.class);
    return Boolean.TRUE.equals(kept);
  }

  /**
   * By login, or by e-mail whatever its letter case; empty too where several have it. What Lethe
   * has itself ignores the case of logins as well.
   */
  Optional<Account> byLogin(JdbcOperations jdbc, String login) {
    if (login.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    boolean own = tables.directory().equals(AccountId.OWN);
    String exactly = "a.%s::text = ?".formatted(sql.q(tables.login()));
    String where = own ? "lower(a.%s) = lower(?)".formatted(sql.q(tables.login())) : exactly;
    Optional<Account> found = only(jdbc, where, login);
    String email = tables.columns().email();
    return found.isPresent() || email == null
        ? found
        : only(jdbc, "lower(a.%s::text) = lower(?)".formatted(sql.q(email)), login);
  }

  private Optional<Account> only(JdbcOperations jdbc, String where, String value) {
    List<Account> found =
        jdbc.query(
            "select " + sql.columns() + sql.from() + " where " + where + " limit 2",
            this::account,
            value);
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** Those who may do everything, and are active. */
  List<AccountId> superusers(JdbcOperations jdbc) {
    return jdbc.query(
        "select a.%s::text%s where a.%s and %s"
            .formatted(
                sql.q(tables.key()),
                sql.from(),
                sql.q(tables.active()),
                sql.truth(tables.columns().superuser())),
        (rs, n) -> new AccountId(tables.directory(), rs.getString(1)));
  }

  /** The hash of an account's password; null where it has none. */
  @Nullable String password(JdbcOperations jdbc, String key) {
    String column = tables.columns().password();
    if (column == null || !readable(key)) {
      return null;
    }
    return jdbc
        .query(
            "select a.%s::text".formatted(sql.q(column)) + sql.from() + sql.byKey(),
            (rs, n) -> Optional.ofNullable(rs.getString(1)),
            key)
        .stream()
        .findFirst()
        .flatMap(p -> p)
        .orElse(null);
  }

  /** A hash such as this directory's accounts have, for what it costs to make one; null if none. */
  @Nullable String usualPassword(JdbcOperations jdbc) {
    String column = tables.columns().password();
    if (column == null) {
      return null;
    }
    return jdbc
        .queryForList(
            "select a.%1$s::text%2$s where a.%1$s::text not like '!%%' and a.%1$s::text <> '' order by a.%3$s desc limit 20"
                .formatted(sql.q(column), sql.from(), sql.q(tables.key())),
            String.class)
        .stream()
        .filter(Passwords::usable)
        .findFirst()
        .orElse(null);
  }

  void setPassword(JdbcOperations jdbc, String key, String hash) {
    jdbc.update(
        sql.update()
            + " set %s = ?".formatted(sql.q(needed(tables.columns().password())))
            + sql.byKey(),
        hash,
        key);
  }

  private static String needed(@Nullable String column) {
    if (column == null) {
      throw new IllegalStateException("the directory has no such column");
    }
    return column;
  }

  /** Says that somebody has just signed in. */
  void signedIn(JdbcOperations jdbc, String key, Instant at) {
    String column = tables.columns().lastLogin();
    if (column != null) {
      jdbc.update(
          sql.update() + " set %s = %s".formatted(sql.q(column), sql.moment(column)) + sql.byKey(),
          Timestamp.from(at),
          key);
    }
  }

  /**
   * Opens or closes an account.
   *
   * @param by null when it is opened
   */
  void setActive(
      JdbcOperations jdbc,
      String key,
      boolean active,
      @Nullable Instant at,
      @Nullable String by,
      @Nullable String why) {
    List<String> set = new ArrayList<>(List.of(sql.q(tables.active()) + " = ?"));
    List<@Nullable Object> values = new ArrayList<>();
    values.add(active);
    String atColumn = tables.deactivatedAt();
    if (atColumn != null) {
      set.add(sql.q(atColumn) + " = " + sql.moment(atColumn));
      values.add(at == null ? null : Timestamp.from(at));
    }
    for (Map.Entry<String, @Nullable String> e : said(by, why).entrySet()) {
      set.add(sql.q(e.getKey()) + " = ?");
      values.add(e.getValue());
    }
    values.add(key);
    jdbc.update(sql.update() + " set " + String.join(", ", set) + sql.byKey(), values.toArray());
  }

  /** How an account was deactivated that Lethe did not see to, as far as its row tells. */
  Departure elsewhere(JdbcOperations jdbc, AccountId id) {
    return jdbc
        .query(
            "select %s as at, %s as by, %s as why"
                    .formatted(
                        sql.time(tables.deactivatedAt()),
                        sql.text(tables.deactivatedBy()),
                        sql.text(tables.deactivatedWhy()))
                + sql.from()
                + sql.byKey(),
            (rs, n) ->
                new Departure(
                    id,
                    Departure.Kind.ELSEWHERE,
                    instant(rs.getTimestamp("at")),
                    rs.getString("by"),
                    rs.getString("why"),
                    Taken.NOTHING,
                    0,
                    0,
                    null,
                    null),
            id.key())
        .stream()
        .findFirst()
        .orElseThrow(() -> Guards.unknown(id));
  }

  private Map<String, @Nullable String> said(@Nullable String by, @Nullable String why) {
    Map<String, @Nullable String> said = new LinkedHashMap<>();
    if (tables.deactivatedBy() != null) {
      said.put(tables.deactivatedBy(), by);
    }
    if (tables.deactivatedWhy() != null) {
      said.put(tables.deactivatedWhy(), why);
    }
    return said;
  }

  /** A new row; its key. */
  String insert(JdbcOperations jdbc, NewAccount account, @Nullable String hash, Instant at) {
    Map<String, @Nullable Object> row = values(account.login(), account.name(), account.email());
    row.put(tables.active(), true);
    put(row, tables.columns().staff(), account.staff());
    put(row, tables.columns().superuser(), account.superuser());
    // As Django writes it: no password matches.
    put(row, tables.columns().password(), hash == null ? "!" : hash);
    put(row, tables.columns().joined(), Timestamp.from(at));
    String joined = tables.columns().joined();
    return String.valueOf(
        jdbc.queryForObject(
            "insert into %s (%s) values (%s) returning %s::text"
                .formatted(
                    tables.from(dialect),
                    dialect.quote(List.copyOf(row.keySet())),
                    row.keySet().stream()
                        .map(c -> c.equals(joined) ? sql.moment(c) : "?")
                        .collect(Collectors.joining(", ")),
                    sql.q(tables.key())),
            String.class,
            row.values().toArray()));
  }

  /** Changes a row. */
  void change(JdbcOperations jdbc, String key, AccountChange change) {
    Map<String, @Nullable Object> row = values(change.login(), change.name(), change.email());
    put(row, tables.columns().staff(), change.staff());
    put(row, tables.columns().superuser(), change.superuser());
    if (row.isEmpty()) {
      return;
    }
    List<@Nullable Object> values = new ArrayList<>(row.values());
    values.add(key);
    jdbc.update(
        sql.update()
            + " set "
            + row.keySet().stream().map(c -> sql.q(c) + " = ?").collect(Collectors.joining(", "))
            + sql.byKey(),
        values.toArray());
  }

  private Map<String, @Nullable Object> values(
      @Nullable String login, @Nullable String name, @Nullable String email) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    // The address first: where it is the login too, what was given as the login wins.
    put(row, tables.columns().email(), email);
    put(row, tables.login(), login);
    List<String> columns = tables.columns().name();
    if (name != null && columns.size() == 1) {
      row.put(columns.get(0), name);
    } else if (name != null && columns.size() > 1) {
      int blank = name.strip().lastIndexOf(' ');
      row.put(columns.get(0), blank < 0 ? name.strip() : name.strip().substring(0, blank));
      row.put(columns.get(1), blank < 0 ? "" : name.strip().substring(blank + 1));
      columns.stream().skip(2).forEach(c -> row.put(c, ""));
    }
    return row;
  }

  private static void put(
      Map<String, @Nullable Object> row, @Nullable String column, @Nullable Object value) {
    if (column != null && value != null) {
      row.put(column, value);
    }
  }
}
