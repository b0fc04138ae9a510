package org.lethe.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lethe.Lethe;
import org.lethe.schema.Column;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

class PostgreSqlDialectTest {

  private final PGSimpleDataSource database = PostgresServer.shared().createDatabase();
  private final Dialect dialect = new PostgreSqlDialect();

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("smallint", List.of("-32768", "0", "null")),
        arguments("bigint", List.of("9223372036854775807", "-1")),
        arguments("boolean", List.of("true", "false", "null")),
        arguments(
            "text",
            List.of("''", "' a \"b\" \\ ' || chr(1) || chr(10) || 'é€😀'", "null", "'</script>'")),
        arguments("varchar(3)", List.of("'abc'", "'a\"'")),
        arguments("char(4)", List.of("'a'", "'abcd'")),
        arguments("uuid", List.of("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'")),
        arguments(
            "numeric", List.of("1.50", "'NaN'", "-0.000001", "12345678901234567890", "'Infinity'")),
        arguments("numeric(10,2)", List.of("1.5", "0")),
        arguments("double precision", List.of("1e20", "1e-7", "'NaN'", "'-Infinity'", "0.1")),
        arguments("date", List.of("'2024-02-29'", "'infinity'", "'0044-03-15 BC'")),
        arguments("timestamp", List.of("'2024-02-29 12:00:00.123456'", "'-infinity'")),
        arguments("timestamptz", List.of("'2024-02-29 12:00:00+05'", "'infinity'", "null")),
        arguments("timestamptz(0)", List.of("'2024-02-29 12:00:00.6+05'")),
        arguments("json", List.of("'{ \"b\" : 1, \"a\":[1,  2] }'", "'null'")),
        arguments("jsonb", List.of("'{ \"b\" : 1, \"a\":[1,  2] }'", "'null'", "'\"x\"'")),
        arguments("int[]", List.of("array[1,2,null]", "'{}'")),
        arguments("int4range", List.of("'[1,5)'", "'empty'")),
        arguments("inet", List.of("'10.0.0.1/8'")),
        arguments("mood", List.of("'sad \"'", "null")),
        arguments("small", List.of("3", "null")),
        arguments("pair", List.of("row(1, 'a')", "null")),
        arguments("interval", List.of("'1 day 2 hours'")),
        arguments("bytea", List.of("'\\x00ff'")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesJsonAsTheDatabaseDoes(String type, List<String> values) throws SQLException {
    run("create type mood as enum ('sad \"')");
    run("create domain small as smallint");
    run("create type pair as (n int, t text)");
    run("create table sample (value %s)".formatted(type));
    values.forEach(value -> run("insert into sample values (%s)".formatted(value)));
    Column column =
        Lethe.readCatalog(database)
            .table(new TableId("public", "sample"))
            .column("value")
            .orElseThrow();

    List<List<@Nullable String>> both =
        read(
            "select %s, to_jsonb(value)::text from sample"
                .formatted(dialect.asJson("value", column)),
            2);

    assertThat(both)
        .hasSameSizeAs(values)
        .allSatisfy(row -> assertThat(row.get(0)).isEqualTo(row.get(1)));
  }

  @Test
  void streamsRowsOfAnyContent() throws SQLException {
    String query =
        """
        select n::text, case when n %% 3 > 0 then repeat('é"\\\\' || chr(10), n) end, ''
          from generate_series(1, %d) as n order by n
        """;
    try (Connection connection = database.getConnection()) {
      for (int rows : new int[] {0, 1, 700}) {
        List<List<@Nullable String>> streamed = new ArrayList<>();

        boolean can = stream(connection, query.formatted(rows), 3, streamed);

        assertThat(can).isTrue();
        assertThat(streamed).isEqualTo(read(query.formatted(rows), 3)).hasSize(rows);
      }
    }
  }

  @Test
  void aReaderThatStopsLeavesTheConnectionFree() throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThatThrownBy(
              () ->
                  dialect.stream(
                      connection,
                      "select n::text from generate_series(1, 1000000) as n",
                      row -> {
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");

      List<List<@Nullable String>> streamed = new ArrayList<>();
      stream(connection, "select 'still there'", 1, streamed);
      assertThat(streamed).containsExactly(List.of("still there"));
    }
  }

  @Test
  void anErrorHalfWayIsTheDatabases() throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThatThrownBy(
              () ->
                  dialect.stream(
                      connection,
                      "select (1 / (500 - n))::text from generate_series(1, 1000) as n",
                      row -> {}))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("division by zero");
    }
  }

  /** Without hashing, a thousand users once took a minute in place of a second. */
  @Test
  void whatSomebodyForbadeThePlannerIsOpenToOurTransactionsOnly() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set enable_hashjoin = off");
      statement.execute("set enable_seqscan = off");
      connection.setAutoCommit(false);

      statement.execute(dialect.beginTransaction(true));

      assertThat(said(statement, "enable_hashjoin")).isEqualTo("on");
      assertThat(said(statement, "enable_seqscan")).isEqualTo("on");
      assertThat(said(statement, "transaction_isolation")).isEqualTo("repeatable read");
      connection.commit();
      assertThat(said(statement, "enable_hashjoin")).isEqualTo("off");
      assertThat(said(statement, "transaction_isolation")).isEqualTo("read committed");
    }
  }

  private static String said(Statement statement, String setting) throws SQLException {
    try (ResultSet rows = statement.executeQuery("show " + setting)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private boolean stream(
      Connection connection, String query, int columns, List<List<@Nullable String>> into)
      throws SQLException {
    return dialect.stream(
        connection,
        query,
        row -> {
          List<@Nullable String> values = new ArrayList<>();
          IntStream.range(0, columns).forEach(i -> values.add(row.text(i)));
          into.add(Collections.unmodifiableList(values));
        });
  }

  private List<List<@Nullable String>> read(String query, int columns) throws SQLException {
    List<List<@Nullable String>> all = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(rows.getString(i));
        }
        all.add(values);
      }
    }
    return all;
  }

  private void run(String sql) {
    PostgresServer.execute(database, sql);
  }
}
