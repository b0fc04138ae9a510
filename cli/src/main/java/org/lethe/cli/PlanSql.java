package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Blocker;
import org.lethe.collect.Updated;
import org.lethe.plan.Plan;
import org.lethe.plan.Step;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * A plan as SQL for people to read: the statements in their order. The selected rows, which live in
 * temporary tables while a plan runs, stand here as counts; nothing of a row is shown.
 */
final class PlanSql {

  private final Catalog catalog;
  private final List<String> lines = new ArrayList<>();

  PlanSql(Catalog catalog) {
    this.catalog = catalog;
  }

  List<String> lines(Plan plan) {
    if (plan.selection().blocked()) {
      for (Blocker b : plan.selection().blockers()) {
        lines.add(
            "-- blocked by %s (%s, %s)"
                .formatted(b.relation().name(), b.kind().word(), Words.rows(b.rows())));
      }
      lines.add("-- so nothing would run");
      return List.copyOf(lines);
    }
    lines.add("-- The rows are selected and locked first; :name stands for those selected.");
    lines.add("begin;");
    for (Step step : plan.steps()) {
      lines.add("-- " + Words.rows(step.rows()) + ": " + OneLine.of(step.reason()));
      if (step instanceof Step.Update u) {
        plan.selection().updates().stream()
            .filter(updated -> updated.relation().name().equals(u.relation()))
            .forEach(this::update);
      } else if (step instanceof Step.Flag f) {
        flag(f);
      } else if (step instanceof Step.Delete d) {
        d.tables().forEach(t -> lines.add("delete from " + name(t) + where(t)));
      }
    }
    lines.add("commit;");
    return List.copyOf(lines);
  }

  private void update(Updated updated) {
    TableId table = updated.relation().child();
    lines.add(
        "update %s set %s%s"
            .formatted(
                name(table),
                updated.columns().stream()
                    .map(c -> quote(c) + " = " + value(updated, c))
                    .collect(Collectors.joining(", ")),
                where(table)));
  }

  private void flag(Step.Flag flag) {
    lines.add(
        "update %s set %s%s"
            .formatted(
                name(flag.table()),
                flag.columns().stream()
                    .map(c -> quote(c) + " = " + mark(catalog.table(flag.table()), c))
                    .collect(Collectors.joining(", ")),
                where(flag.table())));
  }

  /** The time and the deletion are only known when it runs. */
  private static String mark(Table table, String column) {
    String type = table.column(column).map(Column::type).orElse("");
    if (type.equals("boolean")) {
      return "true";
    }
    return type.startsWith("timestamp") || type.equals("date") ? "now()" : ":deletion";
  }

  private static String value(Updated updated, String column) {
    return switch (updated.onDelete().kind()) {
      case SET_DEFAULT -> "default";
      case SET, REASSIGN ->
          literal(
              updated.onDelete().values().get(updated.relation().childColumns().indexOf(column)));
      default -> "null";
    };
  }

  private static String literal(@Nullable String value) {
    return value == null ? "null" : "'" + value.replace("'", "''") + "'";
  }

  private String where(TableId table) {
    List<String> key = catalog.table(table).identity();
    String columns =
        key.isEmpty() ? "ctid" : key.stream().map(PlanSql::quote).collect(Collectors.joining(", "));
    return " where (" + columns + ") in (:" + table.name().replaceAll("\\W", "_") + ");";
  }

  private String name(TableId table) {
    boolean first =
        !catalog.searchPath().isEmpty()
            && Objects.equals(catalog.searchPath().get(0), table.schema());
    return (first ? "" : quote(table.schema()) + ".") + quote(table.name());
  }

  /** Always in quotes: whether a name is a reserved word differs from server to server. */
  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
