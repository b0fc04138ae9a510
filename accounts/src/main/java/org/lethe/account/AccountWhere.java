package org.lethe.account;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A condition on accounts and its values. Not thread-safe. */
final class AccountWhere {

  /** More words narrow nothing further. */
  private static final int WORDS = 6;

  private final String people;
  private final List<String> all = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /**
   * A condition on accounts of people; on all of them so far.
   *
   * @param sql tells which account is nobody's
   */
  private AccountWhere(AccountSql sql) {
    this.people = "not " + sql.standIn();
  }

  /** Of those that a query finds. */
  static AccountWhere all(AccountSql sql, GroupRows groups, AccountQuery query) {
    AccountTables tables = sql.tables();
    AccountWhere where = found(sql, groups, query);
    if (query.active() != null) {
      where.and(is("a." + sql.q(tables.active()), query.active()));
    }
    if (query.staff() != null) {
      where.and(is(sql.truth(tables.columns().staff()), query.staff()));
    }
    if (query.superuser() != null) {
      where.and(is(sql.truth(tables.columns().superuser()), query.superuser()));
    }
    return where;
  }

  /** The same whatever their state and role. */
  static AccountWhere found(AccountSql sql, GroupRows groups, AccountQuery query) {
    AccountTables tables = sql.tables();
    AccountWhere where = new AccountWhere(sql);
    String text = query.text();
    if (text != null) {
      // Column by column, as indexes are.
      List<String> places = new ArrayList<>(List.of(sql.text(tables.login())));
      tables.columns().name().forEach(c -> places.add(sql.text(c)));
      if (tables.columns().email() != null) {
        places.add(sql.text(tables.columns().email()));
      }
      for (String word : Arrays.stream(text.split("\\s+")).limit(WORDS).toList()) {
        String like = "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%";
        where.and(
            "(" + String.join(" ilike ? or ", places) + " ilike ?)",
            places.stream().map(p -> (Object) like).toArray());
      }
    }
    String group = query.group();
    if (group != null && tables.groups() != null) {
      where.and("a." + sql.q(tables.key()) + " in (" + groups.membersSql() + ")", group);
    }
    return where;
  }

  /** A condition that a column is as wanted; that holds of all where nothing is. */
  static String is(String column, @Nullable Boolean wanted) {
    if (wanted == null) {
      return "true";
    }
    return wanted ? column : "not " + column;
  }

  void and(String condition, Object... with) {
    all.add(condition);
    values.addAll(List.of(with));
  }

  boolean nothing() {
    return all.isEmpty();
  }

  /** With {@code where} before it. */
  String sql() {
    return " where "
        + String.join(" and ", Stream.concat(Stream.of(people), all.stream()).toList());
  }

  List<Object> values() {
    return values;
  }
}
