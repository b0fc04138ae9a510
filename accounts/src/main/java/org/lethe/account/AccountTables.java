package org.lethe.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Which tables and columns a directory consists of. Lethe's own is one mapping, what the policy
 * says of the application's another.
 *
 * @param login the key's column where there is nothing better
 * @param key the one column that names an account
 * @param always the columns that no row is without
 * @param types of all columns that are mapped, as SQL
 * @param memberColumns all of a membership that can be written
 * @param needed columns that are not mapped and must have a value in a new row
 * @param keep which accounts nobody deactivates, as SQL; null for none
 */
record AccountTables(
    String directory,
    TableId table,
    String key,
    String login,
    Set<String> always,
    Accounts.Columns columns,
    String active,
    @Nullable String deactivatedAt,
    @Nullable String deactivatedBy,
    @Nullable String deactivatedWhy,
    Accounts.@Nullable Groups groups,
    Map<String, String> types,
    String groupType,
    String memberAccountType,
    String memberGroupType,
    List<String> memberColumns,
    List<String> needed,
    @Nullable String keep) {

  private static final String SCHEMA = "lethe";
  private static final String MOMENT = "timestamp with time zone";

  /** Lethe's own. */
  static final AccountTables OWN =
      new AccountTables(
          AccountId.OWN,
          new TableId(SCHEMA, "account"),
          "account_id",
          "login",
          Set.of("login", "name", "joined"),
          new Accounts.Columns(
              "login",
              "email",
              List.of("name"),
              "password",
              "staff",
              "superuser",
              "joined",
              "last_login"),
          "active",
          "deactivated_at",
          "deactivated_by",
          "deactivated_why",
          new Accounts.Groups(
              new TableId(SCHEMA, "account_group"),
              "group_id",
              "name",
              new TableId(SCHEMA, "account_membership"),
              "account_id",
              "group_id"),
          Map.of(
              "account_id",
              "bigint",
              "joined",
              MOMENT,
              "last_login",
              MOMENT,
              "deactivated_at",
              MOMENT),
          "bigint",
          "bigint",
          "bigint",
          List.of("account_id", "group_id"),
          List.of(),
          null);

  /** The application's; empty where the policy maps none, or one that has no key of one column. */
  static Optional<AccountTables> ofApplication(Decisions decisions) {
    Optional<Accounts> mapped = decisions.accounts();
    if (mapped.isEmpty()) {
      return Optional.empty();
    }
    Accounts accounts = mapped.get();
    Table table = decisions.catalog().table(accounts.table());
    if (table.identity().size() != 1) {
      return Optional.empty();
    }
    String key = table.identity().get(0);
    Accounts.Columns columns = accounts.columns();
    Accounts.Groups groups = accounts.groups();
    Map<String, String> types = new HashMap<>();
    table.columns().forEach(c -> types.put(c.name(), c.type()));
    String said = columns.login() == null ? columns.email() : columns.login();
    String login = said == null ? key : said;
    return Optional.of(
        new AccountTables(
            AccountId.APP,
            accounts.table(),
            key,
            login,
            table.columns().stream()
                .filter(c -> !c.nullable())
                .map(Column::name)
                .collect(Collectors.toSet()),
            columns,
            accounts.active(),
            accounts.deactivatedAt(),
            accounts.deactivatedBy(),
            accounts.deactivatedWhy(),
            groups,
            types,
            groups == null ? "" : type(decisions, groups.table(), groups.id()),
            groups == null ? "" : type(decisions, groups.memberships(), groups.account()),
            groups == null ? "" : type(decisions, groups.memberships(), groups.group()),
            groups == null ? List.of() : writable(decisions, groups.memberships()),
            needed(table, accounts),
            accounts.keep()));
  }

  private static String type(Decisions decisions, TableId table, String column) {
    return decisions.catalog().table(table).column(column).orElseThrow().type();
  }

  private static List<String> writable(Decisions decisions, TableId table) {
    return decisions.catalog().table(table).columns().stream()
        .filter(c -> !c.generated())
        .map(Column::name)
        .toList();
  }

  private static List<String> needed(Table table, Accounts accounts) {
    Accounts.Columns c = accounts.columns();
    return table.columns().stream()
        .filter(
            column ->
                !column.nullable()
                    && !column.generated()
                    && column.identity() == Column.Identity.NONE
                    && column.defaultExpression() == null)
        .map(Column::name)
        .filter(
            name ->
                !name.equals(accounts.active())
                    && !name.equals(c.login())
                    && !name.equals(c.email())
                    && !name.equals(c.password())
                    && !name.equals(c.staff())
                    && !name.equals(c.superuser())
                    && !name.equals(c.joined())
                    && !c.name().contains(name))
        .toList();
  }

  /** The table, as SQL. */
  String from(Dialect dialect) {
    return dialect.quote(table);
  }

  String type(String column) {
    return types.getOrDefault(column, "text");
  }

  boolean can(Ability ability) {
    return switch (ability) {
      case PASSWORDS -> columns.password() != null;
      case EMAIL -> columns.email() != null;
      case NAME -> !columns.name().isEmpty();
      case STAFF -> columns.staff() != null;
      case SUPERUSER -> columns.superuser() != null;
      case GROUPS -> groups != null;
      case JOINED -> columns.joined() != null;
      case LAST_LOGIN -> columns.lastLogin() != null;
      case CREATE -> needed.isEmpty() && !login.equals(key);
    };
  }
}
