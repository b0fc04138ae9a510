package org.lethe.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lethe.Lethe;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Blocker;
import org.lethe.collect.Counts;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.collect.Selection;
import org.lethe.collect.UnusableTargetException;
import org.lethe.execute.DeletionReport;
import org.lethe.oracle.RandomDatabase.TestTable;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Random schemas, rows and roots: Lethe must do exactly what the oracle says. How many schemas is
 * said by {@code -Doracle.tries} (see the pom); several removals are tried on each.
 */
class OracleProperties {

  private static final String SCHEMA = "oracle";
  private static final int REMOVALS_PER_DATABASE = 5;

  /** Never by one query, with luck, and always where it can be. */
  private static final List<Integer> HANDFULS = List.of(0, 4, 2_000);

  private final SingleConnectionDataSource connection = Connections.ONE;
  private final JdbcTemplate jdbc = new JdbcTemplate(connection);

  /** One database and one connection for all tries: making them is the slow part. */
  private static final class Connections {
    static final PGSimpleDataSource DATABASE = PostgresServer.shared().createDatabase();
    static final SingleConnectionDataSource ONE = open();

    private static SingleConnectionDataSource open() {
      // A handful of rows takes milliseconds: a statement that never ends must fail, not hang.
      DATABASE.setOptions("-c search_path=" + SCHEMA + " -c statement_timeout=20s");
      try {
        return new SingleConnectionDataSource(DATABASE.getConnection(), true);
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Property
  void aRemovalDoesWhatTheNaiveModelSays(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int tables,
      @ForAll @IntRange(min = 1, max = 9) int rows) {
    Random random = new Random(seed);
    RandomDatabase database = new RandomDatabase(random, tables, rows, false);
    jdbc.execute(database.ddl(SCHEMA));
    Policy policy = PolicyReader.read("random.yaml", database.policy(SCHEMA));
    Decisions decisions = Lethe.of(connection, policy).decisions();
    for (int i = 0; i < REMOVALS_PER_DATABASE; i++) {
      TestTable table = database.tables.get(random.nextInt(tables));
      Set<Integer> roots = someRows(random, table);
      Lethe lethe =
          Lethe.builder(connection)
              .decisions(decisions)
              .handful(HANDFULS.get(random.nextInt(HANDFULS.size())))
              .build();
      compareWithModel(database, lethe, table, roots, random.nextBoolean());
    }
  }

  private static Set<Integer> someRows(Random random, TestTable table) {
    Set<Integer> rows = new TreeSet<>();
    int count = 1 + random.nextInt(Math.min(3, table.rows.size()));
    while (rows.size() < count) {
      rows.add(random.nextInt(table.rows.size()));
    }
    return rows;
  }

  private static Roots.Keys keys(TestTable table, Set<Integer> rows) {
    List<List<String>> keys = new ArrayList<>();
    rows.forEach(r -> keys.add(Collections.nCopies(table.key.size(), Integer.toString(r))));
    return new Roots.Keys(new TableId(SCHEMA, table.name), keys);
  }

  private void compareWithModel(
      RandomDatabase database, Lethe lethe, TestTable table, Set<Integer> rows, boolean planned) {
    NaiveModel model = new NaiveModel(database, table, rows);
    Roots.Keys roots = keys(table, rows);
    if (model.unusableTarget) {
      assertThatThrownBy(() -> lethe.preview(roots, Preview.Cap.NO_TREE))
          .isInstanceOf(UnusableTargetException.class);
      return;
    }
    Selection selection = lethe.preview(roots, Preview.Cap.DEFAULT).selection();
    assertThat(named(lethe, selection.counts().deleted())).isEqualTo(model.deleted);
    assertThat(selection.counts().updated()).isEqualTo(model.updated);
    assertThat(blockers(selection)).isEqualTo(model.blockers);
    selection.blockers().forEach(b -> assertPathEndsAtARoot(b, table));
    if (selection.blocked()) {
      assertThatThrownBy(() -> lethe.delete(roots)).isInstanceOf(BlockedException.class);
      return;
    }
    rolledBack(
        () -> {
          DeletionReport report =
              planned ? lethe.apply(lethe.plan(roots), Tolerance.NONE) : lethe.delete(roots);
          jdbc.execute("set constraints all immediate");
          assertThat(named(lethe, report.counts().deleted())).isEqualTo(model.deleted);
          assertThat(report.counts().updated()).isEqualTo(model.updated);
          assertThat(content(database)).isEqualTo(model.after());
        });
  }

  private static void assertPathEndsAtARoot(Blocker blocker, TestTable table) {
    assertThat(blocker.path()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(blocker.path().get(0).relation()).isNull();
    assertThat(blocker.path().get(0).row().table().name()).isEqualTo(table.name);
    assertThat(blocker.path().get(blocker.path().size() - 1).row().table())
        .isEqualTo(blocker.relation().child());
  }

  private static Map<String, Long> blockers(Selection selection) {
    Map<String, Long> byName = new TreeMap<>();
    selection.blockers().forEach(b -> byName.merge(b.relation().name(), b.rows(), Long::sum));
    return byName;
  }

  private static Map<String, Long> named(Lethe lethe, Map<TableId, Long> counts) {
    Map<String, Long> byName = new TreeMap<>();
    counts.forEach((t, n) -> byName.put(lethe.catalog().displayName(t), n));
    return byName;
  }

  @Property
  void whereOnlyTheDatabaseRulesLetheDoesWhatTheDatabaseDoes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int tables,
      @ForAll @IntRange(min = 1, max = 9) int rows) {
    Random random = new Random(seed);
    RandomDatabase database = new RandomDatabase(random, tables, rows, true);
    jdbc.execute(database.ddl(SCHEMA));
    Lethe cascading = Lethe.builder(connection).build();
    Decisions decisions = cascading.decisions();
    List<Lethe> ways =
        List.of(
            Lethe.builder(connection).decisions(decisions).nativeCascade(false).handful(0).build(),
            Lethe.builder(connection).decisions(decisions).nativeCascade(false).build(),
            cascading);
    for (int i = 0; i < REMOVALS_PER_DATABASE; i++) {
      TestTable table = database.tables.get(random.nextInt(tables));
      Set<Integer> roots = someRows(random, table);
      if (new NaiveModel(database, table, roots).unusableTarget) {
        continue;
      }
      Map<String, List<String>> byDatabase = new LinkedHashMap<>();
      try {
        rolledBack(() -> byDatabase.putAll(deletedByDatabase(database, table, roots)));
      } catch (DataIntegrityViolationException e) {
        // SET DEFAULT can make the database trip over a row that it was about to delete anyway.
        continue;
      }
      List<Counts> counts = new ArrayList<>();
      for (Lethe way : ways) {
        rolledBack(
            () -> {
              counts.add(way.delete(keys(table, roots)).counts());
              assertThat(content(database)).isEqualTo(byDatabase);
            });
      }
      assertThat(counts).as("%s %s", table.name, roots).containsOnly(counts.get(0));
    }
  }

  private Map<String, List<String>> deletedByDatabase(
      RandomDatabase database, TestTable table, Set<Integer> roots) {
    jdbc.update(
        "delete from " + RandomDatabase.sqlName(SCHEMA, table) + " where u = any (?::int[])",
        roots.toString().replace('[', '{').replace(']', '}'));
    jdbc.execute("set constraints all immediate");
    return content(database);
  }

  private Map<String, List<String>> content(RandomDatabase database) {
    Map<String, List<String>> content = new LinkedHashMap<>();
    for (TestTable t : database.tables) {
      List<String> rows = new ArrayList<>();
      jdbc.query(
          "select "
              + String.join(", ", t.columns.keySet())
              + " from "
              + RandomDatabase.sqlName(SCHEMA, t),
          rs -> {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= t.columns.size(); i++) {
              values.add(String.valueOf(rs.getObject(i)));
            }
            rows.add(values.toString());
          });
      Collections.sort(rows);
      content.put(t.name, rows);
    }
    return content;
  }

  private void rolledBack(Runnable work) {
    new TransactionTemplate(new JdbcTransactionManager(connection))
        .executeWithoutResult(
            status -> {
              status.setRollbackOnly();
              work.run();
            });
  }
}
