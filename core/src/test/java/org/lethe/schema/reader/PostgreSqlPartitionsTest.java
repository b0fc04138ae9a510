package org.lethe.schema.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.lethe.schema.reader.Databases.id;
import static org.lethe.schema.reader.Databases.readNew;
import static org.lethe.schema.reader.Databases.relations;
import static org.lethe.schema.reader.Databases.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Table;
import org.lethe.schema.Table.PartitionBy;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

class PostgreSqlPartitionsTest {

  /** Two levels: a year by month, one month by hash, one other, and a customer to refer to. */
  private static final String SALES =
      """
      create table customer (id int primary key);
      create table sale (id int, month int, customer int) partition by range (month);
      create table sale_1 partition of sale for values from (1) to (2);
      create table sale_2 partition of sale for values from (2) to (3) partition by hash (id);
      create table sale_2a partition of sale_2 for values with (modulus 2, remainder 0);
      create table sale_2b partition of sale_2 for values with (modulus 2, remainder 1);
      """;

  @Test
  void knowsRootLeavesAndLevelsBetween() throws Exception {
    Catalog catalog = readNew(SALES);

    assertThat(catalog.tables().values())
        .extracting(Table::id, Table::kind, Table::partitionRoot, Table::partitionedBy)
        .containsExactly(
            tuple(id("customer"), Table.Kind.TABLE, null, null),
            tuple(id("sale"), Table.Kind.PARTITIONED, null, PartitionBy.RANGE),
            tuple(id("sale_1"), Table.Kind.PARTITION, id("sale"), null),
            tuple(id("sale_2"), Table.Kind.PARTITION, id("sale"), PartitionBy.HASH),
            tuple(id("sale_2a"), Table.Kind.PARTITION, id("sale"), null),
            tuple(id("sale_2b"), Table.Kind.PARTITION, id("sale"), null));
    assertThat(table(catalog, "sale").partitions())
        .containsExactly(id("sale_1"), id("sale_2a"), id("sale_2b"));
    assertThat(table(catalog, "sale_2").partitions()).containsExactly(id("sale_2a"), id("sale_2b"));
    assertThat(catalog.tables().values())
        .allSatisfy(
            t -> {
              assertThat(t.parents()).isEmpty();
              assertThat(t.children()).isEmpty();
            });
  }

  @Test
  void readsAKeyOnTheRootOnce() throws Exception {
    Catalog catalog =
        readNew(SALES + "alter table sale add foreign key (customer) references customer;");

    assertThat(catalog.foreignKeys()).extracting(ForeignKey::table).containsExactly(id("sale"));
    assertThat(relations(catalog)).containsExactly("sale.customer");
  }

  @Test
  void readsAKeyToAPartitionedTableOnce() throws Exception {
    Catalog catalog =
        readNew(
            SALES
                + """
                alter table sale add primary key (id, month);
                create table refund (sale int, month int,
                                     foreign key (sale, month) references sale);
                alter table sale add previous int;
                alter table sale add foreign key (previous, month) references sale;
                """);

    assertThat(catalog.foreignKeys())
        .extracting(ForeignKey::table, ForeignKey::target)
        .containsExactly(tuple(id("refund"), id("sale")), tuple(id("sale"), id("sale")));
    assertThat(relations(catalog)).containsExactly("refund(sale, month)", "sale(previous, month)");
  }

  @Test
  void foldsKeysThatOnlyThePartitionsDeclare() throws Exception {
    Catalog catalog =
        readNew(
            SALES
                + """
                alter table sale_1 add constraint one foreign key (customer) references customer;
                alter table sale_2 add constraint two foreign key (customer) references customer;
                """);

    assertThat(catalog.foreignKeys()).hasSize(2);
    assertThat(catalog.relations())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.name()).isEqualTo("sale.customer");
              assertThat(r.childScan()).isEqualTo(id("sale"));
              assertThat(r.everywhere()).isTrue();
            });
  }

  @Test
  void tellsAKeyToOnePartitionFromOneToAll() throws Exception {
    Catalog catalog =
        readNew(
            SALES
                + """
                alter table sale_1 add primary key (id);
                create table refund (sale int references sale_1);
                """);

    assertThat(catalog.relations())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.name()).isEqualTo("refund.sale");
              assertThat(r.parent()).isEqualTo(id("sale"));
              assertThat(r.parentScan()).isEqualTo(id("sale_1"));
            });
  }

  @Test
  void readsPartitionsThatWereAttached() throws Exception {
    Catalog catalog =
        readNew(
            SALES
                + """
                alter table sale add constraint fk foreign key (customer) references customer;
                create table sale_3 (id int, month int, customer int references customer);
                alter table sale attach partition sale_3 for values from (3) to (4);
                """);

    assertThat(table(catalog, "sale").partitions()).contains(id("sale_3"));
    assertThat(catalog.foreignKeys()).extracting(ForeignKey::name).containsExactly("fk");
  }

  @Test
  void takesAPartitionThatIsBeingDetachedForATable() throws Exception {
    PGSimpleDataSource database =
        Databases.with(
            SALES
                + "alter table sale add constraint fk foreign key (customer) references customer;");
    leaveDetachHalfDone(database);

    Catalog catalog = Databases.read(database);

    assertThat(table(catalog, "sale_1").kind()).isEqualTo(Table.Kind.TABLE);
    assertThat(table(catalog, "sale_1").partitionRoot()).isNull();
    assertThat(table(catalog, "sale").partitions()).doesNotContain(id("sale_1"));
    assertThat(relations(catalog)).containsExactly("sale.customer", "sale_1.customer");
  }

  /** Detaching waits for those who still see the partition; here in vain. */
  private static void leaveDetachHalfDone(PGSimpleDataSource database) throws SQLException {
    try (Connection reader = database.getConnection();
        Connection detacher = database.getConnection();
        Statement statement = detacher.createStatement()) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("select * from sale").close();
      statement.execute("set statement_timeout = '200ms'");
      try {
        statement.execute("alter table sale detach partition sale_1 concurrently");
        throw new AssertionError("the partition was detached at once");
      } catch (SQLException e) {
        assertThat(e.getSQLState()).isEqualTo("57014");
      }
    }
  }

  @Test
  void seesForeignTablesAmongPartitions() throws Exception {
    PGSimpleDataSource database = Databases.with(SALES);
    PostgresServer.execute(
        database,
        """
        create extension postgres_fdw;
        create server elsewhere foreign data wrapper postgres_fdw;
        create foreign table sale_9 partition of sale for values from (9) to (10)
          server elsewhere;
        """);

    Table far = table(Databases.read(database), "sale_9");
    assertThat(far.kind()).isEqualTo(Table.Kind.PARTITION);
    assertThat(far.partitionRoot()).isEqualTo(id("sale"));
  }
}
