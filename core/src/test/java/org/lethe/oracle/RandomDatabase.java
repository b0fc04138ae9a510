package org.lethe.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Names;

/**
 * A small random schema with rows: self-references, cycles, composite keys, keys to unique
 * constraints, odd names, every rule of the database and of the policy, links. All columns are
 * integers; a row is a map from column to value.
 */
final class RandomDatabase {

  /** Names that break whoever forgets to quote. */
  private static final List<String> NAMES =
      List.of("alpha", "order", "Ta ble", "do.t", "qu\"ote", "naïve", "select", "x(y)");

  private static final List<String> DB_RULES =
      List.of("no action", "restrict", "cascade", "set null", "set default");

  final List<TestTable> tables = new ArrayList<>();
  final List<TestRelation> relations = new ArrayList<>();

  /** A table, its key columns, whether it has a second unique column, and its rows. */
  static final class TestTable {
    final String name;
    final List<String> key;
    final Map<String, String> columns = new LinkedHashMap<>();
    final List<Map<String, @Nullable Integer>> rows = new ArrayList<>();

    TestTable(String name, List<String> key) {
      this.name = name;
      this.key = key;
    }
  }

  /** A foreign key, or a link where {@code dbRule} is null; {@code policy} null: not mentioned. */
  record TestRelation(
      TestTable child,
      List<String> columns,
      TestTable parent,
      List<String> parentColumns,
      boolean nullable,
      @Nullable String dbRule,
      String deferrable,
      @Nullable String policy) {

    boolean link() {
      return dbRule == null;
    }

    String name() {
      return columns.size() == 1
          ? Names.join(child.name) + "." + columns.get(0)
          : Names.join(child.name) + "(" + String.join(", ", columns) + ")";
    }

    /** The word that holds: the policy's, else the database's. */
    String rule() {
      if (policy != null) {
        return policy;
      }
      return switch (String.valueOf(dbRule)) {
        case "cascade" -> "cascade";
        case "set null" -> "set_null";
        case "set default" -> "set_default";
        default -> "undecided";
      };
    }
  }

  /**
   * Makes one.
   *
   * @param onlyDatabaseRules no policy, no links, no rules whose outcome depends on row order
   */
  RandomDatabase(Random random, int tableCount, int maxRows, boolean onlyDatabaseRules) {
    for (int i = 0; i < tableCount; i++) {
      boolean composite = random.nextInt(4) == 0;
      TestTable table =
          new TestTable(NAMES.get(i), composite ? List.of("id", "part") : List.of("id"));
      table.key.forEach(k -> table.columns.put(k, "integer not null"));
      table.columns.put("u", "integer not null unique");
      tables.add(table);
    }
    int relationCount = 1 + random.nextInt(tableCount * 2);
    for (int i = 0; i < relationCount; i++) {
      relations.add(randomRelation(random, i, onlyDatabaseRules));
    }
    fill(random, maxRows);
  }

  private TestRelation randomRelation(Random random, int number, boolean onlyDatabaseRules) {
    TestTable child = tables.get(random.nextInt(tables.size()));
    TestTable parent = tables.get(random.nextInt(tables.size()));
    boolean byUnique = random.nextInt(5) == 0;
    List<String> parentColumns = byUnique ? List.of("u") : parent.key;
    boolean nullable = random.nextBoolean();
    boolean link = !onlyDatabaseRules && random.nextInt(6) == 0 && parentColumns.size() == 1;
    List<String> columns =
        IntStream.range(0, parentColumns.size()).mapToObj(j -> "f" + number + "_" + j).toList();
    for (String column : columns) {
      // Row 0 always exists, so it is a usable default.
      child.columns.put(column, "integer" + (nullable ? "" : " not null") + " default 0");
    }
    String dbRule = link ? null : DB_RULES.get(random.nextInt(DB_RULES.size()));
    if (dbRule != null && dbRule.equals("set null") && !nullable) {
      dbRule = "cascade";
    }
    if (onlyDatabaseRules
        && dbRule != null
        && (dbRule.equals("no action") || dbRule.equals("restrict"))) {
      dbRule = "cascade";
    }
    String deferrable = "";
    if (dbRule != null && !dbRule.equals("restrict")) {
      deferrable =
          List.of("", "deferrable", "deferrable initially deferred").get(random.nextInt(3));
    }
    String policy =
        onlyDatabaseRules || (!link && random.nextInt(4) == 0)
            ? null
            : randomPolicy(random, parentColumns.size(), nullable, dbRule);
    return new TestRelation(
        child, columns, parent, parentColumns, nullable, dbRule, deferrable, policy);
  }

  private static String randomPolicy(
      Random random, int columns, boolean nullable, @Nullable String dbRule) {
    List<String> words = new ArrayList<>();
    // Cascades twice as likely as the rest: they are what makes a removal travel.
    words.addAll(List.of("cascade", "cascade", "cascade", "protect", "restrict", "set_default"));
    if (nullable) {
      words.add("set_null");
      words.add("set_null");
    }
    words.add("reassign");
    if (columns == 1) {
      words.add("set");
    }
    if (dbRule == null || dbRule.equals("no action") || dbRule.equals("restrict")) {
      words.add("do_nothing");
    }
    return words.get(random.nextInt(words.size()));
  }

  private void fill(Random random, int maxRows) {
    Map<TestTable, Integer> sizes = new LinkedHashMap<>();
    tables.forEach(t -> sizes.put(t, 1 + random.nextInt(maxRows)));
    for (TestTable table : tables) {
      for (int i = 0; i < sizes.getOrDefault(table, 1); i++) {
        Map<String, @Nullable Integer> row = new LinkedHashMap<>();
        table.columns.keySet().forEach(c -> row.put(c, null));
        // Row n is n in every key and unique column, so a reference is just a number.
        int number = i;
        table.key.forEach(k -> row.put(k, number));
        row.put("u", number);
        table.rows.add(row);
      }
    }
    for (TestRelation r : relations) {
      for (Map<String, @Nullable Integer> row : r.child().rows) {
        boolean isNull = r.nullable() && random.nextInt(4) == 0;
        int target = random.nextInt(sizes.getOrDefault(r.parent(), 1));
        r.columns().forEach(c -> row.put(c, isNull ? null : target));
      }
    }
  }

  /** The statements that make it, in the given schema. */
  String ddl(String schema) {
    StringBuilder sql = new StringBuilder();
    sql.append("drop schema if exists ").append(schema).append(" cascade;\n");
    sql.append("create schema ").append(schema).append(";\n");
    for (TestTable t : tables) {
      sql.append("create table ").append(sqlName(schema, t)).append(" (");
      t.columns.forEach((c, type) -> sql.append(c).append(' ').append(type).append(", "));
      sql.append("primary key (").append(String.join(", ", t.key)).append("));\n");
    }
    // Rows first, keys afterwards: then their order does not matter.
    for (TestTable t : tables) {
      for (Map<String, @Nullable Integer> row : t.rows) {
        sql.append("insert into ").append(sqlName(schema, t)).append(" (");
        sql.append(String.join(", ", row.keySet())).append(") values (");
        sql.append(row.values().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        sql.append(");\n");
      }
    }
    for (TestRelation r : relations) {
      if (!r.link()) {
        sql.append("alter table ").append(sqlName(schema, r.child()));
        sql.append(" add foreign key (").append(String.join(", ", r.columns()));
        sql.append(") references ").append(sqlName(schema, r.parent()));
        sql.append(" (").append(String.join(", ", r.parentColumns())).append(") on delete ");
        sql.append(r.dbRule()).append(' ').append(r.deferrable()).append(";\n");
      }
    }
    return sql.toString();
  }

  static String sqlName(String schema, TestTable table) {
    return schema + ".\"" + table.name.replace("\"", "\"\"") + '"';
  }

  /** The policy as YAML. */
  String policy(String schema) {
    StringBuilder yaml = new StringBuilder("version: 1\nschemas: [" + schema + "]\n");
    Set<String> lines = new LinkedHashSet<>();
    for (TestRelation r : relations) {
      if (!r.link() && r.policy() != null) {
        lines.add("  " + quoted(r.name()) + ": { on_delete: " + onDelete(r) + " }\n");
      }
    }
    if (!lines.isEmpty()) {
      yaml.append("relations:\n").append(String.join("", lines));
    }
    List<TestRelation> links = relations.stream().filter(TestRelation::link).toList();
    if (!links.isEmpty()) {
      yaml.append("links:\n");
      for (TestRelation r : links) {
        yaml.append("  - { from: ").append(quoted(r.name())).append(", to: ");
        yaml.append(quoted(Names.join(r.parent().name) + "." + r.parentColumns().get(0)));
        yaml.append(", on_delete: ").append(onDelete(r)).append(" }\n");
      }
    }
    return yaml.toString();
  }

  private static String onDelete(TestRelation r) {
    String zeros = r.columns().stream().map(c -> "0").collect(Collectors.joining(", ", "[", "]"));
    return switch (r.rule()) {
      case "set" -> "{ set: 0 }";
      case "reassign" -> "{ reassign: " + (r.columns().size() == 1 ? "0" : zeros) + " }";
      default -> r.rule();
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
