package org.lethe.subject.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a section as CSV (RFC 4180) in UTF-8, first the names of the columns. */
final class CsvPart {

  /** What a spreadsheet takes for the start of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private CsvPart() {}

  static void write(OutputStream out, Section section) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    List<Section.Heading> columns = section.columns();
    List<String> names = new ArrayList<>();
    for (Section.Heading column : columns) {
      names.add(guarded(column.name()));
      if (column.refers()) {
        names.add(guarded(column.name() + " means"));
      }
    }
    names.add("_trash");
    line(writer, names);
    section.forEach(
        row -> {
          List<String> values = new ArrayList<>();
          for (int i = 0; i < columns.size(); i++) {
            Cell cell = row.cells().get(i);
            values.add(value(cell));
            if (columns.get(i).refers()) {
              values.add(meaning(cell));
            }
          }
          values.add(row.deleted() == null ? "" : row.deleted());
          try {
            line(writer, values);
          } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written", e);
          }
        });
    writer.flush();
  }

  private static void line(Writer writer, List<String> values) throws IOException {
    writer.write(values.stream().map(CsvPart::quoted).collect(Collectors.joining(",")));
    writer.write("\r\n");
  }

  private static String value(Cell cell) {
    if (cell instanceof Cell.Value value) {
      return plain(value.json());
    }
    if (cell instanceof Cell.Reference reference) {
      return plain(reference.json());
    }
    if (cell instanceof Cell.Attached file) {
      return file.path();
    }
    return cell instanceof Cell.Withheld ? Cell.WITHHELD : "";
  }

  private static String meaning(Cell cell) {
    String meaning =
        cell instanceof Cell.Reference r
            ? r.meaning()
            : cell instanceof Cell.Withheld w ? w.meaning() : null;
    return meaning == null ? "" : guarded(meaning);
  }

  /** A number is no formula, whatever its sign; anything else that starts like one is disarmed. */
  private static String plain(String json) {
    return Json.number(json) ? json : guarded(Json.text(json));
  }

  private static String guarded(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
