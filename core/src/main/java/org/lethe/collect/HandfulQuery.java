package org.lethe.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.Column;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;

/**
 * Writes the one query that finds a {@link Handful}: a common table expression for the rows of each
 * table that go, over those of the tables before it, and one for each relation whose rows lose
 * their reference. None yields more than a handful, whatever hangs on the roots, so that it is
 * quick to find out that there are more.
 */
final class HandfulQuery {

  /** The tag of a row that says: this is not for a handful. */
  static final int TOO_MUCH = 0;

  private final Decisions decisions;
  private final Dialect dialect;
  private final Flags flags;
  private final RelationNumbers numbers = new RelationNumbers();
  private final RelationSql relationSql;
  private final boolean locks;
  private final int limit;
  private final Map<TableId, KeySet> going = new LinkedHashMap<>();
  private final List<Relation> changing = new ArrayList<>();
  private final List<String> expressions = new ArrayList<>();
  private final List<String> results = new ArrayList<>();
  private int tags;
  private int rootTag;
  private int widest;

  /**
   * @param locks whether rows are locked as they are found
   * @param limit rows of a handful
   */
  HandfulQuery(Decisions decisions, Dialect dialect, Flags flags, boolean locks, int limit) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.flags = flags;
    this.relationSql = new RelationSql(dialect, decisions.catalog(), flags);
    this.locks = locks;
    this.limit = limit;
  }

  /**
   * A table whose rows may go; its parents were added before.
   *
   * @param given finds the roots, in the table that has them; "" in any other
   * @param outside cascading relations from other tables, nearest first
   * @param self those from the table to itself
   */
  void going(TableId id, String given, List<Relation> outside, List<Relation> self) {
    int tag = ++tags;
    KeySet set = KeySets.empty(decisions, dialect, id).in("t" + tag);
    going.put(id, set);
    List<String> seeds = new ArrayList<>();
    if (!given.isEmpty()) {
      rootTag = tag;
      seeds.add(
          "select %s from %s as c where %s%s"
              .formatted(set.values("c", "0", 0), rows(set), given, flags.andLive(id, "c")));
    }
    for (Relation relation : outside) {
      KeySet parents = going.get(relation.parent());
      if (parents != null) {
        seeds.add(
            "select "
                + set.values("c", Integer.toString(numbers.of(relation)), 0)
                + relationSql.from(relation, parents, ""));
      }
    }
    if (seeds.size() == 1 && self.isEmpty()) {
      expressions.add(
          "%s as materialized (%s limit %d%s)".formatted(set.name(), seeds.get(0), more(), lock()));
    } else {
      several(set, seeds, self);
    }
    results.add(result(tag, set, "s.via"));
  }

  /** A row may be found in several ways; the first counts, which is the shortest. */
  private void several(KeySet set, List<String> seeds, List<Relation> self) {
    String name = set.name();
    String all = String.join("\nunion all\n", seeds);
    if (!self.isEmpty()) {
      self.forEach(numbers::of);
      // Doubles are sorted out below, and rows in a circle end with the limit. To sort them out
      // here
      // the server would make room for as many as it expects, which can be billions.
      String step = new SelfStep(relationSql, numbers).byIndex(set, self);
      all =
          "(%s)\nunion all\nselect %s from %s_all as p %s"
              .formatted(all, KeySet.prefixed("c", set.columns()), name, step);
    }
    expressions.add("%s_all (%s) as (%s)".formatted(name, set.columns(), all));
    // Rows come in the order in which they are found, and no more are looked for than are taken.
    expressions.add(
        "%1$s_few as materialized (select *, row_number() over () as nth from %1$s_all limit %2$d)"
            .formatted(name, more()));
    results.add(tooMuch("where (select count(*) from %s_few) = %d".formatted(name, more())));
    expressions.add(
        "%1$s_first as (select distinct on (%2$s) * from %1$s_few order by %2$s, nth)"
            .formatted(name, set.distinguishing()));
    // What is found in several ways cannot be locked in the same breath.
    expressions.add(
        locks
            ? "%1$s as materialized (select %2$s from %1$s_first as f join %3$s as c on c.ctid = f.tid%4$s)"
                .formatted(name, set.values("c", "f.via", 0), rows(set), lock())
            : "%1$s as materialized (select %2$s from %1$s_first)".formatted(name, set.columns()));
  }

  /** A relation by which rows that stay refer to rows that go, and lose the reference. */
  void changing(Relation relation) {
    KeySet parents = going.get(relation.parent());
    if (parents == null) {
      return;
    }
    changing.add(relation);
    int tag = ++tags;
    KeySet shape = shape(relation).in("u" + tag);
    expressions.add(
        "%s as materialized (select %s%s%s limit %d%s)"
            .formatted(
                shape.name(),
                shape.values("c", "0", 0),
                relationSql.from(relation, parents, ""),
                andStays(relation),
                more(),
                lock()));
    results.add(result(tag, shape, "0"));
  }

  /** The rows that a relation's references are taken from; they are told by their identity. */
  KeySet shape(Relation relation) {
    return KeySets.shape(decisions, dialect, relation.child());
  }

  /** A relation by which no row may refer to rows that go, or this is not for a handful. */
  void none(Relation relation, boolean unlessGoing) {
    KeySet parents = going.get(relation.parent());
    if (parents != null) {
      results.add(
          tooMuch(
              "where exists (select 1%s%s)"
                  .formatted(
                      relationSql.from(relation, parents, ""),
                      unlessGoing ? andStays(relation) : "")));
    }
  }

  /** The numbers by which it says what reached a row. */
  RelationNumbers numbers() {
    return numbers.copy();
  }

  /** The tag of the table that has the roots. */
  int rootTag() {
    return rootTag;
  }

  /** The tables in the order of their tags, which start with 1. */
  List<KeySet> going() {
    return List.copyOf(going.values());
  }

  /** The relations in the order of their tags, which follow those of the tables. */
  List<Relation> changing() {
    return List.copyOf(changing);
  }

  /**
   * Yields for each tag how many rows, the table's number, and arrays as text, all in the order of
   * the rows' places: these places, the relations that reached them, and the values held, column by
   * column.
   */
  String sql() {
    int columns = Math.max(1, widest);
    String held =
        IntStream.rangeClosed(1, columns)
            .mapToObj("array_agg(held[%d] order by tid)::text"::formatted)
            .collect(Collectors.joining(", "));
    return """
        with recursive %s
        select tag, count(*), min(part), array_agg(tid order by tid)::text,
               array_agg(via order by tid)::text, %s
          from (select * from (%s) as every_row (tag, tid, part, via, held) limit %d) as few
         group by tag order by tag
        """
        .formatted(
            String.join(",\n", expressions), held, String.join("\nunion all\n", results), more());
  }

  private int more() {
    return limit + 1;
  }

  private String lock() {
    return locks ? " for update of c" : "";
  }

  private String rows(KeySet set) {
    return dialect.ownRows(set.table());
  }

  private String andStays(Relation relation) {
    KeySet children = going.get(relation.child());
    return children == null ? "" : " and " + children.notIn("c");
  }

  private String result(int tag, KeySet set, String via) {
    List<Column> held = set.held();
    widest = Math.max(widest, held.size());
    List<String> names = set.columnNames();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      texts.add(dialect.asText("s." + names.get(i), held.get(i)));
    }
    return "select %d, s.tid, s.part::bigint, %s, array[%s]::text[] from %s as s"
        .formatted(tag, via, String.join(", ", texts), set.name());
  }

  private static String tooMuch(String when) {
    return "select %d, null::tid, null::bigint, 0, null::text[] %s".formatted(TOO_MUCH, when);
  }
}
