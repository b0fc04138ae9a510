package org.lethe.checklist;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.personal.People;
import org.lethe.personal.ValueShape;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples over JDBC: one short, read-only statement per table with text columns, one more per table
 * with documents, and one per column that people are known by. A table that cannot be read in time,
 * or not at all, is passed over. Remembers what it saw of a table. As thread-safe as its
 * connection, which must not be inside a transaction of somebody else's.
 */
public final class JdbcSampler implements Sampler {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSampler.class);

  private static final int ROWS = 200;
  private static final int SECONDS = 2;
  private static final int CHARACTERS = 120;

  /** A document is looked at only if it is not longer. */
  private static final int DOCUMENT_CHARACTERS = 20_000;

  /** Values of one column that are looked for elsewhere. */
  private static final int LOOKED_FOR = 50;

  /** One statement looks for the values of all tables. */
  private static final int OVERLAP_SECONDS = 10;

  /** Shorter ones are codes and flags that many columns have in common. */
  private static final int SHORTEST = 4;

  /** A cast to text first: a domain may have a length of its own. */
  private static final String WHICH_ARE_THERE =
      """
      select distinct g.value
        from unnest(cast(? as text[])) as g(value)
        join %1$s t on lower(btrim(cast(t.%2$s as text))) = g.value
      """;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<TableId, Map<String, List<String>>> seen = new HashMap<>();

  public JdbcSampler(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  @Override
  public Map<String, ValueShape> shapes(Table table) {
    Map<String, ValueShape> shapes = new LinkedHashMap<>();
    // ValueShape looks at all that was read; only some is kept.
    read(table, texts(table), CHARACTERS)
        .forEach(
            (column, values) -> {
              shapes.put(column, ValueShape.of(values));
              seen.computeIfAbsent(table.id(), t -> new HashMap<>()).put(column, lookedFor(values));
            });
    return shapes;
  }

  @Override
  public List<Field> fields(Table table) {
    List<Column> documents =
        table.columns().stream().filter(c -> c.type().matches("jsonb?")).toList();
    List<Field> fields = new ArrayList<>();
    read(table, documents, DOCUMENT_CHARACTERS)
        .forEach((column, values) -> fields.addAll(JsonFields.of(column, values)));
    return fields;
  }

  @Override
  public List<Overlap> overlaps(Table table, Column known, Collection<Table> others) {
    Map<TableId, Map<String, List<String>>> wanted = new LinkedHashMap<>();
    for (Table other : others) {
      if (!seen.containsKey(other.id())) {
        shapes(other);
      }
      wanted.put(other.id(), seen.getOrDefault(other.id(), Map.of()));
    }
    String[] values =
        wanted.values().stream()
            .flatMap(columns -> columns.values().stream())
            .flatMap(List::stream)
            .distinct()
            .toArray(String[]::new);
    Set<String> there = values.length == 0 ? Set.of() : there(table, known, values);
    List<Overlap> overlaps = new ArrayList<>();
    wanted.forEach(
        (id, columns) ->
            columns.forEach(
                (column, looked) -> {
                  int found = (int) looked.stream().filter(there::contains).count();
                  if (found > 0) {
                    overlaps.add(new Overlap(id, column, looked.size(), found));
                  }
                }));
    return overlaps;
  }

  private static List<Column> texts(Table table) {
    return table.columns().stream().filter(People::isText).toList();
  }

  private static List<String> lookedFor(List<String> values) {
    return values.stream()
        .filter(v -> v.length() < CHARACTERS)
        .map(v -> v.strip().toLowerCase(Locale.ROOT))
        .filter(v -> v.length() >= SHORTEST)
        .distinct()
        .limit(LOOKED_FOR)
        .toList();
  }

  private Set<String> there(Table table, Column known, String[] values) {
    String sql = WHICH_ARE_THERE.formatted(dialect.quote(table.id()), dialect.quote(known.name()));
    Set<String> there =
        reading(
            table,
            () -> {
              try (var statement = connection.prepareStatement(sql)) {
                statement.setQueryTimeout(OVERLAP_SECONDS);
                statement.setArray(1, connection.createArrayOf("text", values));
                try (ResultSet rows = statement.executeQuery()) {
                  List<String> found = new ArrayList<>();
                  while (rows.next()) {
                    found.add(rows.getString(1));
                  }
                  return Set.copyOf(found);
                }
              }
            });
    return there == null ? Set.of() : there;
  }

  /** Values that are not null, by column; empty if the table could not be read. */
  private Map<String, List<String>> read(Table table, List<Column> columns, int characters) {
    if (columns.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> read = reading(table, () -> values(table, columns, characters));
    return read == null ? Map.of() : read;
  }

  private Map<String, List<String>> values(Table table, List<Column> columns, int characters)
      throws SQLException {
    List<List<String>> values = new ArrayList<>();
    columns.forEach(c -> values.add(new ArrayList<>()));
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS);
      try (ResultSet rows =
          statement.executeQuery(dialect.sample(table, columns, ROWS, characters))) {
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
    Map<String, List<String>> byColumn = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      byColumn.put(columns.get(i).name(), values.get(i));
    }
    return byColumn;
  }

  /** Something that is read from the database. */
  private interface Reading<T> {
    T read() throws SQLException;
  }

  /** Leaves the connection as it was; null if it could not be read. */
  private <T> @Nullable T reading(Table table, Reading<T> reading) {
    try {
      boolean autoCommit = connection.getAutoCommit();
      boolean readOnly = connection.isReadOnly();
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      try {
        return reading.read();
      } finally {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        connection.setReadOnly(readOnly);
      }
    } catch (SQLException e) {
      // Its message may quote a value, so only the state is told.
      LOG.debug("{} was not sampled: SQL state {}", table.id(), e.getSQLState());
      return null;
    }
  }
}
