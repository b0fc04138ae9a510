package org.lethe.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/** Resolves where the application keeps its accounts. */
final class AccountsLookup {

  static final String DJANGO = "django";

  private final Policy policy;
  private final CheckedNames names;
  private final Faults faults;

  AccountsLookup(Policy policy, CheckedNames names, Faults faults) {
    this.policy = policy;
    this.names = names;
    this.faults = faults;
  }

  /** Null where the policy does not say, or says it wrongly. */
  @Nullable Accounts find() {
    Policy.AccountsEntry entry = policy.accounts();
    if (entry == null) {
      return null;
    }
    Policy.Reference preset = entry.preset();
    Policy.Reference tableName = entry.table();
    Policy.Reference activeName = entry.active();
    if (preset != null && preset.name().equals(DJANGO)) {
      tableName = tableName == null ? new Policy.Reference(preset.place(), "auth_user") : tableName;
      activeName =
          activeName == null ? new Policy.Reference(preset.place(), "is_active") : activeName;
    } else if (preset != null && tableName == null && activeName == null) {
      own(preset);
      return null;
    }
    if (tableName == null || activeName == null) {
      faults.add(
          entry.place(),
          "accounts",
          "the key %s is missing".formatted(tableName == null ? "table" : "active"),
          "write { table: TABLE, active: COLUMN }, or { preset: django }");
      return null;
    }
    Table table = names.table(tableName, "accounts.table");
    return table == null ? null : columns(table, activeName, entry);
  }

  private void own(Policy.Reference preset) {
    if (policy.rules().values().stream().anyMatch(r -> r.action().name().equals("deactivate"))) {
      faults.add(
          preset.place(),
          "accounts.preset",
          "rules deactivate accounts of the application, and Lethe's own are not",
          "write { table: TABLE, active: COLUMN }, or { preset: django }");
    }
  }

  private @Nullable Accounts columns(
      Table table, Policy.Reference activeName, Policy.AccountsEntry entry) {
    String active = names.column(table, activeName, "accounts.active");
    if (active != null && !isTruth(column(table, active))) {
      faults.add(
          activeName.place(),
          "accounts.active",
          "%s is of type %s, not boolean".formatted(active, column(table, active).type()),
          "name the boolean column that says whether an account may sign in");
    }
    Policy.Reference atName = entry.deactivatedAt();
    String at = optional(table, atName, "accounts.deactivated_at");
    if (atName != null && at != null && !holdsTimes(column(table, at))) {
      faults.add(
          atName.place(),
          "accounts.deactivated_at",
          "%s is of type %s, not a time".formatted(at, column(table, at).type()),
          "name a column with a date or a time");
    }
    String by = optional(table, entry.deactivatedBy(), "accounts.deactivated_by");
    String why = optional(table, entry.deactivatedWhy(), "accounts.deactivated_why");
    AccountDetails details = new AccountDetails(table, entry, names, faults);
    Accounts.Columns columns = details.columns();
    Accounts.Groups groups = details.groups();
    List<SessionRule> sessions = details.sessions();
    Policy.Reference keep = entry.keep();
    return active == null
        ? null
        : new Accounts(
            table.id(),
            active,
            at,
            by,
            why,
            columns,
            groups,
            sessions,
            keep == null ? null : keep.name(),
            details.django(),
            deletedUser(table, entry.deletedUser()));
  }

  /** The key of the row that stands in for accounts that are gone. */
  private @Nullable String deletedUser(Table table, Policy.@Nullable Reference said) {
    if (said == null) {
      return null;
    }
    if (table.identity().size() != 1) {
      faults.add(
          said.place(),
          "accounts.deleted_user",
          "%s has no key of one column by which a row could be named".formatted(table.id().name()),
          "leave it out");
      return null;
    }
    ValueCheck.fault(column(table, table.identity().get(0)), said.name())
        .ifPresent(
            wrong ->
                faults.add(said.place(), "accounts.deleted_user", wrong, "write the key of a row"));
    return said.name();
  }

  private @Nullable String optional(Table table, Policy.@Nullable Reference written, String path) {
    return written == null ? null : names.column(table, written, path);
  }

  private static Column column(Table table, String name) {
    return table.column(name).orElseThrow();
  }

  static boolean isTruth(Column column) {
    return column.kind() == Column.TypeKind.DOMAIN || column.type().equals("boolean");
  }

  /** Whether a column holds dates or times; a domain may be over one: only the database knows. */
  static boolean holdsTimes(Column column) {
    String type = column.type().toLowerCase(Locale.ROOT).replaceAll("\\([0-9]+\\)", "");
    return column.kind() == Column.TypeKind.DOMAIN
        || type.equals("date")
        || type.equals("timestamp without time zone")
        || type.equals("timestamp with time zone");
  }
}
