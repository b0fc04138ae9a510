package org.lethe.subject.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.TableId;
import tools.jackson.databind.JsonNode;

/** Rows from elsewhere, written down so that they can be read as often as those of a table. */
final class SpooledSection implements Section, AutoCloseable {

  private final String name;
  private final String slug;
  private final String heading;
  private final @Nullable String note;
  private final Path file;
  private final BufferedWriter writer;
  private final Map<String, Heading> columns = new LinkedHashMap<>();
  private long rows;
  private long shared;

  /**
   * @param source where the rows are from, for people
   */
  SpooledSection(String name, String slug, String heading, @Nullable String source, Path file) {
    this.name = name;
    this.slug = slug;
    this.heading = heading;
    this.note = source;
    this.file = file;
    this.writer = Spool.writer(file);
  }

  /** One row, with cells by name. */
  void add(Map<String, Cell> cells, boolean isShared, @Nullable String deleted) {
    Map<String, Object> line = new LinkedHashMap<>();
    cells.forEach(
        (column, cell) -> {
          boolean isFile = cell instanceof Cell.Attached;
          columns.merge(
              column,
              new Heading(column, column, false, isFile),
              (a, b) -> new Heading(column, column, false, a.file() || b.file()));
          line.put(column, written(cell));
        });
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("shared", isShared);
    row.put("deleted", deleted);
    row.put("cells", line);
    try {
      writer.write(Json.of(row));
      writer.write('\n');
    } catch (IOException e) {
      throw Spool.failure(e);
    }
    rows++;
    shared += isShared ? 1 : 0;
  }

  private static List<@Nullable Object> written(Cell cell) {
    List<@Nullable Object> parts = new ArrayList<>();
    if (cell instanceof Cell.Value value) {
      parts.add("value");
      parts.add(value.json());
    } else if (cell instanceof Cell.Withheld withheld) {
      parts.add("withheld");
      parts.add(withheld.meaning());
    } else if (cell instanceof Cell.Attached attached) {
      parts.add("file");
      parts.add(attached.path());
      parts.add(attached.bytes());
      parts.add(attached.picture());
      parts.add(((Spooled) attached.content()).file().toString());
    } else {
      parts.add("empty");
    }
    return parts;
  }

  /** The bytes of a file that was written down. */
  record Spooled(Path file) implements Content {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      Files.copy(file, out);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String slug() {
    return slug;
  }

  @Override
  public @Nullable TableId table() {
    return null;
  }

  @Override
  public String heading() {
    return heading;
  }

  @Override
  public @Nullable String note() {
    return note;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long shared() {
    return shared;
  }

  @Override
  public List<Heading> columns() {
    return List.copyOf(columns.values());
  }

  @Override
  public @Nullable LabelTemplate label() {
    return null;
  }

  @Override
  public void forEach(Consumer<Row> row) {
    List<Heading> all = columns();
    long[] number = new long[1];
    Spool.lines(
        file,
        line -> {
          JsonNode read = Json.read(line);
          JsonNode cells = read.get("cells");
          List<Cell> values = new ArrayList<>();
          for (Heading column : all) {
            JsonNode cell = cells.get(column.column());
            values.add(cell == null ? Cell.ABSENT : read(cell));
          }
          String deleted = read.get("deleted").isNull() ? null : read.get("deleted").asString();
          row.accept(new Row(++number[0], read.get("shared").asBoolean(), deleted, values));
        });
  }

  private static Cell read(JsonNode parts) {
    return switch (parts.get(0).asString()) {
      case "value" -> new Cell.Value(parts.get(1).asString());
      case "withheld" -> new Cell.Withheld(parts.get(1).isNull() ? null : parts.get(1).asString());
      case "file" ->
          new Cell.Attached(
              parts.get(1).asString(),
              parts.get(2).asLong(),
              parts.get(3).asBoolean(),
              new Spooled(Path.of(Objects.requireNonNull(parts.get(4).asString()))));
      default -> Cell.EMPTY;
    };
  }

  /** Ends the writing; only then can it be read. */
  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw Spool.failure(e);
    }
  }
}
