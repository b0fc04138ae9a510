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

  static AccountOrder of(AccountRows rows, AccountQuery.Order order) {
    AccountTables tables = rows.tables();
    List<String> names = tables.columns().name();
    return switch (order) {
      case LOGIN -> one(rows, tables.login());
      case NAME -> names.isEmpty() ? one(rows, tables.login()) : byName(rows, names);
      case EMAIL -> one(rows, tables.columns().email());
      case JOINED -> one(rows, tables.columns().joined());
      case LAST_LOGIN -> one(rows, tables.columns().lastLogin());
    };
  }

  private static AccountOrder one(AccountRows rows, @Nullable String column) {
    AccountTables tables = rows.tables();
    String name = column == null ? tables.login() : column;
    return new AccountOrder(List.of(column(rows, name)), !tables.always().contains(name));
  }

  private static AccountOrder byName(AccountRows rows, List<String> names) {
    if (names.size() == 1) {
      return one(rows, names.get(0));
    }
    return rows.tables().always().containsAll(names)
        ? new AccountOrder(names.stream().map(n -> column(rows, n)).toList(), false)
        : new AccountOrder(List.of(new Column(rows.name(), "text")), false);
  }

  private static Column column(AccountRows rows, String name) {
    return new Column("a." + rows.q(name), rows.tables().type(name));
  }
}
