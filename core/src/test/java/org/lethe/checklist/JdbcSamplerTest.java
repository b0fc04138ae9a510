package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.dialect.Dialect;
import org.lethe.personal.ValueShape;
import org.lethe.schema.Catalog;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

class JdbcSamplerTest {

  private static final Catalog CATALOG =
      new CatalogFixture()
          .table("visit")
          .nullable("who", "text")
          .nullable("tel", "text")
          .nullable("host", "text")
          .nullable("note", "text")
          .nullable("guest", "text")
          .column("n", "integer")
          .fixture()
          .build();
  private static final Dialect DIALECT = Dialect.of(CATALOG);
  private static final Table VISIT = CATALOG.table(new TableId("public", "visit"));

  @Test
  void tellsShapesAndLeavesTheConnectionAsItWas() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database,
        """
        create table visit (who text, tel text, host text, note text, guest text, n int);
        insert into visit
          select 'p' || i || '@example.org', '+44 20 7946 0' || 100 + i, '10.0.0.' || i,
                 'came by, left a note', 'Ada Lovelace', i
          from generate_series(1, 50) i;
        """);
    try (var connection = database.getConnection()) {
      Map<String, ValueShape> shapes = new JdbcSampler(connection, DIALECT).shapes(VISIT);

      assertThat(shapes)
          .isEqualTo(
              Map.of(
                  "who", ValueShape.EMAIL,
                  "tel", ValueShape.PHONE,
                  "host", ValueShape.IP,
                  "note", ValueShape.OTHER,
                  "guest", ValueShape.PERSON_NAME));
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(connection.isReadOnly()).isFalse();
    }
  }

  @Test
  void passesOverWhatItCannotRead() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    try (var connection = database.getConnection()) {
      assertThat(new JdbcSampler(connection, DIALECT).shapes(VISIT)).isEmpty();
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void fewValuesSayNothing() {
    assertThat(ValueShape.of(List.of("a@example.org", "b@example.org", " ")))
        .isEqualTo(ValueShape.UNKNOWN);
    assertThat(ValueShape.of(List.of("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "x")))
        .isEqualTo(ValueShape.OTHER);
  }
}
