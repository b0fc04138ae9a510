package org.lethe.oracle;

import java.sql.SQLException;
import java.time.Period;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Roots;
import org.lethe.collect.UnusableTargetException;
import org.lethe.error.InputException;
import org.lethe.oracle.RandomDatabase.TestTable;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One database with a ledger, and one connection, for all tries of properties of the trash. */
final class TrashOracle {

  static final String SCHEMA = "oracle";
  static final By TESTER = new By("tester", null);
  static final TrashOracle SHARED = new TrashOracle();

  private final SingleConnectionDataSource connection;
  private final JdbcTemplate jdbc;

  private TrashOracle() {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    LedgerSchema.migrate(database);
    database.setOptions("-c search_path=" + SCHEMA + " -c statement_timeout=20s");
    try {
      connection = new SingleConnectionDataSource(database.getConnection(), true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    jdbc = new JdbcTemplate(connection);
    jdbc.execute(TypedValues.TYPES);
  }

  JdbcTemplate jdbc() {
    return jdbc;
  }

  /** Makes the tables anew; the trash is empty. */
  Lethe create(RandomDatabase database) {
    jdbc.execute(
        "truncate lethe.deletion, lethe.archived_table, lethe.archived_row, lethe.changed_row cascade");
    jdbc.execute(database.ddl(SCHEMA));
    return lethe(database);
  }

  /** Reads the tables as they are now. */
  Lethe lethe(RandomDatabase database) {
    return Lethe.of(connection, PolicyReader.read("random.yaml", database.policy(SCHEMA)));
  }

  /** Reads the tables as they are now; the database's own rules hold. */
  Lethe lethe() {
    return Lethe.builder(connection).build();
  }

  DatabaseDigest digest() {
    jdbc.execute("reset all");
    try {
      return DatabaseDigest.of(connection);
    } catch (SQLException e) {
      throw new AssertionError("the database cannot be read: " + e.getMessage(), e);
    }
  }

  /** Rows of the ledger, to see whether any changed. */
  List<String> ledger() {
    return jdbc.queryForList(
        """
        select d::text as line from lethe.archived_row as d union all select d::text from lethe.changed_row as d
        union all select d::text from lethe.archived_table as d union all select d::text from lethe.deletion as d
        order by 1
        """,
        String.class);
  }

  /** Deletes some rows into the trash; null if that is not possible. */
  @Nullable UUID delete(Lethe lethe, Random random, RandomDatabase database) {
    TestTable table = database.tables.get(random.nextInt(database.tables.size()));
    Set<Integer> rows = new TreeSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      rows.add(random.nextInt(table.rows.size()));
    }
    String list = rows.stream().map(String::valueOf).collect(Collectors.joining(", "));
    Roots roots =
        random.nextBoolean()
            ? new Roots.Where(new TableId(SCHEMA, table.name), "u in (" + list + ")")
            : new Roots.Keys(
                new TableId(SCHEMA, table.name),
                rows.stream()
                    .map(r -> Collections.nCopies(table.key.size(), Integer.toString(r)))
                    .toList());
    DatabaseDigest before = digest();
    try {
      return Objects.requireNonNull(
              lethe.trash().delete(roots, Period.ofDays(30), TESTER), "a report")
          .deletion();
    } catch (BlockedException | UnusableTargetException | InputException notRemoved) {
      if (!digest().equals(before)) {
        throw new AssertionError("changed though refused: " + notRemoved.getMessage(), notRemoved);
      }
      return null;
    }
  }
}
