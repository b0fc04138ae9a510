package org.lethe.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list of accounts is put in order by: columns as they are, so that an index on them serves
 * whatever the page. Immutable.
 *
 * @param columns the first counts most
 * @param nullable whether the one column may be null; those accounts are a part of their own, the
 *     first one upwards and the last one downwards
 */
record AccountOrder(List<Column> columns, boolean nullable) {

  AccountOrder {
    columns = List.copyOf(columns);
  }

  /**
   * One of them.
   *
   * @param type in which its values are compared
   */
  record Column(String sql, String type) {}

  static AccountOrder of(AccountSql sql, AccountQuery.Order order) {
    AccountTables tables = sql.tables();
    List<String> names = tables.columns().name();
    return switch (order) {
      case LOGIN -> one(sql, tables.login());
      case NAME -> names.isEmpty() ? one(sql, tables.login()) : byName(sql, names);
      case EMAIL -> one(sql, tables.columns().email());
      case JOINED -> one(sql, tables.columns().joined());
      case LAST_LOGIN -> one(sql, tables.columns().lastLogin());
    };
  }

  private static AccountOrder one(AccountSql sql, @Nullable String column) {
    AccountTables tables = sql.tables();
    String name = column == null ? tables.login() : column;
    return new AccountOrder(List.of(column(sql, name)), !tables.always().contains(name));
  }

  private static AccountOrder byName(AccountSql sql, List<String> names) {
    if (names.size() == 1) {
      return one(sql, names.get(0));
    }
    return sql.tables().always().containsAll(names)
        ? new AccountOrder(names.stream().map(n -> column(sql, n)).toList(), false)
        : new AccountOrder(List.of(new Column(sql.name(), "text")), false);
  }

  private static Column column(AccountSql sql, String name) {
    return new Column("a." + sql.q(name), sql.tables().type(name));
  }
}
