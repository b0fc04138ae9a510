package org.lethe.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Column;
import org.lethe.schema.Names;
import org.lethe.schema.Table;

/**
 * Resolves what else is known of accounts: columns, groups, sessions. What a preset brings counts
 * only where it is there; what the policy names must be.
 */
final class AccountDetails {

  private static final Pattern PARAMETER = Pattern.compile("(?<!:):(id|login|email)\\b");

  private final Table table;
  private final Policy.AccountsEntry entry;
  private final CheckedNames names;
  private final Faults faults;
  private final boolean django;

  AccountDetails(Table table, Policy.AccountsEntry entry, CheckedNames names, Faults faults) {
    this.table = table;
    this.entry = entry;
    this.names = names;
    this.faults = faults;
    Policy.Reference preset = entry.preset();
    this.django = preset != null && preset.name().equals(AccountsLookup.DJANGO);
    if (says() && table.identity().size() != 1) {
      faults.add(
          entry.place(),
          "accounts.table",
          "rows of %s have no key of one column by which an account could be named"
              .formatted(Names.join(table.id().name())),
          "give the table a primary key of one column, or leave out all but table, active and deactivated_*");
    }
  }

  private boolean says() {
    Policy.AccountColumns c = entry.columns();
    return c.login() != null
        || c.email() != null
        || c.password() != null
        || entry.groups() != null
        || !entry.sessions().isEmpty();
  }

  boolean django() {
    return django;
  }

  Accounts.Columns columns() {
    Policy.AccountColumns c = entry.columns();
    return new Accounts.Columns(
        column(c.login(), "login", "username"),
        column(c.email(), "email", "email"),
        name(c.name()),
        column(c.password(), "password", "password"),
        truth(c.staff(), "staff", "is_staff"),
        truth(c.superuser(), "superuser", "is_superuser"),
        time(c.joined(), "joined", "date_joined"),
        time(c.lastLogin(), "last_login", "last_login"));
  }

  private List<String> name(List<Policy.Reference> written) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String path = written.size() == 1 ? "name" : "name[" + i + "]";
      String column = column(written.get(i), path, "");
      if (column != null) {
        found.add(column);
      }
    }
    if (written.isEmpty() && django) {
      for (String usual : List.of("first_name", "last_name")) {
        table.column(usual).map(Column::name).ifPresent(found::add);
      }
    }
    return found;
  }

  private @Nullable String column(Policy.@Nullable Reference written, String key, String usual) {
    if (written != null) {
      return names.column(table, written, "accounts." + key);
    }
    return django ? table.column(usual).map(Column::name).orElse(null) : null;
  }

  private @Nullable String truth(Policy.@Nullable Reference written, String key, String usual) {
    return typed(
        column(written, key, usual), written, key, AccountsLookup::isTruth, "boolean", "a boolean");
  }

  private @Nullable String time(Policy.@Nullable Reference written, String key, String usual) {
    return typed(
        column(written, key, usual),
        written,
        key,
        AccountsLookup::holdsTimes,
        "a time",
        "a date or time");
  }

  private @Nullable String typed(
      @Nullable String column,
      Policy.@Nullable Reference written,
      String key,
      Predicate<Column> fits,
      String wanted,
      String fix) {
    if (column == null) {
      return null;
    }
    Column found = table.column(column).orElseThrow();
    if (fits.test(found)) {
      return column;
    }
    if (written != null) {
      faults.add(
          written.place(),
          "accounts." + key,
          "%s is of type %s, not %s".formatted(column, found.type(), wanted),
          "name a column with " + fix);
    }
    return null;
  }

  Accounts.@Nullable Groups groups() {
    Policy.AccountGroups groups = entry.groups();
    Policy.AccountMemberships in = entry.memberships();
    if (groups == null && in == null) {
      return django ? djangoGroups() : null;
    }
    if (groups == null || in == null) {
      faults.add(
          entry.place(),
          "accounts",
          "the key %s is missing".formatted(groups == null ? "groups" : "memberships"),
          "write groups: { table, id, name } and memberships: { table, account, group }");
      return null;
    }
    Table group = names.table(groups.table(), "accounts.groups.table");
    Table member = names.table(in.table(), "accounts.memberships.table");
    if (group == null || member == null) {
      return null;
    }
    String id = names.column(group, groups.id(), "accounts.groups.id");
    String name = names.column(group, groups.name(), "accounts.groups.name");
    String account = names.column(member, in.account(), "accounts.memberships.account");
    String ofGroup = names.column(member, in.group(), "accounts.memberships.group");
    return id == null || name == null || account == null || ofGroup == null
        ? null
        : new Accounts.Groups(group.id(), id, name, member.id(), account, ofGroup);
  }

  /** As {@code django.contrib.auth} names them, also for a project's own model of a user. */
  private Accounts.@Nullable Groups djangoGroups() {
    Table group = names.sibling(table, "auth_group");
    Table member = names.sibling(table, table.id().name() + "_groups");
    String account = table.id().name().replaceFirst("^.*_", "") + "_id";
    if (group == null
        || member == null
        || group.column("name").isEmpty()
        || member.column(account).isEmpty()
        || member.column("group_id").isEmpty()) {
      return null;
    }
    return new Accounts.Groups(group.id(), "id", "name", member.id(), account, "group_id");
  }

  List<SessionRule> sessions() {
    List<SessionRule> rules = new ArrayList<>();
    for (int i = 0; i < entry.sessions().size(); i++) {
      Policy.SessionEntry session = entry.sessions().get(i);
      if (session.rule() instanceof SessionRule.Sql s && !PARAMETER.matcher(s.sql()).find()) {
        faults.add(
            session.place(),
            "accounts.sessions[%d].sql".formatted(i),
            "the statement names no account: it would end the sessions of all",
            "write :id, :login or :email where that of the account belongs");
      }
      rules.add(session.rule());
    }
    return rules;
  }
}
