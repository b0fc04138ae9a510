package org.lethe.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.lethe.Lethe;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.KeySet;
import org.lethe.collect.Reach;
import org.lethe.collect.ReadOnlyReach;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.oracle.RandomDatabase.TestTable;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Without temporary tables the very same rows are found, on random schemas. */
class ReadOnlyReachProperties {

  private static final String SCHEMA = "standby";

  private static final class Connections {
    static final SingleConnectionDataSource ONE = open();

    private static SingleConnectionDataSource open() {
      PGSimpleDataSource database = PostgresServer.shared().createDatabase();
      database.setOptions("-c search_path=" + SCHEMA + " -c statement_timeout=20s");
      try {
        return new SingleConnectionDataSource(database.getConnection(), true);
      } catch (java.sql.SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final SingleConnectionDataSource connection = Connections.ONE;
  private final JdbcTemplate jdbc = new JdbcTemplate(connection);

  @Property
  void findsWhatTheOtherFinds(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int tables,
      @ForAll @IntRange(min = 1, max = 9) int rows) {
    Random random = new Random(seed);
    RandomDatabase database = new RandomDatabase(random, tables, rows, false);
    jdbc.execute(database.ddl(SCHEMA));
    Decisions decisions =
        Lethe.of(connection, PolicyReader.read("random.yaml", database.policy(SCHEMA))).decisions();
    TestTable table = database.tables.get(random.nextInt(tables));
    String number = Integer.toString(random.nextInt(table.rows.size()));
    Roots.Keys roots =
        new Roots.Keys(
            new TableId(SCHEMA, table.name), List.of(table.key.stream().map(k -> number).toList()));
    Predicate<Relation> followed = r -> decisions.ownership(r) != Ownership.MENTIONED;

    assertThat(standby(decisions, roots, followed)).isEqualTo(usual(decisions, roots, followed));
  }

  private Map<TableId, List<String>> usual(
      Decisions decisions, Roots.Keys roots, Predicate<Relation> followed) {
    Dialect dialect = Dialect.of(decisions.catalog());
    Map<TableId, List<String>> found =
        new TransactionTemplate(new JdbcTransactionManager(connection))
            .execute(
                status -> {
                  status.setRollbackOnly();
                  Flags flags = new Flags(decisions, dialect, DeleteKind.HARD, roots.table());
                  Map<TableId, List<String>> rows = new TreeMap<>();
                  for (KeySet set :
                      new Reach(decisions, dialect, jdbc, flags, false, followed)
                          .from(roots)
                          .filled()) {
                    rows.put(
                        set.table().id(),
                        jdbc.queryForList(
                            "select tid::text from " + set.name() + " order by tid", String.class));
                  }
                  return rows;
                });
    return found == null ? Map.of() : found;
  }

  private Map<TableId, List<String>> standby(
      Decisions decisions, Roots.Keys roots, Predicate<Relation> followed) {
    ReadOnlyReach reach =
        new ReadOnlyReach(decisions, Dialect.of(decisions.catalog()), roots, "a", followed);
    Map<TableId, List<String>> rows = new TreeMap<>();
    reach
        .tables()
        .forEach(
            table -> {
              List<String> places =
                  jdbc.queryForList(
                      "with recursive %s select tid::text from %s order by tid"
                          .formatted(reach.expressions(), reach.entries(table.id())),
                      String.class);
              if (!places.isEmpty()) {
                rows.put(table.id(), places);
              }
            });
    return rows;
  }
}
