package org.lethe.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.lethe.oracle.RandomDatabase.TestTable;

/** Columns of every sort of type for random tables, and values that are awkward in each. */
final class TypedValues {

  /** Types that a try does not drop. */
  static final String TYPES =
      """
      create schema kinds;
      create type kinds.mood as enum ('sad', 'so "so"', 'happy, very', '漢');
      create type kinds.pair as (a int, b text);
      create type kinds.nest as (p kinds.pair, q int[], c char(3));
      create domain kinds.padded as bpchar check (length(value) < 50);
      create domain kinds.few as int[] check (array_length(value, 1) < 9);
      create domain kinds.couple as kinds.pair check ((value).a is null or (value).a > 0);
      create type kinds.floats as range (subtype = float8, multirange_type_name = kinds.manyfloats);
      """;

  private static final int COLUMNS = 5;

  /** Values by type, as SQL; null goes everywhere. */
  private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

  static {
    values("smallint", "-32768", "32767");
    values("bigint", "-9223372036854775808", "9223372036854775807");
    values(
        "numeric",
        "'NaN'",
        "'infinity'",
        "'-infinity'",
        "1e-1000",
        "1e1000",
        "1.10",
        "1.1",
        "-0.0");
    values("numeric(20, 5)", "12345.6", "0", "'NaN'");
    values("numeric(3, -2)", "99900", "100");
    values("real", "'NaN'", "'-0'", "'infinity'", "'1.17549435e-38'", "0.1");
    values("double precision", "'NaN'", "'-0'", "'-infinity'", "'5e-324'", "0.1", "1e300");
    values("money", "'-92233720368547758.08'", "'0.01'");
    values(
        "text",
        "''",
        "'null'",
        "'NULL'",
        "'{}'",
        "E'line\\nbreak\\ttab \\\\ \"quote\" ''single'''",
        "'Ünïcödé 漢字 العربية 🙂 e\\u0301'",
        "E'\\x01\\x7f'",
        "repeat('long ', 4000)",
        "'%s %1$s ? :x ${y}'");
    values("varchar(5)", "''", "'ab  '", "'漢字漢字漢'");
    values("char(8)", "''", "'ab'", "'  ab'");
    values("bpchar", "'blanks   '", "''");
    values("\"char\"", "'z'", "''", "(-128)::\"char\"");
    values("name", "'na me'", "''");
    values("bytea", "'\\x00ff5c27'", "''", "decode(repeat('00', 9000), 'hex')");
    values("boolean", "true", "false");
    values(
        "date", "'4713-01-01 BC'", "'infinity'", "'-infinity'", "'5874897-12-31'", "'2026-02-03'");
    values("time", "'24:00:00'", "'00:00:00.000001'");
    values("timetz", "'23:59:59.999999+15:59'", "'00:00-15:59'", "'12:00+02'");
    values("timestamp", "'294276-12-31 23:59:59.999999'", "'-infinity'", "'0001-01-01 BC'");
    values(
        "timestamptz",
        "'0044-03-15 12:00:00.123456+00 BC'",
        "'infinity'",
        "'2026-10-25 01:30:00+00'");
    values("timestamp(2)", "'2026-01-01 00:00:00.129'");
    values(
        "interval",
        "'-1 year 2 mons -3 days 04:05:06.789'",
        "'178000000 years'",
        "'infinity'::text::interval",
        "'1 day -1 hour'",
        "'-00:00:01'");
    values("interval year to month", "'1 year 2 mons'");
    values(
        "uuid", "'00000000-0000-0000-0000-000000000000'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'");
    values("json", "'{\"b\": 1,   \"a\": [ 1, 2 ], \"b\": 2}'", "'null'", "'\"\\u0041\"'", "'1e5'");
    values("jsonb", "'{\"z\": null, \"a\": 1.10}'", "'null'", "'[]'", "'\"漢\"'");
    values("jsonpath", "'$.a[*] ? (@ > 1)'", "'strict $'");
    values("xml", "'<a b=\"c\">d &amp; e</a>'", "''", "'no element'");
    values("inet", "'192.168.0.1/24'", "'::1/128'", "'10.0.0.1'");
    values("cidr", "'10.0.0.0/8'", "'::/0'");
    values("macaddr", "'08:00:2b:01:02:03'");
    values("macaddr8", "'08:00:2b:01:02:03:04:05'");
    values("bit(5)", "B'10101'");
    values("bit varying", "B''", "B'1'", "repeat('10', 500)::bit varying");
    values("tsvector", "'a:1A fat:2B ''odd one'':3'", "''");
    values("tsquery", "'fat & !cat <-> dog:*A'", "''");
    values("point", "'(1.1,-2)'", "'(NaN,infinity)'", "'(-0,5e-324)'");
    values("line", "'{1,-1,0}'");
    values("lseg", "'[(1,2),(3,4)]'");
    values("box", "'(3,4),(1,2)'");
    values("path", "'[(0,0),(1,1)]'", "'((0,0),(1,1))'");
    values("polygon", "'((0,0),(1,1),(1,0))'");
    values("circle", "'<(1,2),3>'");
    values("int4range", "'[1,5)'", "'empty'", "'(,)'", "'[3,]'");
    values("tstzrange", "'(,\"2026-01-01 00:00:00+00\"]'", "'[-infinity,infinity]'");
    values("int4multirange", "'{[1,3),[7,9)}'", "'{}'");
    values("kinds.floats", "'[0.1,0.3]'", "'[NaN,NaN]'");
    values("kinds.manyfloats", "'{[0.1,0.2),[1,2)}'");
    values("kinds.mood", "'so \"so\"'", "'happy, very'", "'漢'");
    values("kinds.pair", "row(1, 'a \"b\"\\ , c')", "row(null, null)", "row(null, '')");
    values("kinds.nest", "row(row(1, null), array[1, null], 'x')", "row(null, null, null)");
    values("kinds.padded", "'pad   '", "''");
    values("kinds.few", "array[1, 2]");
    values("kinds.couple", "row(1, null)", "row(null, 'x')", "row(null, null)");
    values("int[]", "'{}'", "'[0:2]={1,NULL,3}'", "'[-1:0][5:6]={{1,2},{3,4}}'", "'{{1},{2}}'");
    values("text[]", "'{\"NULL\",NULL,\"a,b\",\"{}\",\"\\\"\",\"\"}'", "array[e'\\\\', '漢']");
    values("numeric[]", "'{NaN,1.10,infinity}'");
    values("char(3)[]", "'{\"a  \",b,NULL}'");
    values("kinds.mood[]", "'{sad,\"happy, very\"}'");
    values("kinds.pair[]", "'{\"(1,)\",\"(,x)\",NULL}'");
    values("kinds.padded[]", "array['x  '::kinds.padded]");
    values("timestamptz[]", "'{infinity,\"2026-01-01 00:00:00+00\"}'");
    values("int4range[]", "'{\"[1,2)\",empty}'");
    values("oid", "4294967295", "0");
    values("pg_lsn", "'16/B374D848'");
    values("xid8", "'18446744073709551615'");
    values("pg_snapshot", "'10:20:10,14,15'");
  }

  private TypedValues() {}

  private static void values(String type, String... values) {
    VALUES.put(type, List.of(values));
  }

  /** Statements that give every table some columns more, filled at random. */
  static String columns(Random random, RandomDatabase database, String schema) {
    List<String> types = new ArrayList<>(VALUES.keySet());
    StringBuilder sql = new StringBuilder();
    for (TestTable table : database.tables) {
      String name = RandomDatabase.sqlName(schema, table);
      List<String> chosen = random.ints(COLUMNS, 0, types.size()).mapToObj(types::get).toList();
      for (int i = 0; i < COLUMNS; i++) {
        sql.append("alter table %s add column v%d %s;%n".formatted(name, i, chosen.get(i)));
      }
      for (int row = 0; row < table.rows.size(); row++) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < COLUMNS; i++) {
          set.add("v%d = %s".formatted(i, value(random, chosen.get(i))));
        }
        sql.append("update %s set %s where u = %d;%n".formatted(name, String.join(", ", set), row));
      }
    }
    return sql.toString();
  }

  /** Statements that make a table with a column of every type, in which every value occurs. */
  static String everyValue(String table) {
    StringBuilder sql = new StringBuilder("create table " + table + " (id int primary key);\n");
    int most = VALUES.values().stream().mapToInt(List::size).max().orElse(0);
    sql.append("insert into %s select generate_series(0, %d);%n".formatted(table, most));
    int column = 0;
    for (Map.Entry<String, List<String>> type : VALUES.entrySet()) {
      sql.append("alter table %s add column v%d %s;%n".formatted(table, column, type.getKey()));
      for (int row = 0; row < type.getValue().size(); row++) {
        sql.append(
            "update %s set v%d = %s where id = %d;%n"
                .formatted(table, column, type.getValue().get(row), row));
      }
      column++;
    }
    return sql.toString();
  }

  private static String value(Random random, String type) {
    List<String> values = VALUES.getOrDefault(type, List.of());
    int pick = random.nextInt(values.size() + 1);
    return pick < values.size() ? values.get(pick) : "null";
  }
}
