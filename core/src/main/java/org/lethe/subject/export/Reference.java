package org.lethe.subject.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.RelationSql;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/**
 * Columns of a table whose values stand for a row, and the SQL that looks that row up: its label,
 * and whether it is the person's too.
 *
 * @param label how that row is called
 * @param labelled the columns of the label, in the order of {@code selected}; none where it may be
 *     shown to nobody but its owner and is not theirs
 * @param somebodys whether such rows are people's, so that it must not be said which one it is
 * @param joins what finds it for row {@code c}
 * @param selected as texts: whether there is such a row, which of the person's it is, and the
 *     columns of its label
 */
record Reference(
    Relation relation,
    Table target,
    LabelTemplate label,
    List<String> labelled,
    boolean labelForAll,
    boolean somebodys,
    String joins,
    List<String> selected) {

  /** Longer values are cut: a label is a name, not a document. */
  private static final int LONGEST = 200;

  /** Those of a table that stand for one row at most: foreign keys, and links to keys. */
  static List<Reference> of(
      Table table, Decisions decisions, Dialect dialect, Theirs theirs, Owned owned) {
    RelationSql sql =
        new RelationSql(
            dialect,
            decisions.catalog(),
            new Flags(decisions, dialect, DeleteKind.HARD, table.id()));
    List<Reference> references = new ArrayList<>();
    for (Relation relation : decisions.graph().outOf(table.id())) {
      Table target = decisions.catalog().table(relation.parent());
      if (standsForOneRow(relation, target, table)) {
        references.add(
            reference(
                relation,
                references.size(),
                target,
                theirs.part(target.id()).orElse(null),
                decisions,
                dialect,
                owned,
                sql));
      }
    }
    return references;
  }

  private static Reference reference(
      Relation relation,
      int number,
      Table target,
      @Nullable Part part,
      Decisions decisions,
      Dialect dialect,
      Owned owned,
      RelationSql sql) {
    boolean forAll = owned.labelForAll(target);
    LabelTemplate label = decisions.label(target.id());
    List<String> labelled =
        forAll || part != null
            ? label.columns().stream()
                .filter(
                    c ->
                        target
                            .column(c)
                            .filter(
                                x ->
                                    Secrets.why(x, decisions.data().column(target.id(), c))
                                        .isEmpty())
                            .isPresent())
                .toList()
            : List.of();
    String row = "p" + number;
    String theirs = "x" + number;
    boolean byKey =
        relation.parentScan().equals(relation.parent())
            && Set.copyOf(relation.parentColumns()).equals(Set.copyOf(target.identity()));
    boolean sure = guaranteed(relation);
    List<String> joins = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    // The row itself is only looked up for what the reference does not tell already.
    if (!sure || (forAll && !labelled.isEmpty()) || (part != null && !byKey)) {
      joins.add(
          "left join %s as %s on %s"
              .formatted(
                  dialect.ownRows(decisions.catalog().table(relation.parentScan())),
                  row,
                  sql.refersToRow(relation, row)));
    }
    selected.add(
        sure
            ? relation.childColumns().stream()
                .map(c -> "c." + dialect.quote(c) + " is not null")
                .collect(Collectors.joining(" and ", "(", ")::text"))
            : "(%s.%s is not null)::text"
                .formatted(row, dialect.quote(relation.parentColumns().get(0))));
    if (part == null) {
      selected.add("null::text");
    } else {
      joins.add(
          "left join (%s) as %s on %s"
              .formatted(
                  numbered(part, forAll ? List.of() : labelled, dialect),
                  theirs,
                  byKey
                      ? sql.refersToRow(
                          relation,
                          column -> theirs + ".k" + (target.identity().indexOf(column) + 1))
                      : part.sameRow(dialect, row, theirs)));
      selected.add(theirs + ".n::text");
    }
    for (int i = 0; i < labelled.size(); i++) {
      selected.add(
          forAll ? named(dialect, row, labelled.get(i)) : "%s.l%d".formatted(theirs, i + 1));
    }
    return new Reference(
        relation,
        target,
        label,
        labelled,
        forAll,
        owned.somebodys(target.id()),
        String.join(" ", joins),
        List.copyOf(selected));
  }

  /** The person's rows of a table, numbered in their order, with what they are called. */
  private static String numbered(Part part, List<String> labelled, Dialect dialect) {
    String query = "select e.*, row_number() over (order by %s) as n".formatted(part.order("e"));
    for (int i = 0; i < labelled.size(); i++) {
      query += ", %s as l%d".formatted(named(dialect, "t", labelled.get(i)), i + 1);
    }
    query += " from %s as e".formatted(part.entries());
    return labelled.isEmpty()
        ? query
        : query
            + " join %s as t on t.ctid = e.tid and t.tableoid = e.part"
                .formatted(dialect.ownRows(part.table()));
  }

  private static String named(Dialect dialect, String row, String column) {
    return "left(%s.%s::text, %d)".formatted(row, dialect.quote(column), LONGEST);
  }

  /** Whether the database sees to it that what is referred to is there. */
  private static boolean guaranteed(Relation relation) {
    return relation instanceof ForeignKeyRelation r
        && r.everywhere()
        && r.foreignKey().enforced()
        && r.foreignKey().validated();
  }

  private static boolean standsForOneRow(Relation relation, Table target, Table table) {
    boolean same =
        relation.childScan().equals(table.id())
            && (relation instanceof ForeignKeyRelation
                || (relation instanceof Link link
                    && link.jsonPath() == null
                    && link.normaliser() == Link.Normaliser.NONE
                    && link.parentColumns().equals(target.identity())));
    return same && !relation.childColumns().isEmpty();
  }

  /** The column that the meaning is told with. */
  String tellingColumn() {
    return relation.childColumns().get(relation.childColumns().size() - 1);
  }

  /**
   * What was found for one row.
   *
   * @param number which of the person's rows it is; 0 if it is not theirs
   * @param name of the row it stands for; null if there is none to tell
   */
  record Found(Reference reference, long number, @Nullable String name) {

    boolean own() {
      return number > 0;
    }

    /** Whether it must not be said which row it is. */
    boolean withheld() {
      return !own() && reference.somebodys();
    }
  }
}
