package org.lethe.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lethe.Lethe;
import org.lethe.oracle.RandomDatabase.TestRelation;
import org.lethe.oracle.RandomDatabase.TestTable;
import org.lethe.retention.PurgeLimits;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.trash.RestoreException;
import org.lethe.trash.RestoreReport;

/** Removals that overlap, restored in any order, while others edit and some are purged. */
class OverlapProperties {

  private static final int STEPS = 10;

  private final TrashOracle oracle = TrashOracle.SHARED;

  @Property(tries = 100)
  void whateverTheOrderAllComesBack(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tables,
      @ForAll @IntRange(min = 1, max = 7) int rows) {
    Run run = new Run(new Random(seed), tables, rows);
    DatabaseDigest original = oracle.digest();
    for (int i = 0; i < STEPS; i++) {
      if (run.random.nextInt(3) > 0) {
        run.delete();
      } else {
        run.restoreAny();
      }
      run.everyRowIsInOnePlace();
    }
    run.restoreAll();
    assertThat(run.trash).isEmpty();
    run.everyRowIsInOnePlace();
    if (!run.conflictsNamed) {
      assertThat(oracle.digest().differenceFrom(original)).isEmpty();
    }
  }

  @Property(tries = 100)
  void whateverHappensNoRowIsLostUnseen(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int tables,
      @ForAll @IntRange(min = 1, max = 7) int rows) {
    Run run = new Run(new Random(seed), tables, rows);
    for (int i = 0; i < STEPS; i++) {
      switch (run.random.nextInt(8)) {
        case 0 -> run.purge();
        case 1, 2 -> run.edit();
        case 3, 4 -> run.restoreAny();
        default -> run.delete();
      }
      run.everyRowIsInOnePlace();
    }
    run.restoreAll();
    run.everyRowIsInOnePlace();
  }

  /** One try: what is in the trash, and what was purged. */
  private final class Run {
    final Random random;
    final List<UUID> trash = new ArrayList<>();
    boolean conflictsNamed;
    private final RandomDatabase database;
    private final Lethe lethe;
    private final Set<String> rows = new TreeSet<>();
    private final Set<String> purged = new TreeSet<>();

    Run(Random random, int tables, int maxRows) {
      this.random = random;
      this.database = new RandomDatabase(random, tables, maxRows, false);
      this.lethe = oracle.create(database);
      rows.addAll(live());
    }

    void delete() {
      UUID id = oracle.delete(lethe, random, database);
      if (id != null) {
        trash.add(id);
      }
    }

    void restoreAny() {
      if (!trash.isEmpty()) {
        restore(trash.get(random.nextInt(trash.size())));
      }
    }

    /** In random order, again and again while any comes back. */
    void restoreAll() {
      boolean progress = true;
      while (progress) {
        progress = false;
        List<UUID> left = new ArrayList<>(trash);
        Collections.shuffle(left, random);
        for (UUID id : left) {
          progress |= restore(id);
        }
      }
    }

    private boolean restore(UUID id) {
      DatabaseDigest before = oracle.digest();
      List<String> ledger = oracle.ledger();
      List<?> foreseen = lethe.trash().preview(id).conflicts();
      try {
        RestoreReport report = lethe.trash().restore(id, TrashOracle.TESTER);
        assertThat(report.conflicts()).isEqualTo(foreseen);
        conflictsNamed |= !report.conflicts().isEmpty();
        return trash.remove(id);
      } catch (RestoreException refused) {
        assertThat(refused).hasMessageContaining("nothing was changed");
        assertThat(refused.conflicts()).as("%s", refused).isNotEmpty();
        assertThat(oracle.digest().differenceFrom(before)).isEmpty();
        assertThat(oracle.ledger()).isEqualTo(ledger);
        return false;
      }
    }

    void purge() {
      if (!trash.isEmpty()) {
        UUID id = trash.remove(random.nextInt(trash.size()));
        purged.addAll(archived("where deletion_id = '" + id + "'"));
        oracle
            .jdbc()
            .update(
                "update lethe.deletion set keep_until = '2000-01-01' where deletion_id = ?", id);
        assertThat(lethe.purger().run(PurgeLimits.NONE, "tester").purged()).containsExactly(id);
      }
    }

    /** Somebody else gives a row another reference. */
    void edit() {
      TestRelation r = database.relations.get(random.nextInt(database.relations.size()));
      String parent = RandomDatabase.sqlName(TrashOracle.SCHEMA, r.parent());
      for (Integer target :
          oracle
              .jdbc()
              .queryForList(
                  "select u from " + parent + " order by random() limit 1", Integer.class)) {
        String set = String.join(", ", r.columns().stream().map(c -> c + " = " + target).toList());
        oracle
            .jdbc()
            .update(
                "update %s set %s where u = %d"
                    .formatted(
                        RandomDatabase.sqlName(TrashOracle.SCHEMA, r.child()),
                        set,
                        random.nextInt(r.child().rows.size())));
      }
    }

    void everyRowIsInOnePlace() {
      List<String> places = new ArrayList<>(live());
      places.addAll(archived(""));
      places.addAll(purged);
      assertThat(places).containsExactlyInAnyOrderElementsOf(rows);
    }

    private List<String> live() {
      List<String> found = new ArrayList<>();
      for (TestTable table : database.tables) {
        oracle
            .jdbc()
            .queryForList(
                "select u from " + RandomDatabase.sqlName(TrashOracle.SCHEMA, table), Integer.class)
            .forEach(u -> found.add(table.name + " " + u));
      }
      return found;
    }

    private List<String> archived(String which) {
      return oracle
          .jdbc()
          .queryForList(
              """
              select a.table_name || ' ' || r.image[array_position(a.columns, 'u')]
                from lethe.archived_row as r join lethe.archived_table as a using (deletion_id, position)
              """
                  + which,
              String.class);
    }
  }
}
