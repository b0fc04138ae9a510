package org.lethe.execute;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
 * these tell the same as counting would: no triggers of the application, and no table of which rows
 * could both change and go.
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
    Map<TableId, Relation> updating = new HashMap<>();
    for (TableId table : reach) {
      for (Relation relation : decisions.graph().into(table)) {
        if (!agrees(relation)) {
          return false;
        }
        boolean cascades = decisions.of(relation).onDelete().kind() == OnDelete.Kind.CASCADE;
        if (!cascades
            && (reach.contains(relation.child())
                || updating.put(relation.child(), relation) != null)) {
          return false;
        }
      }
    }
    Set<TableId> touched = new HashSet<>(reach);
    touched.addAll(updating.keySet());
    return touched.stream().allMatch(this::isPlain);
  }

  private Set<TableId> reach(Roots roots) {
    return decisions
        .graph()
        .reach(
            List.of(catalog.whole(roots.table())),
            r -> decisions.of(r).onDelete().kind() == OnDelete.Kind.CASCADE);
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
    Set<TableId> touched = new TreeSet<>(reach(from));
    Map<TableId, String> updating = new LinkedHashMap<>();
    for (TableId table : reach(from)) {
      for (Relation relation : decisions.graph().into(table)) {
        if (!touched.contains(relation.child())) {
          updating.put(relation.child(), relation.name());
        }
      }
    }
    touched.addAll(updating.keySet());
    if (!"on".equals(jdbc.queryForObject("show track_counts", String.class))) {
      return Optional.empty();
    }
    Map<TableId, Tally> before = tallies(jdbc, touched);
    GivenKeys given = new GivenKeys(catalog, dialect, keys);
    given.refuseMissing(jdbc);
    new StandIn(decisions, dialect).refuse(jdbc, keys);
    int roots =
        jdbc.update(
            "delete from %s as c where %s"
                .formatted(dialect.ownRows(catalog.table(keys.table())), given.matches("c")),
            given.arguments());
    if (roots == 0) {
      // Somebody else deleted them between the look and the delete; starting over says so.
      throw new Transactions.LostRaceException("others kept deleting the same rows");
    }
    Map<TableId, Tally> after = tallies(jdbc, touched);
    Map<TableId, Long> deleted = new LinkedHashMap<>();
    Map<String, Long> updated = new LinkedHashMap<>();
    after.forEach(
        (table, tally) -> {
          Tally earlier = before.getOrDefault(table, new Tally(0, 0));
          deleted.put(table, tally.deleted() - earlier.deleted());
          String relation = updating.get(table);
          if (relation != null) {
            updated.put(relation, tally.updated() - earlier.updated());
          }
        });
    return Optional.of(new Counts(deleted, updated));
  }

  private Map<TableId, Tally> tallies(JdbcOperations jdbc, Set<TableId> tables) {
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
        """
            .formatted(regclasses),
        rs -> {
          tallies.merge(
              inOrder.get(rs.getInt(1) - 1),
              new Tally(rs.getLong(2), rs.getLong(3)),
              (a, b) -> new Tally(a.deleted() + b.deleted(), a.updated() + b.updated()));
        });
    return tallies;
  }
}
