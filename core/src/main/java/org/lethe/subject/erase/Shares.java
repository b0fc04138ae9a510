package org.lethe.subject.erase;

import java.sql.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.collect.Collected;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.KeySet;
import org.lethe.collect.KeySets;
import org.lethe.collect.RelationSql;
import org.lethe.collect.UpdateSet;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Tells, of rows that were collected for several people at once, whose each is: that of the person
 * from whose row it was reached. What hangs on two of them is counted with one, as it is with
 * whoever is erased first. For one collection, inside its transaction.
 */
final class Shares {

  private final Decisions decisions;
  private final JdbcOperations jdbc;
  private final KeySets sets;
  private final RelationSql relationSql;

  /**
   * @param root the table of the people's own rows
   */
  Shares(Decisions decisions, Dialect dialect, JdbcOperations jdbc, KeySets sets, TableId root) {
    this.decisions = decisions;
    this.jdbc = jdbc;
    this.sets = sets;
    this.relationSql =
        new RelationSql(
            dialect, decisions.catalog(), new Flags(decisions, dialect, DeleteKind.HARD, root));
  }

  /** What one person has: rows that go by table, and rows of others that change by relation. */
  record Share(Map<TableId, Long> going, Map<String, Long> changing) {
    Share() {
      this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }
  }

  /**
   * Counts.
   *
   * @return by the key of the person's row, as text; empty if it cannot be told of every row
   */
  Optional<Map<List<String>, Share>> of(Collected going, KeySet people) {
    List<KeySet> filled = sets.filled();
    for (KeySet set : filled) {
      jdbc.execute("alter table %s add owner text[]".formatted(set.name()));
    }
    String key =
        IntStream.rangeClosed(1, people.identity().size())
            .mapToObj(i -> "k" + i + "::text")
            .collect(Collectors.joining(", "));
    jdbc.update("update %s set owner = array[%s]".formatted(people.name(), key));
    List<Relation> relations = relations(filled);
    while (relations.stream().mapToInt(this::handDown).sum() > 0) {
      // Deeper into what refers to itself.
    }
    Map<List<String>, Share> shares = new HashMap<>();
    boolean all = count(filled, shares);
    for (UpdateSet changing : going.updates().values()) {
      all &= count(changing, shares);
    }
    return all ? Optional.of(shares) : Optional.empty();
  }

  /** Parents before children, so that one round does what does not refer to itself. */
  private List<Relation> relations(List<KeySet> filled) {
    Set<TableId> tables = filled.stream().map(s -> s.table().id()).collect(Collectors.toSet());
    List<Relation> relations = new ArrayList<>();
    for (Set<TableId> component : decisions.graph().components(tables, r -> true)) {
      for (TableId table : component) {
        decisions.graph().outOf(table).stream()
            .filter(r -> decisions.ownership(r) == Ownership.SOLE && tables.contains(r.parent()))
            .forEach(relations::add);
      }
    }
    return relations;
  }

  private int handDown(Relation relation) {
    KeySet child = set(relation.child());
    KeySet parent = set(relation.parent());
    return jdbc.update(
        """
        update %s as x set owner = p.owner
          from %s as c, %s as p
         where x.owner is null and p.owner is not null and %s and %s
        """
            .formatted(
                child.name(),
                relationSql.childRows(relation),
                parent.name(),
                child.sameRowSoFar("c", "x"),
                relationSql.matches(relation, parent)));
  }

  private boolean count(List<KeySet> filled, Map<List<String>, Share> shares) {
    String each =
        IntStream.range(0, filled.size())
            .mapToObj(
                i ->
                    "select %d, owner, count(*) from %s group by owner"
                        .formatted(i, filled.get(i).name()))
            .collect(Collectors.joining(" union all "));
    boolean[] all = {true};
    jdbc.query(
        each,
        rs -> {
          Array owner = rs.getArray(2);
          all[0] &= owner != null;
          if (owner != null) {
            shares
                .computeIfAbsent(List.of((String[]) owner.getArray()), k -> new Share())
                .going()
                .merge(filled.get(rs.getInt(1)).table().id(), rs.getLong(3), Long::sum);
          }
        });
    return all[0];
  }

  private boolean count(UpdateSet changing, Map<List<String>, Share> shares) {
    Relation relation = changing.facts().relation();
    KeySet parents = set(relation.parent());
    boolean[] all = {true};
    jdbc.query(
        "select (select p.owner from %s as p where %s limit 1), count(*)%s group by 1"
            .formatted(parents.name(), relationSql.matches(relation, parents), changing.matching()),
        rs -> {
          Array owner = rs.getArray(1);
          all[0] &= owner != null;
          if (owner != null) {
            shares
                .computeIfAbsent(List.of((String[]) owner.getArray()), k -> new Share())
                .changing()
                .merge(relation.name(), rs.getLong(2), Long::sum);
          }
        });
    return all[0];
  }

  private KeySet set(TableId table) {
    KeySet set = sets.get(table);
    if (set == null) {
      throw new IllegalArgumentException("nothing of " + table + " was collected");
    }
    return set;
  }
}
