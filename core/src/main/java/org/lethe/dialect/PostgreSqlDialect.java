package org.lethe.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/** PostgreSQL 15 and newer. */
final class PostgreSqlDialect implements Dialect {

  private static final Set<String> TEXTS =
      Set.of("text", "character varying", "bpchar", "character", "name");
  private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint", "numeric");

  /** Types whose output is JSON as it is. */
  private static final Set<String> JSON_ALREADY =
      Set.of("smallint", "integer", "bigint", "boolean");

  /** Types that to_json writes as to_jsonb does, in less time. */
  private static final Set<String> ONE_WAY =
      Set.of(
          "text",
          "character varying",
          "bpchar",
          "uuid",
          "numeric",
          "date",
          "timestamp with time zone",
          "timestamp without time zone");

  /** Ways to read and to join, each of which is right for some of our statements. */
  private static final List<String> PLANS =
      List.of(
          "seqscan",
          "indexscan",
          "indexonlyscan",
          "bitmapscan",
          "tidscan",
          "nestloop",
          "hashjoin",
          "mergejoin",
          "hashagg",
          "sort",
          "material");

  /** Up to here the pages that hold a sample are not worth choosing. */
  private static final long BIG = 100_000;

  /** More than anybody asks for, since pages are taken whole and are filled unevenly. */
  private static final double SAMPLED_ROWS = 2_000;

  @Override
  public String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String literal(String text) {
    // The E form reads the same whatever standard_conforming_strings is set to.
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  @Override
  public String ownRows(Table table) {
    return table.children().isEmpty() ? quote(table.id()) : "only " + quote(table.id());
  }

  @Override
  public String sample(Table table, List<Column> columns, int rows, int length) {
    String list =
        columns.stream()
            .map(c -> "cast(%s as varchar(%d))".formatted(quote(c.name()), length))
            .collect(Collectors.joining(", "));
    String scattered =
        table.estimatedRows() > BIG
            ? " tablesample system (" + 100 * SAMPLED_ROWS / table.estimatedRows() + ")"
            : "";
    return "select " + list + " from " + quote(table.id()) + scattered + " limit " + rows;
  }

  @Override
  public String comparableType(String type) {
    String bare = type.replaceAll("\\(\\s*-?\\d+\\s*(,\\s*-?\\d+\\s*)?\\)", "").strip();
    return switch (bare) {
      // Without a length these two mean one character and one bit.
      case "character" -> "bpchar";
      case "bit" -> "bit varying";
      default -> bare;
    };
  }

  @Override
  public boolean comparable(String type, String other) {
    String a = comparableType(type);
    String b = comparableType(other);
    return a.equals(b)
        || (TEXTS.contains(a) && TEXTS.contains(b))
        || (NUMBERS.contains(a) && NUMBERS.contains(b));
  }

  @Override
  public String prepareTransaction() {
    // row_security off turns silent filtering into an error: a hidden child would become an orphan.
    // Plans here are many and short, so compiling them costs more than it saves.
    // Rows are found, locked and deleted one after the other: the page that comes next has mostly
    // just been read. At the default cost the planner reads whole tables instead, for one row in a
    // hundred. Ways that somebody forbade it for other queries' sake are open to ours: without
    // hashing, what is compared with a set of keys is compared with each of them.
    return """
        select set_config('row_security', 'off', true), set_config('jit', 'off', true),
               set_config('client_min_messages', 'warning', true),
               set_config('random_page_cost',
                          least(current_setting('random_page_cost')::float8, 0.5)::text, true),
               %s
        """
        .formatted(
            PLANS.stream()
                .map(way -> "set_config('enable_%s', 'on', true)".formatted(way))
                .collect(Collectors.joining(", ")));
  }

  @Override
  public String asJson(String value, Column column) {
    String type = column.kind() == Column.TypeKind.BASE ? comparableType(column.type()) : "";
    if (JSON_ALREADY.contains(type)) {
      return value + "::text";
    }
    return (ONE_WAY.contains(type) ? "to_json(" : "to_jsonb(") + value + ")::text";
  }

  @Override
  public boolean stream(Connection connection, String query, Consumer<TextRow> rows)
      throws SQLException {
    // Who connects with another driver has no classes of this one.
    if (!connection.getMetaData().getDriverName().equals("PostgreSQL JDBC Driver")) {
      return false;
    }
    CopiedRows.read(connection, query, rows);
    return true;
  }

  @Override
  public String beginTransaction(boolean atOneMoment) {
    return "set transaction isolation level %s;%n"
            .formatted(atOneMoment ? "repeatable read" : "read committed")
        + prepareTransaction();
  }

  @Override
  public String commitWithoutWaiting() {
    return "select set_config('synchronous_commit', 'off', true)";
  }

  @Override
  public String checkConstraintsNow() {
    return "set constraints all immediate";
  }

  @Override
  public String isReadOnlyCopy() {
    return "select pg_is_in_recovery()";
  }

  @Override
  public Failure classify(SQLException e) {
    String state = e.getSQLState();
    if (state == null) {
      return Failure.OTHER;
    }
    return switch (state) {
      case "40001", "40P01", "55P03" -> Failure.RETRY;
      case "42501" -> Failure.NOT_PERMITTED;
      case "23503", "23001" -> Failure.FOREIGN_KEY;
      case "23505", "23P01" -> Failure.UNIQUE;
      case "23502" -> Failure.NOT_NULL;
      case "57014" -> Failure.CANCELLED;
      case "57P01", "57P02", "57P03" -> Failure.CONNECTION_LOST;
      default -> byClass(state);
    };
  }

  private static Failure byClass(String state) {
    if (state.startsWith("08")) {
      return Failure.CONNECTION_LOST;
    }
    return state.startsWith("22") || state.startsWith("42") ? Failure.BAD_INPUT : Failure.OTHER;
  }

  @Override
  public String describe(SQLException e) {
    String message = e.getMessage() == null ? "no message" : e.getMessage();
    // The driver appends DETAIL (which quotes row values), HINT, CONTEXT and so on, a line each.
    int end = message.indexOf('\n');
    String first = end < 0 ? message : message.substring(0, end);
    return first.replaceFirst("^(ERROR|FATAL|PANIC): ", "").strip();
  }

  @Override
  public String hash(List<String> expressions) {
    return "hashtextextended(row(" + String.join(", ", expressions) + ")::text, 0)::numeric";
  }

  @Override
  public String fixTextForms() {
    return """
        select set_config('datestyle', 'ISO, YMD', true), set_config('timezone', 'UTC', true),
               set_config('intervalstyle', 'postgres', true),
               set_config('extra_float_digits', '3', true),
               set_config('bytea_output', 'hex', true), set_config('lc_monetary', 'C', true),
               set_config('xmloption', 'content', true), set_config('array_nulls', 'on', true)
        """;
  }

  @Override
  public String asText(String value, Column column) {
    // Casting these to text drops blanks or bytes that the type's own output keeps.
    boolean lossy =
        column.kind() == Column.TypeKind.DOMAIN
            || column.type().startsWith("character(")
            || column.type().equals("bpchar")
            || column.type().equals("character")
            || column.type().equals("\"char\"");
    // A row with a null in it is not "not null", but it is something.
    return lossy
        ? "case when %s is distinct from null then format('%%s', %s) end".formatted(value, value)
        : value + "::text";
  }

  @Override
  public String baseTypeOfDomain() {
    return """
        with recursive t (oid, typmod) as (
          select typbasetype, typtypmod from pg_catalog.pg_type where oid = cast(? as regtype)
          union all
          select d.typbasetype, d.typtypmod
            from t join pg_catalog.pg_type as d on d.oid = t.oid and d.typtype = 'd'
        )
        select pg_catalog.format_type(t.oid, t.typmod)
          from t join pg_catalog.pg_type as p on p.oid = t.oid
         where p.typtype <> 'd'
        """;
  }

  @Override
  public String fromText(String text, Column column) {
    return text + "::" + column.type();
  }

  @Override
  public String fromArrayText(String array, Column column) {
    return literal(array) + "::" + column.type() + "[]";
  }
}
