package org.lethe.subject.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.lethe.csv.CsvLines;

/** Writes a section as CSV (RFC 4180) in UTF-8, first the names of the columns. */
final class CsvPart {

  private CsvPart() {}

  static void write(OutputStream out, Section section) throws IOException {
    CsvLines lines = new CsvLines(out);
    List<Section.Heading> columns = section.columns();
    List<String> names = new ArrayList<>();
    for (Section.Heading column : columns) {
      names.add(CsvLines.guarded(column.name()));
      if (column.refers()) {
        names.add(CsvLines.guarded(column.name() + " means"));
      }
    }
    names.add("_trash");
    lines.line(names);
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
            lines.line(values);
          } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written", e);
          }
        });
    lines.flush();
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
    return meaning == null ? "" : CsvLines.guarded(meaning);
  }

  /** A number is no formula, whatever its sign; anything else that starts like one is disarmed. */
  private static String plain(String json) {
    return Json.number(json) ? json : CsvLines.guarded(Json.text(json));
  }
}
