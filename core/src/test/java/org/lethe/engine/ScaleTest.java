package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.collect.Preview.Cap.NO_TREE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Counts;
import org.lethe.collect.PathStep;
import org.lethe.collect.Roots;
import org.lethe.execute.DeletionReport;
import org.lethe.policy.Policy;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Depth and width: statements follow the schema, not the rows. */
class ScaleTest {

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final StatementCounter counter = new StatementCounter(database);

  private Lethe collecting() {
    return Lethe.builder(counter).policy(Policy.empty()).nativeCascade(false).handful(0).build();
  }

  private static TableId table(String name) {
    return new TableId("public", name);
  }

  private static Roots.Keys root(String table, String key) {
    return new Roots.Keys(table(table), List.of(List.of(key)));
  }

  @Test
  void aChainOf100000GoesInAHandfulOfStatements() {
    jdbc.execute(
        """
        create table node (id int primary key, parent_id int references node on delete cascade);
        create index on node (parent_id);
        insert into node select i, nullif(i - 1, 0) from generate_series(1, 100000) as i;
        analyze node
        """);
    Lethe lethe = collecting();

    List<PathStep> path = lethe.why(root("node", "1"), table("node"), List.of("100000"));
    assertThat(path.get(0).row().key()).containsExactly("1");
    assertThat(path.get(path.size() - 1).row().key()).containsExactly("100000");
    assertThat(path.size() + path.stream().mapToLong(PathStep::skipped).sum()).isEqualTo(100_000);

    List<String> statements =
        statementsOf(() -> assertThat(lethe.delete(root("node", "1")).total()).isEqualTo(100_000));

    assertThat(statements).hasSizeLessThan(15);
    assertThat(jdbc.queryForObject("select count(*) from node", Long.class)).isZero();
  }

  @Test
  void aFlatTreeOf20001GoesInAsManyStatementsAsOneOf201() {
    jdbc.execute(
        """
        create table node (id int primary key, parent_id int not null references node on delete cascade);
        create index on node (parent_id);
        insert into node select i, 1 from generate_series(1, 20001) as i;
        insert into node select 30000 + i, 30001 from generate_series(1, 201) as i
        """);
    Lethe lethe = collecting();

    List<String> small =
        statementsOf(() -> assertThat(lethe.delete(root("node", "30001")).total()).isEqualTo(201));
    List<String> large =
        statementsOf(() -> assertThat(lethe.delete(root("node", "1")).total()).isEqualTo(20_001));

    assertThat(large).hasSameSizeAs(small).hasSizeLessThan(15);
  }

  @Test
  void aPathEndsAtARootEvenWhereTwoSelfReferencesMakeCircles() {
    // 2 hangs on 3 and 3 on 2, but 2 also hangs on the root, by the other key.
    jdbc.execute(
        """
        create table node (id int primary key, a_parent int references node on delete cascade,
                           b_parent int references node on delete cascade);
        insert into node values (1, null, null), (2, null, 1), (3, 2, null);
        update node set a_parent = 3 where id = 2;
        insert into node select i, case when i % 2 = 0 then i - 1 end, case when i % 2 = 1 then i - 1 end
          from generate_series(4, 100) as i
        """);

    List<PathStep> path = collecting().why(root("node", "1"), table("node"), List.of("100"));

    assertThat(path.get(0).row().key()).containsExactly("1");
    assertThat(path.get(1).relation()).isEqualTo("node.b_parent");
    assertThat(path.size() + path.stream().mapToLong(PathStep::skipped).sum()).isEqualTo(100);
  }

  @Test
  void atMostTwoStatementsPerRelationWhateverTheRows() {
    jdbc.execute(
        """
        create table customer (id int primary key);
        create table purchase (id int primary key, customer_id int references customer on delete cascade);
        create table line (id int primary key, purchase_id int references purchase on delete cascade);
        create table note (id int primary key, line_id int references line on delete set null,
                           customer_id int references customer on delete cascade);
        create index on purchase (customer_id);
        create index on line (purchase_id);
        create index on note (line_id);
        create index on note (customer_id);
        insert into customer values (1), (2)
        """);
    int few = 100;
    int many = 100_000;
    fill(1, 1, few);
    fill(2, few + 1, few + many);
    Lethe lethe = collecting();

    assertSelects(statementsOf(() -> lethe.preview(root("customer", "1"), NO_TREE)), 4);
    List<String> small = statementsOf(() -> assertRemoved(lethe, "1", few));
    List<String> large = statementsOf(() -> assertRemoved(lethe, "2", many));

    assertThat(large).hasSameSizeAs(small);
    // Then a DELETE for each of three tables and an UPDATE for the one relation that is nulled.
    assertThat(small.stream().filter(s -> s.startsWith("delete")).count()).isEqualTo(3);
    assertThat(small.stream().filter(s -> s.startsWith("update")).count()).isEqualTo(1);
    assertSelects(
        small.stream().filter(s -> !s.startsWith("delete") && !s.startsWith("update")).toList(), 4);
  }

  /** Purchases of one customer, a line in each, and a note about each line. */
  private void fill(int customer, int from, int to) {
    String ids = "from generate_series(%d, %d) as i".formatted(from, to);
    jdbc.execute("insert into purchase select i, %d %s".formatted(customer, ids));
    jdbc.execute("insert into line select i, i " + ids);
    jdbc.execute("insert into note select i, i, null " + ids);
    jdbc.execute("analyze");
  }

  private static void assertRemoved(Lethe lethe, String customer, long rows) {
    Counts counts = lethe.delete(root("customer", customer)).counts();
    assertThat(counts.deleted())
        .isEqualTo(Map.of(table("customer"), 1L, table("purchase"), rows, table("line"), rows));
    assertThat(counts.updated()).isEqualTo(Map.of("note.line_id", rows));
  }

  private List<String> statementsOf(Runnable work) {
    counter.reset();
    work.run();
    return counter.statements();
  }

  /** Besides the transaction's own settings: two for the roots, two for each relation. */
  private static void assertSelects(List<String> statements, int relations) {
    List<String> selecting =
        statements.stream()
            .filter(s -> !s.startsWith("select set_config") && !s.startsWith("set constraints"))
            .toList();
    assertThat(selecting).hasSizeLessThanOrEqualTo(2 + 2 * relations);
  }

  @Test
  void aTwoTableCycleIsFollowedToItsEnd() {
    jdbc.execute(
        """
        create table a (id int primary key, b_id int);
        create table b (id int primary key, a_id int not null references a on delete cascade);
        alter table a add foreign key (b_id) references b on delete cascade;
        alter table a disable trigger all;
        insert into a select i, nullif(i - 1, 0) from generate_series(1, 2000) as i;
        insert into b select i, i from generate_series(1, 2000) as i;
        alter table a enable trigger all;
        create index on a (b_id);
        create index on b (a_id)
        """);

    DeletionReport report = collecting().delete(root("a", "1"));

    assertThat(report.counts().deleted()).isEqualTo(Map.of(table("a"), 2000L, table("b"), 2000L));
  }
}
