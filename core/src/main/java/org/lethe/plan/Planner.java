package org.lethe.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lethe.collect.Selected;
import org.lethe.collect.Selection;
import org.lethe.collect.Updated;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;

/**
 * Orders what a selection needs: first the rows that stay lose their references or are marked, then
 * tables are emptied of their rows, children first. Tables that refer to each other in a circle go
 * in one statement, at whose end the database checks NO ACTION and RESTRICT alike. Pure;
 * thread-safe.
 */
public final class Planner {

  private final Decisions decisions;

  public Planner(Decisions decisions) {
    this.decisions = decisions;
  }

  /** The steps alone, for one who runs them at once. */
  public List<Step> steps(Selection selection) {
    List<Step> steps = new ArrayList<>();
    selection.updates().forEach(u -> steps.add(update(u)));
    steps.addAll(deletes(selection));
    return steps;
  }

  /** The whole plan, with its hash. */
  public Plan plan(Selection selection) {
    List<Step> steps = steps(selection);
    Plan plan = new Plan(selection, steps, decisions.policyHash(), decisions.catalog().hash(), "");
    return new Plan(
        selection, steps, plan.policyHash(), plan.catalogHash(), PlanHash.of(plan, decisions));
  }

  private Step update(Updated update) {
    Relation relation = update.relation();
    Catalog catalog = decisions.catalog();
    return new Step.Update(
        relation.name(),
        relation.child(),
        update.columns(),
        update.onDelete().toString(),
        update.rows(),
        "rows of %s stay, but what they refer to in %s goes"
            .formatted(
                catalog.displayName(relation.child()), catalog.displayName(relation.parent())));
  }

  private List<Step> deletes(Selection selection) {
    Map<TableId, Long> rows = new HashMap<>();
    selection.tables().stream()
        .filter(t -> !t.marked())
        .forEach(t -> rows.put(t.table(), t.rows()));
    List<Set<TableId>> components =
        new ArrayList<>(decisions.graph().components(rows.keySet(), Planner::enforcedByDatabase));
    Collections.reverse(components);
    List<Step> steps = new ArrayList<>();
    selection.tables().stream()
        .filter(Selected::marked)
        .forEach(t -> steps.add(flag(selection, t)));
    for (Set<TableId> component : components) {
      long total = component.stream().mapToLong(t -> rows.getOrDefault(t, 0L)).sum();
      steps.add(new Step.Delete(List.copyOf(component), total, reason(selection, component)));
    }
    return steps;
  }

  private Step flag(Selection selection, Selected selected) {
    FlagColumns columns = decisions.trash(selected.table()).flag();
    return new Step.Flag(
        selected.table(),
        columns == null ? List.of() : columns.all().stream().map(Column::name).toList(),
        selected.rows(),
        reason(selection, Set.of(selected.table())) + "; marked as deleted, they stay");
  }

  /** Only keys that the database checks force an order. */
  private static boolean enforcedByDatabase(Relation relation) {
    return relation instanceof ForeignKeyRelation r && r.foreignKey().enforced();
  }

  private String reason(Selection selection, Set<TableId> component) {
    if (component.size() > 1) {
      return "these tables refer to each other in a circle, so their rows go in one statement";
    }
    TableId table = component.iterator().next();
    List<String> by =
        selection.tables().stream()
            .filter(t -> t.table().equals(table))
            .map(Selected::reachedBy)
            .flatMap(m -> m.keySet().stream())
            .map(name -> name.isEmpty() ? "as roots" : "over " + name)
            .toList();
    return "reached " + String.join(", ", by);
  }
}
