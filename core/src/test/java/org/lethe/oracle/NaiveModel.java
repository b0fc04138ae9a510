package org.lethe.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lethe.oracle.RandomDatabase.TestRelation;
import org.lethe.oracle.RandomDatabase.TestTable;
import org.lethe.schema.Names;

/**
 * What a removal must do, worked out the slowest and plainest way: one row at a time, in memory,
 * straight from the definitions.
 */
final class NaiveModel {

  private final RandomDatabase database;
  private final Set<Map<String, @Nullable Integer>> going =
      Collections.newSetFromMap(new IdentityHashMap<>());

  /** Relation name to rows that block, over all kinds. */
  final Map<String, Long> blockers = new TreeMap<>();

  /** Table name to rows that go. */
  final Map<String, Long> deleted = new TreeMap<>();

  /** Relation name to rows that change. */
  final Map<String, Long> updated = new TreeMap<>();

  /** Whether a rule would point rows at a row that goes too, or at none. */
  boolean unusableTarget;

  NaiveModel(RandomDatabase database, TestTable rootTable, Set<Integer> roots) {
    this.database = database;
    rootTable.rows.stream().filter(r -> roots.contains(r.get("u"))).forEach(going::add);
    while (cascadeOnce()) {
      // Until nothing more goes.
    }
    for (TestTable t : database.tables) {
      long n = t.rows.stream().filter(going::contains).count();
      if (n > 0) {
        deleted.put(Names.join(t.name), n);
      }
    }
    database.relations.forEach(this::judge);
  }

  private boolean cascadeOnce() {
    boolean more = false;
    for (TestRelation r : database.relations) {
      if (r.rule().equals("cascade")) {
        for (Map<String, @Nullable Integer> child : r.child().rows) {
          if (!going.contains(child) && refersToGoing(r, child)) {
            going.add(child);
            more = true;
          }
        }
      }
    }
    return more;
  }

  private boolean refersToGoing(TestRelation r, Map<String, @Nullable Integer> child) {
    return refers(r, child)
        && r.parent().rows.stream().anyMatch(p -> going.contains(p) && matches(r, child, p));
  }

  private static boolean refers(TestRelation r, Map<String, @Nullable Integer> child) {
    return r.columns().stream().allMatch(c -> child.get(c) != null);
  }

  private static boolean matches(
      TestRelation r, Map<String, @Nullable Integer> child, Map<String, @Nullable Integer> parent) {
    for (int i = 0; i < r.columns().size(); i++) {
      if (!Objects.equals(child.get(r.columns().get(i)), parent.get(r.parentColumns().get(i)))) {
        return false;
      }
    }
    return true;
  }

  private void judge(TestRelation r) {
    long all = r.child().rows.stream().filter(c -> refersToGoing(r, c)).count();
    long staying =
        r.child().rows.stream().filter(c -> !going.contains(c) && refersToGoing(r, c)).count();
    switch (r.rule()) {
      case "protect", "undecided" -> count(blockers, r, all);
      case "restrict" -> count(blockers, r, staying);
      case "do_nothing" -> count(r.link() ? new TreeMap<>() : blockers, r, staying);
      case "set_null" -> count(updated, r, staying);
      case "set_default", "set", "reassign" -> {
        count(updated, r, staying);
        boolean zeroGoes =
            r.parent().rows.stream()
                .anyMatch(p -> going.contains(p) && Objects.equals(p.get("u"), 0));
        unusableTarget |= staying > 0 && zeroGoes;
      }
      default -> {}
    }
  }

  private static void count(Map<String, Long> counts, TestRelation r, long rows) {
    if (rows > 0) {
      counts.merge(r.name(), rows, Long::sum);
    }
  }

  /** Every table's rows as they must be afterwards. */
  Map<String, List<String>> after() {
    Map<String, List<String>> after = new LinkedHashMap<>();
    for (TestTable t : database.tables) {
      List<String> rows = new ArrayList<>();
      for (Map<String, @Nullable Integer> row : t.rows) {
        if (!going.contains(row)) {
          rows.add(changed(t, row).values().toString());
        }
      }
      Collections.sort(rows);
      after.put(t.name, rows);
    }
    return after;
  }

  private Map<String, @Nullable Integer> changed(TestTable t, Map<String, @Nullable Integer> row) {
    Map<String, @Nullable Integer> copy = new LinkedHashMap<>(row);
    for (TestRelation r : database.relations) {
      if (r.child() == t && refersToGoing(r, row)) {
        switch (r.rule()) {
          case "set_null" -> r.columns().forEach(c -> copy.put(c, null));
          case "set_default", "set", "reassign" -> r.columns().forEach(c -> copy.put(c, 0));
          default -> {}
        }
      }
    }
    return copy;
  }
}
