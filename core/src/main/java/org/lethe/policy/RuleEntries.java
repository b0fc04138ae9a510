package org.lethe.policy;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/** Resolves the policy's retention rules, and the accounts that they may deactivate. Used once. */
final class RuleEntries {

  private final Policy policy;
  private final Catalog catalog;
  private final NameLookup names;
  private final Faults faults;
  private final CheckedNames checked;
  private final List<Rule> rules = new ArrayList<>();
  private @Nullable Accounts accounts;

  RuleEntries(Policy policy, Catalog catalog, NameLookup names, Faults faults) {
    this.policy = policy;
    this.catalog = catalog;
    this.names = names;
    this.faults = faults;
    this.checked = new CheckedNames(catalog, names, faults);
  }

  /** Looks everything up, and finds what points nowhere. */
  void resolve() {
    accounts = new AccountsLookup(policy, checked, faults).find();
    policy.rules().forEach(this::rule);
  }

  /** In the policy's order. */
  List<Rule> rules() {
    return List.copyOf(rules);
  }

  Optional<Accounts> accounts() {
    return Optional.ofNullable(accounts);
  }

  private void rule(String name, Policy.RuleEntry entry) {
    String path = "rules." + name;
    Table table = checked.table(entry.table(), path + ".table");
    Map<String, Age> olderThan = new LinkedHashMap<>();
    for (Policy.AgeEntry age : entry.olderThan()) {
      if (table != null) {
        age(table, age, path + ".older_than." + age.column().name(), olderThan);
      }
    }
    Schedule schedule = schedule(entry.every(), path + ".every");
    Rule.Action action = action(entry, table, path + ".action");
    Set<Rule.Belonging> take = take(entry, path + ".take");
    Policy.Reference where = entry.where();
    if (where == null && entry.olderThan().isEmpty()) {
      faults.add(
          entry.place(),
          path,
          "the rule would take every row of the table",
          "add older_than: { column: P30D }, or where: \"true\" if you mean it");
    }
    if (table != null && schedule != null && action != null) {
      rules.add(
          new Rule(
              name,
              table.id(),
              where == null ? null : where.name(),
              olderThan,
              schedule,
              action,
              take));
    }
  }

  private Set<Rule.Belonging> take(Policy.RuleEntry entry, String path) {
    Set<Rule.Belonging> take = new HashSet<>();
    for (Policy.Reference word : entry.take()) {
      if (!entry.action().name().equals("deactivate")) {
        faults.add(
            word.place(),
            path,
            "only a rule that deactivates accounts takes something from them",
            "leave take out, or choose action: deactivate");
        return Set.of();
      }
      take.add(Rule.Belonging.valueOf(word.name().toUpperCase(Locale.ROOT)));
    }
    return take;
  }

  private void age(Table table, Policy.AgeEntry entry, String path, Map<String, Age> olderThan) {
    String name = checked.column(table, entry.column(), path);
    if (name == null) {
      return;
    }
    Column column = table.column(name).orElseThrow();
    if (!AccountsLookup.holdsTimes(column)) {
      List<String> times =
          table.columns().stream().filter(AccountsLookup::holdsTimes).map(Column::name).toList();
      faults.add(
          entry.column().place(),
          path,
          "%s is of type %s, and so has no age".formatted(name, column.type()),
          times.isEmpty()
              ? "the table has no column with a date or a time; use where instead"
              : "columns with a date or a time: " + String.join(", ", times));
      return;
    }
    try {
      olderThan.put(name, Age.parse(entry.period()));
    } catch (DateTimeException | ArithmeticException e) {
      faults.add(
          entry.column().place(),
          path,
          "\"" + entry.period() + "\" is no period",
          "write an ISO 8601 period such as P30D, P2Y or PT5M");
    }
  }

  private @Nullable Schedule schedule(Policy.Reference every, String path) {
    try {
      return Schedule.parse(every.name());
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      faults.add(
          every.place(),
          path,
          String.valueOf(e.getMessage()),
          "write a period such as PT5M or P1D, words such as every 5 minutes, or a cron expression"
              + " such as \"30 3 * * *\" (minute, hour, day of month, month, day of week; in UTC)");
      return null;
    }
  }

  private Rule.@Nullable Action action(Policy.RuleEntry entry, @Nullable Table table, String path) {
    Policy.Reference written = entry.action();
    return switch (written.name()) {
      case "delete" -> Rule.Action.DELETE;
      case "soft_delete" -> Rule.Action.SOFT_DELETE;
      case "erase" -> erases(written, table, path) ? Rule.Action.ERASE : null;
      case "deactivate" -> deactivates(written, table, path) ? Rule.Action.DEACTIVATE : null;
      default -> {
        faults.add(
            written.place(),
            path,
            written.name() + " is not available yet",
            "choose deactivate, soft_delete, delete, or erase for people");
        yield null;
      }
    };
  }

  private boolean erases(Policy.Reference action, @Nullable Table table, String path) {
    if (table == null) {
      return false; // said already
    }
    boolean people =
        policy.subjects().values().stream()
            .anyMatch(s -> names.table(s.table().name()).filter(table.id()::equals).isPresent());
    if (!people) {
      faults.add(
          action.place(),
          path,
          "%s holds no people that the policy knows".formatted(catalog.displayName(table.id())),
          "name them under subjects: { NAME: { table: %s, identify_by: [COLUMN] } }, or choose delete"
              .formatted(names.written(table.id())));
    }
    return people;
  }

  private boolean deactivates(Policy.Reference action, @Nullable Table table, String path) {
    if (table == null || (accounts == null && policy.accounts() != null)) {
      return false; // said already
    }
    if (accounts == null) {
      faults.add(
          action.place(),
          path,
          "deactivate needs to know what makes an account active",
          "add accounts: { table: %s, active: COLUMN }".formatted(names.written(table.id())));
      return false;
    }
    if (!accounts.table().equals(table.id())) {
      faults.add(
          action.place(),
          path,
          "%s holds no accounts: those are in %s"
              .formatted(catalog.displayName(table.id()), catalog.displayName(accounts.table())),
          "choose soft_delete or delete");
      return false;
    }
    return true;
  }
}
