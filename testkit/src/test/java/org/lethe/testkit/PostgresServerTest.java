package org.lethe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresServerTest {

  @Test
  void copiesADatabase() throws Exception {
    PostgresServer server = PostgresServer.shared();
    PGSimpleDataSource original = server.createDatabase();
    PostgresServer.execute(original, "create table t as select 42 as answer");

    PGSimpleDataSource copy = server.createDatabase(original.getDatabaseName());

    try (var c = copy.getConnection();
        var rs = c.createStatement().executeQuery("select answer from t")) {
      assertThat(rs.next()).isTrue();
      assertThat(rs.getInt(1)).isEqualTo(42);
    }
  }
}
