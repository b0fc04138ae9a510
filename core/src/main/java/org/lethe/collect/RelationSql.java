package org.lethe.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Writes "this row of the child hangs on that entry of the parent's key set" as SQL. */
public final class RelationSql {

  /** Up to here each parent's children are quicker found one by one than in the whole table. */
  private static final long FEW = 100_000;

  private final Dialect dialect;
  private final Catalog catalog;
  private final Flags flags;

  public RelationSql(Dialect dialect, Catalog catalog, Flags flags) {
    this.dialect = dialect;
    this.catalog = catalog;
    this.flags = flags;
  }

  /** The FROM item in which rows of the child are looked for. */
  public String childRows(Relation relation) {
    return dialect.ownRows(catalog.table(relation.childScan()));
  }

  /**
   * The condition that joins row {@code c} of the child to entry {@code p} of the parent's key set.
   */
  public String matches(Relation relation, KeySet parents) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < relation.childColumns().size(); i++) {
      Column child = column(relation.childScan(), relation.childColumns().get(i));
      Column parent = column(relation.parentScan(), relation.parentColumns().get(i));
      String value = parents.column("p", parent.name());
      conditions.add(
          relation instanceof Link link
              ? linked(link, "c." + dialect.quote(child.name()), child, parent, value)
              : "c." + dialect.quote(child.name()) + " = " + value);
    }
    if (relation instanceof Link link) {
      link.conditions().forEach((column, value) -> conditions.add(constant(link, column, value)));
    }
    if (!relation.parentScan().equals(relation.parent())) {
      conditions.add(inPartition(relation));
    }
    return String.join(" and ", conditions) + flags.andLiveChild(relation, "c");
  }

  /**
   * The condition that new values of the referencing columns would refer to entry {@code p} of a
   * key set, or to row {@code p} of the table.
   *
   * @param values as SQL, one for each referencing column
   * @param parentValue a parent's column as SQL
   */
  public String refersTo(
      Relation relation, List<String> values, Function<String, String> parentValue) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Column child = column(relation.childScan(), relation.childColumns().get(i));
      Column parent = column(relation.parentScan(), relation.parentColumns().get(i));
      String value = parentValue.apply(parent.name());
      conditions.add(
          relation instanceof Link link
              ? linked(link, values.get(i), child, parent, value)
              : value + " = " + values.get(i));
    }
    return String.join(" and ", conditions);
  }

  /** The condition that row {@code c} of the child refers to row {@code parent} of the parent. */
  public String refersToRow(Relation relation, String parent) {
    return refersToRow(relation, column -> parent + "." + dialect.quote(column));
  }

  /**
   * The same where the parent's columns are found elsewhere.
   *
   * @param parentValue a parent's column as SQL
   */
  public String refersToRow(Relation relation, Function<String, String> parentValue) {
    List<String> values =
        relation.childColumns().stream().map(column -> "c." + dialect.quote(column)).toList();
    List<String> conditions = new ArrayList<>();
    conditions.add(refersTo(relation, values, parentValue));
    if (relation instanceof Link link) {
      link.conditions().forEach((column, value) -> conditions.add(constant(link, column, value)));
    }
    return String.join(" and ", conditions);
  }

  /** A foreign key finds one parent per child; a link may find several, so it must not multiply. */
  boolean findsOneParent(Relation relation) {
    return relation instanceof ForeignKeyRelation;
  }

  /** Whether an index finds the rows of the child that hang on one parent. */
  boolean served(Relation relation) {
    Table child = catalog.table(relation.childScan());
    return relation instanceof ForeignKeyRelation
        && (indexed(child, relation)
            || (!child.partitions().isEmpty()
                && child.partitions().stream()
                    .allMatch(partition -> indexed(catalog.table(partition), relation))));
  }

  private static boolean indexed(Table table, Relation relation) {
    Set<String> columns = Set.copyOf(relation.childColumns());
    return table.indexes().stream()
        .anyMatch(
            i ->
                i.method().equals("btree")
                    && i.predicate() == null
                    && i.parts().size() >= columns.size()
                    && columns.containsAll(i.parts().subList(0, columns.size())));
  }

  /** Rows {@code c} of the child that hang on entries {@code p}, without doubles. */
  String from(Relation relation, KeySet parents, String entries) {
    if (byList(relation, parents)) {
      return " from %s as c where c.%s = any (array(select %s from %s as p%s))%s"
          .formatted(
              childRows(relation),
              dialect.quote(relation.childColumns().get(0)),
              parents.column("p", relation.parentColumns().get(0)),
              parents.name(),
              entries.isEmpty() ? "" : " where " + entries,
              flags.andLiveChild(relation, "c"));
    }
    return findsOneParent(relation)
        ? " from %s as p join %s as c on %s%s where true"
            .formatted(
                parents.name(),
                childRows(relation),
                matches(relation, parents),
                entries.isEmpty() ? "" : " and " + entries)
        : " from %s as c where exists (select 1 from %s as p where %s%s)"
            .formatted(
                childRows(relation),
                parents.name(),
                matches(relation, parents),
                entries.isEmpty() ? "" : " and " + entries);
  }

  /**
   * Whether children are looked for by a list of their parents: then the server goes by the index
   * and by nothing else. A join it may well turn round, and read the whole table, where it knows
   * little of it: what nobody has analysed seems to have few different values.
   */
  private boolean byList(Relation relation, KeySet parents) {
    return relation.childColumns().size() == 1
        && relation.parentScan().equals(relation.parent())
        && parents.rows() <= FEW
        && served(relation)
        && listed(column(relation.parentScan(), relation.parentColumns().get(0)))
        && listed(column(relation.childScan(), relation.childColumns().get(0)));
  }

  /**
   * Whether a list of such values is a list: one of arrays, or of rows, falls apart in the server.
   */
  static boolean listed(Column column) {
    return switch (column.kind()) {
      case BASE, ENUM, RANGE -> true;
      case ARRAY, COMPOSITE, DOMAIN -> false;
    };
  }

  private Column column(TableId table, String name) {
    return catalog
        .table(table)
        .column(name)
        .orElseThrow(() -> new IllegalArgumentException("no column " + name + " in " + table));
  }

  private String linked(Link link, String own, Column child, Column parent, String value) {
    if (link.jsonPath() != null) {
      // One row may hold the value several times ($.items[*].id), hence the subquery.
      return """
          exists (select 1 from jsonb_path_query(%s::jsonb, %s::jsonpath) as v(value)
           where %s = %s)"""
          .formatted(
              own,
              dialect.literal(link.jsonPath()),
              normalised(link, "(v.value #>> '{}')"),
              normalised(link, value + "::text"));
    }
    boolean asStored =
        link.normaliser() == Link.Normaliser.NONE
            && dialect.comparable(child.type(), parent.type());
    return asStored
        ? own + " = " + value
        : normalised(link, text(own, child)) + " = " + normalised(link, text(value, parent));
  }

  /** Text columns stay as they are, so that an index on {@code lower(email)} can serve. */
  private String text(String expression, Column column) {
    return dialect.comparable(column.type(), "text") ? expression : expression + "::text";
  }

  private static String normalised(Link link, String text) {
    return switch (link.normaliser()) {
      case NONE -> text;
      case LOWER -> "lower(" + text + ")";
      case TRIM -> "btrim(" + text + ")";
      case LOWER_TRIM -> "lower(btrim(" + text + "))";
      // A telephone number without digits names nobody.
      case DIGITS -> "nullif(regexp_replace(" + text + ", '[^0-9]', '', 'g'), '')";
    };
  }

  private String constant(Link link, String name, String value) {
    Column column = column(link.child(), name);
    return "c.%s = cast(%s as %s)"
        .formatted(
            dialect.quote(name), dialect.literal(value), dialect.comparableType(column.type()));
  }

  private String inPartition(Relation relation) {
    Table scanned = catalog.table(relation.parentScan());
    return "p.part in (select relid from pg_partition_tree(%s::regclass))"
        .formatted(dialect.literal(dialect.quote(scanned.id())));
  }
}
