package org.lethe.collect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import org.lethe.schema.Trigger;

/** The application's own triggers and rewrite rules that a removal sets off. */
final class Triggers {

  private Triggers() {}

  static List<Warning> warnings(
      Catalog catalog, Collection<TableId> deleted, Collection<TableId> updated) {
    List<Warning> warnings = new ArrayList<>();
    deleted.forEach(table -> add(catalog, table, Trigger.Event.DELETE, warnings));
    updated.forEach(table -> add(catalog, table, Trigger.Event.UPDATE, warnings));
    return warnings;
  }

  private static void add(
      Catalog catalog, TableId table, Trigger.Event event, List<Warning> warnings) {
    for (Trigger trigger : catalog.table(table).triggersOn(event)) {
      boolean rule = trigger.kind() == Trigger.Kind.RULE;
      warnings.add(
          new Warning(
              Warning.Kind.TRIGGER,
              catalog.displayName(table),
              "%s %s of %s %s on %s%s"
                  .formatted(
                      rule ? "the rewrite rule" : "the trigger",
                      trigger.name(),
                      catalog.displayName(table),
                      rule ? "applies" : "fires",
                      event.name().toLowerCase(java.util.Locale.ROOT),
                      rule ? "" : " and runs " + trigger.function())));
    }
  }
}
