package org.lethe.subject.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
 * @param alias of the row in SQL
 * @param part the person's rows of its table; null if they have none
 * @param labelled the columns of the label, in SQL and in this order; empty where it may be shown
 *     to nobody but its owner and is not theirs
 */
record Reference(
    Relation relation,
    String alias,
    Table target,
    @Nullable Part part,
    LabelTemplate label,
    List<String> labelled,
    boolean labelForAll,
    boolean somebodys,
    String joins) {

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
                "p" + references.size(),
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
      String alias,
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
    String rows = dialect.ownRows(decisions.catalog().table(relation.parentScan()));
    String joins =
        "left join %s as %s on %s".formatted(rows, alias, sql.refersToRow(relation, alias));
    if (part != null) {
      joins +=
          " left join (select e.*, row_number() over (order by %s) as n from %s as e) as x%s on %s"
              .formatted(
                  part.order("e"),
                  part.entries(),
                  alias,
                  part.sameRow(dialect, alias, "x" + alias));
    }
    return new Reference(
        relation,
        alias,
        target,
        part,
        label,
        labelled,
        forAll,
        owned.somebodys(target.id()),
        joins);
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

  /** What to select: whether there is a row, which of the person's it is, and its label. */
  Stream<String> selected(Dialect dialect) {
    Stream<String> found =
        Stream.of(
            alias + "." + dialect.quote(relation.parentColumns().get(0)) + " is not null",
            part == null ? "null::bigint" : "x" + alias + ".n");
    return Stream.concat(
        found,
        labelled.stream()
            .map(c -> "left(%s.%s::text, %d)".formatted(alias, dialect.quote(c), LONGEST)));
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
