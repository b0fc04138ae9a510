package org.lethe.execute;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lethe.collect.Counts;
import org.lethe.collect.GivenKeys;
import org.lethe.collect.Roots;
import org.lethe.collect.StandIn;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Lets the database cascade by itself where its declared rules are the policy's for everything the
 * removal can reach. Counts come from the transaction's own statistics, so this is only done where
 * these tell the same as counting would: no triggers of the application. Where rows of a table
 * could both change and go, those that stay are changed first, by a statement that counts them.
 */
final class NativeCascade {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Catalog catalog;

  NativeCascade(Decisions decisions, Dialect dialect) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.catalog = decisions.catalog();
  }

  /** Whether a plain DELETE does exactly what the policy asks, whatever rows there are. */
  boolean fits(Roots roots) {
    Table root = catalog.table(roots.table());
    if (!(roots instanceof Roots.Keys) || !root.children().isEmpty() || root.identity().isEmpty()) {
      return false;
    }
    Set<TableId> reach = reach(roots);
    for (TableId table : reach) {
      for (Relation relation : decisions.graph().into(table)) {
        if (!agrees(relation)) {
          return false;
        }
      }
    }
    List<Relation> losing = losing(reach);
    Set<TableId> touched = new HashSet<>(reach);
    losing.forEach(r -> touched.add(r.child()));
    return losing.stream()
            .filter(r -> !countedAlone(r, reach, losing))
            .allMatch(r -> changesFirst(r, root.id(), reach))
        && touched.stream().allMatch(this::isPlain);
  }

  /** Relations by which rows lose a reference to rows that may go. */
  private List<Relation> losing(Set<TableId> reach) {
    return reach.stream()
        .flatMap(table -> decisions.graph().into(table).stream())
        .filter(r -> !cascades(r))
        .toList();
  }

  /** Whether what the database changes in a table can only be by this relation. */
  private static boolean countedAlone(
      Relation relation, Set<TableId> reach, List<Relation> losing) {
    return !reach.contains(relation.child())
        && losing.stream().filter(r -> r.child().equals(relation.child())).count() == 1;
  }

  /** Whether one look at the given roots tells which rows of the child stay: no further ones go. */
  private boolean changesFirst(Relation relation, TableId root, Set<TableId> reach) {
    return relation.parent().equals(root)
        && waysToGo(relation.child(), reach).allMatch(r -> r.parent().equals(root))
        && waysToGo(root, reach).findAny().isEmpty();
  }

  /** Relations by which rows of a table go along. */
  private Stream<Relation> waysToGo(TableId table, Set<TableId> reach) {
    return decisions.graph().outOf(table).stream()
        .filter(r -> cascades(r) && reach.contains(r.parent()));
  }

  private boolean cascades(Relation relation) {
    return decisions.of(relation).onDelete().kind() == OnDelete.Kind.CASCADE;
  }

  private Set<TableId> reach(Roots roots) {
    return decisions.graph().reach(List.of(catalog.whole(roots.table())), this::cascades);
  }

  private boolean agrees(Relation relation) {
    if (!(relation instanceof ForeignKeyRelation r)
        || !r.foreignKey().enforced()
        || !r.everywhere()) {
      return false;
    }
    ForeignKey.Rule rule = r.foreignKey().onDelete();
    return switch (decisions.of(relation).onDelete().kind()) {
      case CASCADE -> rule == ForeignKey.Rule.CASCADE;
      case SET_NULL -> rule == ForeignKey.Rule.SET_NULL && allNullable(r);
      case SET_DEFAULT -> false; // the database would find out too late that the default goes too
      default -> false;
    };
  }

  /** Lethe nulls what can be null, the database everything that the key names. */
  private boolean allNullable(ForeignKeyRelation relation) {
    Table child = catalog.table(relation.childScan());
    return relation.childColumns().stream()
        .allMatch(c -> child.column(c).filter(Column::nullable).isPresent());
  }

  private boolean isPlain(TableId id) {
    Table table = catalog.table(id);
    return table.kind() != Table.Kind.FOREIGN
        && table.children().isEmpty()
        && table.triggers().isEmpty()
        && table.partitions().stream().allMatch(p -> catalog.table(p).triggers().isEmpty());
  }

  private record Tally(long deleted, long updated) {}

  /** Deletes, and counts what went; nothing is done, and nothing returned, where nobody counts. */
  Optional<Counts> delete(JdbcOperations jdbc, Roots from) {
    Roots.Keys keys = (Roots.Keys) from;
    Set<TableId> reach = reach(from);
    List<Relation> losing = losing(reach);
    Set<TableId> touched = new TreeSet<>(reach);
    losing.forEach(r -> touched.add(r.child()));
    Optional<Map<TableId, Tally>> before = tallies(jdbc, touched);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    GivenKeys given = new GivenKeys(catalog, dialect, keys);
    lock(jdbc, given, keys);
    Map<String, Long> updated = new LinkedHashMap<>();
    for (Relation relation : losing) {
      if (!countedAlone(relation, reach, losing)) {
        updated.put(relation.name(), changeFirst(jdbc, relation, given, keys.table(), reach));
      }
    }
    jdbc.update(
        "delete from %s as c where %s"
            .formatted(dialect.ownRows(catalog.table(keys.table())), given.matches("c")),
        given.arguments());
    Map<TableId, Long> deleted = new LinkedHashMap<>();
    tallies(jdbc, touched)
        .orElseThrow()
        .forEach(
            (table, tally) -> {
              Tally earlier = before.get().getOrDefault(table, new Tally(0, 0));
              deleted.put(table, tally.deleted() - earlier.deleted());
              losing.stream()
                  .filter(r -> r.child().equals(table) && countedAlone(r, reach, losing))
                  .forEach(r -> updated.put(r.name(), tally.updated() - earlier.updated()));
            });
    return Optional.of(new Counts(deleted, updated));
  }

  /** Locks the roots, so that nobody refers to them from now on. */
  private void lock(JdbcOperations jdbc, GivenKeys given, Roots.Keys keys) {
    Long locked =
        jdbc.queryForObject(
            "select count(*) from (select 1 from %s as c where %s for update of c) as locked"
                .formatted(dialect.ownRows(catalog.table(keys.table())), given.matches("c")),
            Long.class,
            given.arguments());
    if (locked == null || locked < keys.keys().stream().distinct().count()) {
      given.refuseMissing(jdbc);
    }
    new StandIn(decisions, dialect).refuse(jdbc, keys);
  }

  /** Ends the references of the rows that stay; returns how many these are. */
  private long changeFirst(
      JdbcOperations jdbc, Relation relation, GivenKeys given, TableId root, Set<TableId> reach) {
    List<String> stays = new ArrayList<>();
    if (relation.child().equals(root)) {
      stays.add(" and not " + given.matches("c"));
    }
    waysToGo(relation.child(), reach)
        .forEach(r -> stays.add(" and (" + refers(r, given) + ") is not true"));
    List<Object> arguments = new ArrayList<>();
    for (int i = 0; i <= stays.size(); i++) {
      arguments.addAll(List.of(given.arguments()));
    }
    return jdbc.update(
        "update %s as c set %s where %s%s"
            .formatted(
                dialect.ownRows(catalog.table(relation.child())),
                nulled((ForeignKeyRelation) relation)
                    .map(column -> dialect.quote(column) + " = null")
                    .collect(Collectors.joining(", ")),
                refers(relation, given),
                String.join("", stays)),
        arguments.toArray());
  }

  private static Stream<String> nulled(ForeignKeyRelation relation) {
    List<String> named = relation.foreignKey().setColumns();
    return (named.isEmpty() ? relation.childColumns() : named).stream();
  }

  /** The condition that row {@code c} refers to a root. */
  private String refers(Relation relation, GivenKeys given) {
    String child = prefixed("c", relation.childColumns());
    String parent = prefixed("p", relation.parentColumns());
    return "(%s) in (select %s from %s as p where %s)"
        .formatted(
            child, parent, dialect.ownRows(catalog.table(relation.parent())), given.matches("p"));
  }

  private String prefixed(String alias, List<String> columns) {
    return columns.stream()
        .map(column -> alias + "." + dialect.quote(column))
        .collect(Collectors.joining(", "));
  }

  /** What this transaction did so far; nothing where the server does not count. */
  private Optional<Map<TableId, Tally>> tallies(JdbcOperations jdbc, Set<TableId> tables) {
    Map<String, TableId> wholes = new LinkedHashMap<>();
    for (TableId id : tables) {
      Table table = catalog.table(id);
      List<TableId> stored =
          table.kind() == Table.Kind.PARTITIONED ? table.partitions() : List.of(id);
      stored.forEach(t -> wholes.put(dialect.quote(t), id));
    }
    String regclasses =
        wholes.keySet().stream()
            .map(name -> dialect.literal(name) + "::regclass")
            .collect(Collectors.joining(", "));
    List<TableId> inOrder = List.copyOf(wholes.values());
    Map<TableId, Tally> tallies = new LinkedHashMap<>();
    jdbc.query(
        """
        select n, pg_stat_get_xact_tuples_deleted(t), pg_stat_get_xact_tuples_updated(t)
          from unnest(array[%s]::regclass[]) with ordinality as u(t, n)
         where current_setting('track_counts')::boolean
        """
            .formatted(regclasses),
        rs -> {
          tallies.merge(
              inOrder.get(rs.getInt(1) - 1),
              new Tally(rs.getLong(2), rs.getLong(3)),
              (a, b) -> new Tally(a.deleted() + b.deleted(), a.updated() + b.updated()));
        });
    return tallies.isEmpty() ? Optional.empty() : Optional.of(tallies);
  }
}
