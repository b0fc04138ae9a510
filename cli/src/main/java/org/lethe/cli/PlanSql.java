package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.lethe.collect.Blocker;
import org.lethe.plan.Plan;
import org.lethe.plan.Step;
import org.lethe.schema.Catalog;
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
        update(u.table(), u.columns(), u.action());
      } else if (step instanceof Step.Delete d) {
        d.tables().forEach(t -> lines.add("delete from " + name(t) + where(t)));
      }
    }
    lines.add("commit;");
    return List.copyOf(lines);
  }

  private void update(TableId table, List<String> columns, String action) {
    String value =
        switch (action) {
          case "set_null" -> "null";
          case "set_default" -> "default";
          default -> literal(action.substring(action.indexOf(':') + 1).strip());
        };
    lines.add(
        "update %s set %s%s"
            .formatted(
                name(table),
                columns.stream()
                    .map(c -> quoteIfNeeded(c) + " = " + value)
                    .collect(Collectors.joining(", ")),
                where(table)));
  }

  private static String literal(String value) {
    return value.equals("null") ? value : "'" + value.replace("'", "''") + "'";
  }

  private String where(TableId table) {
    List<String> key = catalog.table(table).identity();
    String columns =
        key.isEmpty()
            ? "ctid"
            : key.stream().map(PlanSql::quoteIfNeeded).collect(Collectors.joining(", "));
    return " where (" + columns + ") in (:" + table.name().replaceAll("\\W", "_") + ");";
  }

  private String name(TableId table) {
    boolean first =
        !catalog.searchPath().isEmpty()
            && Objects.equals(catalog.searchPath().get(0), table.schema());
    return (first ? "" : quoteIfNeeded(table.schema()) + ".") + quoteIfNeeded(table.name());
  }

  private static String quoteIfNeeded(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
