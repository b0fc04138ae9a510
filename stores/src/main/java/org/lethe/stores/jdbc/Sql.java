package org.lethe.stores.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lethe.store.StoreException;

/**
 * One table as the database knows it: how its name is written, the sorts of its columns, its key.
 * Immutable.
 */
final class Sql {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

  private final String quote;
  private final String quoted;
  private final Map<String, Integer> types;
  private final List<String> key;
  private final boolean untyped;

  private Sql(
      String quote, String quoted, Map<String, Integer> types, List<String> key, boolean untyped) {
    this.untyped = untyped;
    this.quote = quote;
    this.quoted = quoted;
    this.types = types;
    this.key = key;
  }

  static Sql of(Connection connection, TableRule rule, String store, int seconds)
      throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    String quote = about.getIdentifierQuoteString().strip();
    String[] names = rule.name().split("\\.", 2);
    String quoted =
        names.length == 1
            ? quote(quote, names[0])
            : quote(quote, names[0]) + "." + quote(quote, names[1]);
    Map<String, Integer> types = types(connection, quoted, seconds);
    List<String> key = rule.key().isEmpty() ? primaryKey(connection, names) : rule.key();
    if (key.isEmpty()) {
      throw new StoreException(
          "%s: the table %s has no primary key; say what tells its rows apart: key: [column]"
              .formatted(store, rule.name()),
          false);
    }
    // PostgreSQL takes a text for a uuid or a time only where nobody says that it is a text.
    boolean untyped = about.getDatabaseProductName().equals("PostgreSQL");
    return new Sql(quote, quoted, types, key, untyped);
  }

  private static Map<String, Integer> types(Connection connection, String quoted, int seconds)
      throws SQLException {
    Map<String, Integer> types = new TreeMap<>();
    try (PreparedStatement s =
        connection.prepareStatement("select * from %s where 1 = 0".formatted(quoted))) {
      s.setQueryTimeout(seconds);
      try (ResultSet none = s.executeQuery()) {
        for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
          types.put(none.getMetaData().getColumnName(i), none.getMetaData().getColumnType(i));
        }
      }
    }
    return types;
  }

  private static List<String> primaryKey(Connection connection, String[] names)
      throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    boolean schemas = about.supportsSchemasInTableDefinitions();
    String catalog = schemas || names.length == 1 ? connection.getCatalog() : names[0];
    String schema = !schemas ? null : names.length == 1 ? connection.getSchema() : names[0];
    Map<Integer, String> columns = new TreeMap<>();
    try (ResultSet key = about.getPrimaryKeys(catalog, schema, names[names.length - 1])) {
      while (key.next()) {
        columns.put(key.getInt("KEY_SEQ"), key.getString("COLUMN_NAME"));
      }
    }
    return new ArrayList<>(columns.values());
  }

  List<String> key() {
    return key;
  }

  /** The table's name in SQL. */
  String table() {
    return quoted;
  }

  /** A column's name in SQL. */
  String column(String name) {
    return quote(quote, name);
  }

  private static String quote(String quote, String name) {
    if (quote.isEmpty()) {
      return plain(name);
    }
    return quote + name.replace(quote, quote + quote) + quote;
  }

  /** A name of an engine that cannot quote names. */
  private static String plain(String name) {
    if (!PLAIN.matcher(name).matches()) {
      throw new StoreException("the database cannot be asked about such a name: " + name, false);
    }
    return name;
  }

  private int type(String column) {
    return types.getOrDefault(column, Types.VARCHAR);
  }

  boolean isText(String column) {
    return switch (type(column)) {
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          true;
      default -> false;
    };
  }

  boolean isPadded(String column) {
    return type(column) == Types.CHAR || type(column) == Types.NCHAR;
  }

  boolean isBinary(String column) {
    return switch (type(column)) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
      default -> false;
    };
  }

  /**
   * A value in the sort of its column.
   *
   * @throws IllegalArgumentException if the column cannot hold it
   */
  Object typed(String column, String value) {
    return switch (type(column)) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE ->
          Numbers.of(value);
      case Types.BIT, Types.BOOLEAN -> truth(value);
      default -> value;
    };
  }

  private static Boolean truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  void bind(PreparedStatement statement, int index, String column, Object value)
      throws SQLException {
    if (untyped && value instanceof String && !isText(column)) {
      statement.setObject(index, value, Types.OTHER);
    } else {
      statement.setObject(index, value);
    }
  }

  void bindNull(PreparedStatement statement, int index, String column) throws SQLException {
    statement.setNull(index, type(column));
  }
}
