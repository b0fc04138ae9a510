package org.lethe.account;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCreator;

/** Pages and counts of the accounts of a directory; within the caller's transaction. */
final class AccountList {

  /** Who looks at a list does not wait longer for its counts. */
  private static final int COUNTING_SECONDS = 2;

  private final AccountRows rows;
  private final AccountSql sql;
  private final AccountTables tables;
  private final GroupRows groups;
  private final Dialect dialect;

  AccountList(AccountRows rows, GroupRows groups, Dialect dialect) {
    this.rows = rows;
    this.sql = rows.sql();
    this.tables = rows.tables();
    this.groups = groups;
    this.dialect = dialect;
  }

  /** An account, and where it stands in the order. */
  private record Placed(Account account, AccountPlace place) {}

  AccountPage page(JdbcOperations jdbc, AccountQuery query) {
    AccountOrder order = AccountOrder.of(sql, query.order());
    String after = query.after();
    AccountPlace place = after == null ? null : AccountPlace.of(after, order);
    List<Placed> found = new ArrayList<>();
    for (boolean nulls : parts(order, query.descending())) {
      if (found.size() > query.limit()) {
        break;
      }
      if (place != null && nulls != place.values().isEmpty()) {
        continue; // The page begins in the other part.
      }
      int most = query.limit() + 1 - found.size();
      found.addAll(read(jdbc, query, order, nulls, place, most));
      place = null;
    }
    boolean more = found.size() > query.limit();
    List<Placed> shown = more ? found.subList(0, query.limit()) : found;
    return new AccountPage(
        shown.stream().map(Placed::account).toList(),
        more ? shown.get(shown.size() - 1).place().text() : null);
  }

  /** Whether accounts without a value come, one part after the other. */
  private static List<Boolean> parts(AccountOrder order, boolean descending) {
    if (!order.nullable()) {
      return List.of(false);
    }
    return descending ? List.of(false, true) : List.of(true, false);
  }

  private List<Placed> read(
      JdbcOperations jdbc,
      AccountQuery query,
      AccountOrder order,
      boolean nulls,
      @Nullable AccountPlace place,
      int most) {
    AccountWhere where = AccountWhere.all(sql, groups, query);
    String key = "a." + sql.q(tables.key());
    List<AccountOrder.Column> by = new ArrayList<>();
    if (!nulls) {
      by.addAll(order.columns());
    }
    by.add(new AccountOrder.Column(key, tables.type(tables.key())));
    if (order.nullable()) {
      where.and(order.columns().get(0).sql() + (nulls ? " is null" : " is not null"));
    }
    if (place != null) {
      List<Object> values = new ArrayList<>(place.values());
      values.add(place.key());
      where.and(
          "(%s) %s (%s)"
              .formatted(
                  by.stream().map(AccountOrder.Column::sql).collect(Collectors.joining(", ")),
                  query.descending() ? "<" : ">",
                  by.stream().map(c -> "?::" + c.type()).collect(Collectors.joining(", "))),
          values.toArray());
    }
    String direction = query.descending() ? " desc" : " asc";
    String page =
        "select %s%s%s%s order by %s limit %d"
            .formatted(
                sql.columns(),
                IntStream.range(0, by.size() - 1)
                    .mapToObj(i -> ", (%s)::text as sort%d".formatted(by.get(i).sql(), i))
                    .collect(Collectors.joining()),
                sql.from(),
                where.sql(),
                by.stream().map(c -> c.sql() + direction).collect(Collectors.joining(", ")),
                most);
    return jdbc.query(
        page,
        (rs, n) -> {
          Account account = rows.account(rs, n);
          List<String> values = new ArrayList<>();
          for (int i = 0; i < by.size() - 1; i++) {
            values.add(rs.getString("sort" + i));
          }
          return new Placed(account, new AccountPlace(values, account.id().key()));
        },
        where.values().toArray());
  }

  /** Counts that take too long are left out. */
  Facets facets(JdbcOperations jdbc, AccountQuery query) {
    try {
      return counted(jdbc, query);
    } catch (DataAccessException e) {
      SQLException cause = Dialect.sqlException(e);
      if (cause == null || dialect.classify(cause) != Dialect.Failure.CANCELLED) {
        throw e;
      }
      return Facets.UNCOUNTED;
    }
  }

  private Facets counted(JdbcOperations jdbc, AccountQuery query) {
    // All with one look at the rows.
    String active = AccountWhere.is("a." + sql.q(tables.active()), query.active());
    String staff = AccountWhere.is(sql.truth(tables.columns().staff()), query.staff());
    String superuser = AccountWhere.is(sql.truth(tables.columns().superuser()), query.superuser());
    List<String> counts =
        List.of(
            active + " and " + staff + " and " + superuser,
            "a." + sql.q(tables.active()) + " and " + staff + " and " + superuser,
            "not a." + sql.q(tables.active()) + " and " + staff + " and " + superuser,
            active + " and " + sql.truth(tables.columns().staff()) + " and " + superuser,
            active + " and " + staff + " and " + sql.truth(tables.columns().superuser()));
    AccountWhere where = AccountWhere.found(sql, groups, query);
    List<Long> all = new ArrayList<>();
    jdbc.query(
        patient(
            "select "
                + counts.stream()
                    .map("count(*) filter (where %s)"::formatted)
                    .collect(Collectors.joining(", "))
                + sql.from()
                + where.sql(),
            where.values()),
        rs -> {
          for (int i = 1; i <= counts.size(); i++) {
            all.add(rs.getLong(i));
          }
        });
    return new Facets(
        all.get(0),
        all.get(1),
        all.get(2),
        all.get(3),
        all.get(4),
        byGroup(jdbc, query.group(null)));
  }

  private Map<String, Long> byGroup(JdbcOperations jdbc, AccountQuery query) {
    Map<String, Long> counts = new LinkedHashMap<>();
    if (tables.groups() == null) {
      return counts;
    }
    AccountWhere where = AccountWhere.all(sql, groups, query);
    String accounts =
        where.nothing() ? null : "select a." + sql.q(tables.key()) + sql.from() + where.sql();
    jdbc.query(
        patient(groups.countsSql(accounts), where.values()),
        rs -> {
          counts.put(rs.getString(1), rs.getLong(2));
        });
    return counts;
  }

  private static PreparedStatementCreator patient(String sql, List<Object> values) {
    return connection -> {
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setQueryTimeout(COUNTING_SECONDS);
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      return statement;
    };
  }
}
