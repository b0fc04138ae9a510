package org.lethe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the database would cascade into some partitions only, Lethe does it itself. */
class ForgottenPartitionTest {

  private static final TableId CUSTOMER = new TableId("public", "customer");
  private static final TableId PAYMENT = new TableId("public", "payment");

  @Test
  void leavesNoRowBehindWhereAPartitionHasNoKey() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database,
        """
        create table customer (id int primary key);
        create table payment (id int, month int, customer int, primary key (id, month))
          partition by range (month);
        create table payment_1 partition of payment for values from (1) to (2);
        create table payment_2 partition of payment for values from (2) to (3);
        alter table payment_1 add foreign key (customer) references customer on delete cascade;
        insert into customer values (1), (2);
        insert into payment select i, 1 + i % 2, 1 + i / 10 from generate_series(0, 19) i;
        """);

    DeletionReport report =
        Lethe.builder(database).build().delete(new Roots.Keys(CUSTOMER, List.of(List.of("1"))));

    assertThat(report.counts().deleted()).isEqualTo(Map.of(CUSTOMER, 1L, PAYMENT, 10L));
    try (Connection c = database.getConnection();
        Statement s = c.createStatement();
        ResultSet rs = s.executeQuery("select count(*), min(customer) from payment")) {
      assertThat(rs.next()).isTrue();
      assertThat(rs.getInt(1)).isEqualTo(10);
      assertThat(rs.getInt(2)).isEqualTo(2);
    }
  }
}
