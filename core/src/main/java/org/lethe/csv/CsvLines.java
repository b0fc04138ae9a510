package org.lethe.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes lines of CSV (RFC 4180) in UTF-8. Not thread-safe. */
public final class CsvLines {

  /** What a spreadsheet takes for the start of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private final Writer writer;

  public CsvLines(OutputStream out) {
    this.writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }

  /**
   * Writes one line of values as they are; see {@link #guarded}.
   *
   * @throws IOException if it cannot be written
   */
  public void line(List<String> values) throws IOException {
    writer.write(values.stream().map(CsvLines::quoted).collect(Collectors.joining(",")));
    writer.write("\r\n");
  }

  /**
   * Hands on what is still held back.
   *
   * @throws IOException if it cannot be written
   */
  public void flush() throws IOException {
    writer.flush();
  }

  /** A text that a spreadsheet does not run as a formula. */
  public static String guarded(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
