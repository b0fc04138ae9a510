package org.lethe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PlazaTest {

  @Test
  void isTheSameEveryTime() throws Exception {
    PGSimpleDataSource again = PostgresServer.shared().createDatabase();
    Plaza.load(again);

    DatabaseDigest first = DatabaseDigest.of(Samples.plaza());

    assertThat(DatabaseDigest.of(again).differenceFrom(first)).isEmpty();
    assertThat(first.rows()).isEqualTo(100_000);
  }
}
