package org.lethe.assertions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;

/** How a policy leads from a person to what is theirs: which rows make use of every relation. */
final class Routes {

  private final Decisions decisions;
  private final TableId subject;
  private final Set<TableId> reached;

  Routes(Decisions decisions, TableId subject) {
    this.decisions = decisions;
    this.subject = subject;
    this.reached = decisions.graph().distances(List.of(subject), this::theirs).keySet();
  }

  private boolean theirs(Relation relation) {
    return decisions.ownership(relation) != Ownership.MENTIONED;
  }

  /** Tables in which the policy sees something of the person. */
  Set<TableId> reached() {
    return reached;
  }

  /**
   * Whether the policy sees nothing of the person in a table where there may be something all the
   * same. Not where people of another sort are, who are asked for by themselves, nor what rows of
   * the person belong to: an account may be a customer's, who stays when only the account is to go.
   */
  boolean unseen(TableId table) {
    boolean people =
        decisions.data().subjects().values().stream().anyMatch(s -> s.table().equals(table));
    boolean above =
        decisions.graph().into(table).stream()
            .anyMatch(r -> theirs(r) && reached.contains(r.child()));
    return !reached.contains(table) && !people && !above;
  }

  /** The same without the person's own, those that others refer to first. */
  List<TableId> inOrder() {
    List<TableId> order = new ArrayList<>();
    decisions
        .graph()
        .components(reached, r -> theirs(r) && !r.selfReference())
        .forEach(order::addAll);
    order.remove(subject);
    return order;
  }

  /**
   * One row to make.
   *
   * @param by what hangs it on rows of the person
   * @param conditions values of columns by which such links know what a row refers to
   * @param shared whether it is others' too
   */
  record Row(List<Relation> by, Map<String, String> conditions, boolean shared) {}

  /**
   * The rows of a table: as few as there can be for every relation to be used, but one for each by
   * which people share rows, since two of the same person's would make a row theirs alone.
   */
  List<Row> rows(TableId table) {
    List<Row> rows = new ArrayList<>();
    for (Relation relation : decisions.graph().outOf(table)) {
      if (theirs(relation) && !relation.selfReference() && reached.contains(relation.parent())) {
        add(rows, relation);
      }
    }
    return rows;
  }

  private void add(List<Row> rows, Relation relation) {
    Map<String, String> conditions = relation instanceof Link link ? link.conditions() : Map.of();
    boolean shared = decisions.ownership(relation) == Ownership.SHARED;
    for (int i = 0; i < rows.size() && !shared; i++) {
      Row row = rows.get(i);
      if (!row.shared() && fits(row, relation, conditions)) {
        List<Relation> by = new ArrayList<>(row.by());
        by.add(relation);
        Map<String, String> both = new LinkedHashMap<>(row.conditions());
        both.putAll(conditions);
        rows.set(i, new Row(by, both, false));
        return;
      }
    }
    rows.add(new Row(List.of(relation), conditions, shared));
  }

  /** A column can refer to one thing only, unless both are known by the same value. */
  private static boolean fits(Row row, Relation relation, Map<String, String> conditions) {
    boolean agree =
        conditions.entrySet().stream()
            .allMatch(
                c -> row.conditions().getOrDefault(c.getKey(), c.getValue()).equals(c.getValue()));
    return agree
        && (byValue(relation)
            || row.by().stream()
                .filter(r -> !byValue(r))
                .allMatch(r -> sameWhereBoth(r, relation)));
  }

  private static boolean sameWhereBoth(Relation one, Relation other) {
    Map<String, String> meant = meant(one);
    return meant(other).entrySet().stream()
        .allMatch(m -> meant.getOrDefault(m.getKey(), m.getValue()).equals(m.getValue()));
  }

  /** What each referring column stands for. */
  private static Map<String, String> meant(Relation relation) {
    Map<String, String> meant = new LinkedHashMap<>();
    for (int i = 0; i < relation.childColumns().size(); i++) {
      meant.put(
          relation.childColumns().get(i),
          relation.parent() + "." + relation.parentColumns().get(i));
    }
    return meant;
  }

  /** A link that several tables share, such as that of an e-mail address. */
  private static boolean byValue(Relation relation) {
    return relation instanceof Link link && link.conditions().isEmpty() && link.jsonPath() == null;
  }
}
