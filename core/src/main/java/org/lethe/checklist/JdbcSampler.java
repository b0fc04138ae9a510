package org.lethe.checklist;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.dialect.Dialect;
import org.lethe.personal.People;
import org.lethe.personal.ValueShape;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples over JDBC: one short, read-only statement per table with text columns. A table that
 * cannot be read in time, or not at all, is passed over. As thread-safe as its connection, which
 * must not be inside a transaction of somebody else's.
 */
public final class JdbcSampler implements Sampler {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSampler.class);

  private static final int ROWS = 200;
  private static final int SECONDS = 2;
  private static final int CHARACTERS = 120;

  private final Connection connection;
  private final Dialect dialect;

  public JdbcSampler(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  @Override
  public Map<String, ValueShape> shapes(Table table) {
    List<Column> columns = table.columns().stream().filter(People::isText).toList();
    if (columns.isEmpty()) {
      return Map.of();
    }
    try {
      boolean autoCommit = connection.getAutoCommit();
      boolean readOnly = connection.isReadOnly();
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try {
        return read(table, columns);
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        connection.setReadOnly(readOnly);
      }
    } catch (SQLException e) {
      // Its message may quote a value, so only the state is told.
      LOG.debug("{} was not sampled: SQL state {}", table.id(), e.getSQLState());
      return Map.of();
    }
  }

  private Map<String, ValueShape> read(Table table, List<Column> columns) throws SQLException {
    List<List<String>> values = new ArrayList<>();
    columns.forEach(c -> values.add(new ArrayList<>()));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      try (ResultSet rows =
          statement.executeQuery(dialect.sample(table, columns, ROWS, CHARACTERS))) {
        while (rows.next()) {
          for (int i = 0; i < columns.size(); i++) {
            String value = rows.getString(i + 1);
            if (value != null) {
              values.get(i).add(value);
            }
          }
        }
      }
    }
    Map<String, ValueShape> shapes = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      shapes.put(columns.get(i).name(), ValueShape.of(values.get(i)));
    }
    return shapes;
  }
}
