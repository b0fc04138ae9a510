package org.lethe.account;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Accounts;
import org.lethe.policy.Decisions;
import org.lethe.schema.Catalog;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What Django itself permits its users: who may view or delete the objects of a model there may do
 * so with the rows of its table here. Only read. Tables are found by Django's own way to name them,
 * {@code app_model}.
 */
final class DjangoPermissions {

  private static final Map<String, Action> ACTIONS =
      Map.of("view", Action.VIEW, "delete", Action.DELETE);

  private final Catalog catalog;
  private final String schema;
  private final String sql;

  private DjangoPermissions(Catalog catalog, String schema, String sql) {
    this.catalog = catalog;
    this.schema = schema;
    this.sql = sql;
  }

  /**
   * Empty where the application's accounts are not Django's, or their tables are named otherwise.
   */
  static Optional<DjangoPermissions> in(Decisions decisions, Dialect dialect) {
    Accounts accounts = decisions.accounts().filter(Accounts::django).orElse(null);
    if (accounts == null || accounts.groups() == null) {
      return Optional.empty();
    }
    Accounts.Groups groups = accounts.groups();
    Catalog catalog = decisions.catalog();
    String schema = accounts.table().schema();
    TableId permission = new TableId(schema, "auth_permission");
    TableId type = new TableId(schema, "django_content_type");
    TableId ofGroup = new TableId(schema, "auth_group_permissions");
    TableId ofUser = new TableId(schema, accounts.table().name() + "_user_permissions");
    if (!catalog.tables().keySet().containsAll(List.of(permission, type, ofGroup, ofUser))
        || catalog.table(ofUser).column(groups.account()).isEmpty()) {
      return Optional.empty();
    }
    String sql =
        """
        select t.app_label, t.model, p.codename
          from %1$s as p join %2$s as t on t.id = p.content_type_id
         where p.id in (select u.permission_id from %3$s as u where u.%4$s = ?::%8$s)
            or p.id in (select g.permission_id from %5$s as g join %6$s as m on m.%7$s = g.group_id
                         where m.%4$s = ?::%8$s)
        """
            .formatted(
                dialect.quote(permission),
                dialect.quote(type),
                dialect.quote(ofUser),
                dialect.quote(groups.account()),
                dialect.quote(ofGroup),
                dialect.quote(groups.memberships()),
                dialect.quote(groups.group()),
                catalog.table(ofUser).column(groups.account()).orElseThrow().type());
    return Optional.of(new DjangoPermissions(catalog, schema, sql));
  }

  /** Those of a user and its groups. */
  Set<Permission> of(JdbcOperations jdbc, String user) {
    Set<Permission> permissions = new HashSet<>();
    jdbc.query(
        sql,
        rs -> {
          String model = rs.getString("model");
          TableId table = new TableId(schema, rs.getString("app_label") + "_" + model);
          String codename = rs.getString("codename");
          ACTIONS.forEach(
              (word, action) -> {
                if (codename.equals(word + "_" + model) && catalog.tables().containsKey(table)) {
                  permissions.add(new Permission(action, Names.join(table.schema(), table.name())));
                }
              });
        },
        user,
        user);
    return permissions;
  }
}
