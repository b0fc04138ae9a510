package org.lethe.stores.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.stores.Mentions;

/** Looks for a text in every column of every table of a database, row by row. */
record TableSearch(Connection connection, int seconds) {

  private static final int FETCH = 500;
  private static final Set<Integer> BINARY =
      Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

  List<String> mentions(String text) throws SQLException {
    Mentions found = new Mentions(text);
    for (Named table : tables()) {
      search(table, found);
    }
    return found.places();
  }

  /** A table, and how SQL writes it. */
  private record Named(String name, String quoted) {}

  private List<Named> tables() throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    boolean schemas = about.supportsSchemasInTableDefinitions();
    String quote = about.getIdentifierQuoteString().strip();
    List<Named> tables = new ArrayList<>();
    try (ResultSet all =
        about.getTables(connection.getCatalog(), null, "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (all.next()) {
        String name = all.getString("TABLE_NAME");
        @Nullable String schema = all.getString(schemas ? "TABLE_SCHEM" : "TABLE_CAT");
        tables.add(
            schema == null
                ? new Named(name, quoted(quote, name))
                : new Named(
                    schema + "." + name, quoted(quote, schema) + "." + quoted(quote, name)));
      }
    }
    return tables;
  }

  private static String quoted(String quote, String name) {
    return quote + (quote.isEmpty() ? name : name.replace(quote, quote + quote)) + quote;
  }

  private void search(Named table, Mentions found) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.setQueryTimeout(seconds);
      s.setFetchSize(FETCH);
      try (ResultSet rows = s.executeQuery("select * from " + table.quoted())) {
        ResultSetMetaData about = rows.getMetaData();
        while (rows.next() && !found.full()) {
          for (int i = 1; i <= about.getColumnCount(); i++) {
            boolean binary = BINARY.contains(about.getColumnType(i));
            found.look(
                table.name() + "." + about.getColumnName(i),
                binary ? rows.getBytes(i) : rows.getString(i));
          }
        }
      }
    }
  }
}
