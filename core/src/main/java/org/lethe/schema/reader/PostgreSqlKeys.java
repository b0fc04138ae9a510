package org.lethe.schema.reader;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Index;
import org.lethe.schema.Key;

/** Reads PostgreSQL's indexes, the keys among them, and foreign keys. */
final class PostgreSqlKeys {

  private static final String INDEXES =
      "with "
          + PostgreSqlTables.OWN
          + """
          select i.indrelid, c.relname, m.amname, i.indisprimary, i.indisunique,
                 not i.indimmediate as deferrable,
                 i.indkey::int2[] as columns, i.indnkeyatts,
                 pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
                 case when i.indexprs is not null then
                   array(select pg_catalog.pg_get_indexdef(i.indexrelid, k, true)
                           from generate_series(1, i.indnkeyatts) as k order by k)
                 end as parts
            from own
            join pg_catalog.pg_index i on i.indrelid = own.oid
            join pg_catalog.pg_class c on c.oid = i.indexrelid
            join pg_catalog.pg_am m on m.oid = c.relam
           where i.indisvalid and i.indislive
           order by i.indrelid, c.relname
          """;

  /**
   * Keys that the server derived from another, on partitions or for them, are left out: the one
   * they come from is listed. A partition that is being detached has no other any more.
   */
  private static final String FOREIGN_KEYS =
      "with "
          + PostgreSqlTables.OWN
          + """
          select k.conname, k.conrelid, k.conkey, k.confrelid, k.confkey, k.confdeltype,
                 k.confdelsetcols, k.condeferrable, k.condeferred, k.confmatchtype, k.convalidated,
                 %s as enforced
            from own
            join pg_catalog.pg_constraint k on k.conrelid = own.oid
           where k.contype = 'f' and (k.conparentid = 0 or own.detaching)
           order by own.nspname, own.relname, k.conname
          """;

  /** The first version that knows NOT ENFORCED. */
  private static final int NOT_ENFORCED = 18;

  private PostgreSqlKeys() {}

  static void readIndexes(PostgreSqlSession session, TableDrafts drafts) throws SQLException {
    session.each(INDEXES, row -> index(row, drafts));
  }

  private static void index(ResultSet row, TableDrafts drafts) throws SQLException {
    TableDrafts.Draft table = drafts.find(row.getLong("indrelid"));
    if (table == null) {
      return;
    }
    List<Integer> numbers = numbers(row.getArray("columns")).subList(0, row.getInt("indnkeyatts"));
    Array sql = row.getArray("parts");
    List<String> parts =
        sql == null ? table.columnNames(numbers) : parts(table, numbers, (Object[]) sql.getArray());
    String name = row.getString("relname");
    String predicate = row.getString("predicate");
    boolean unique = row.getBoolean("indisunique");
    table.indexes.add(new Index(name, row.getString("amname"), parts, unique, predicate));
    if (unique && predicate == null && sql == null) {
      table.keys.add(
          new Key(name, parts, row.getBoolean("indisprimary"), row.getBoolean("deferrable")));
    }
  }

  /** Parts of an index with expressions, which stand at number 0. */
  private static List<String> parts(TableDrafts.Draft table, List<Integer> numbers, Object[] sql) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      parts.add(number == 0 ? String.valueOf(sql[i]) : table.columnName(number));
    }
    return parts;
  }

  static List<ForeignKey> readForeignKeys(
      PostgreSqlSession session, int version, TableDrafts drafts) throws SQLException {
    List<ForeignKey> keys = new ArrayList<>();
    String enforced = version >= NOT_ENFORCED ? "k.conenforced" : "true";
    session.each(FOREIGN_KEYS.formatted(enforced), row -> foreignKey(row, drafts, keys));
    return keys;
  }

  private static void foreignKey(ResultSet row, TableDrafts drafts, List<ForeignKey> keys)
      throws SQLException {
    TableDrafts.Draft child = drafts.find(row.getLong("conrelid"));
    TableDrafts.Draft parent = drafts.find(row.getLong("confrelid"));
    if (child == null || parent == null) {
      // Points at a table that is nobody's own, such as an extension's: nothing is removed there.
      return;
    }
    List<String> columns = child.columnNames(numbers(row.getArray("conkey")));
    List<String> set = child.columnNames(numbers(row.getArray("confdelsetcols")));
    keys.add(
        new ForeignKey(
            row.getString("conname"),
            child.id,
            columns,
            parent.id,
            parent.columnNames(numbers(row.getArray("confkey"))),
            rule(row.getString("confdeltype")),
            set.isEmpty() ? columns : set,
            row.getBoolean("condeferrable"),
            row.getBoolean("condeferred"),
            row.getString("confmatchtype").equals("f"),
            row.getBoolean("convalidated"),
            row.getBoolean("enforced")));
  }

  private static ForeignKey.Rule rule(String code) {
    return switch (code) {
      case "c" -> ForeignKey.Rule.CASCADE;
      case "n" -> ForeignKey.Rule.SET_NULL;
      case "d" -> ForeignKey.Rule.SET_DEFAULT;
      case "r" -> ForeignKey.Rule.RESTRICT;
      default -> ForeignKey.Rule.NO_ACTION;
    };
  }

  private static List<Integer> numbers(@Nullable Array array) throws SQLException {
    if (array == null) {
      return List.of();
    }
    return Arrays.stream((Object[]) array.getArray()).map(n -> ((Number) n).intValue()).toList();
  }
}
