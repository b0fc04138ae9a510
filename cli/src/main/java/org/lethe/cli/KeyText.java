package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;

/**
 * Keys as people type them: the value itself, or for a key of several columns its parts joined by
 * commas, a part in double quotes where it holds a comma or a quote.
 */
final class KeyText {

  private KeyText() {}

  /**
   * @throws UsageException if it has not one part per column of the table's key
   */
  static List<String> parse(String text, TableId table, Catalog catalog) {
    List<String> columns = catalog.table(table).identity();
    String name = catalog.displayName(table);
    if (columns.isEmpty()) {
      throw new UsageException(
          name + " has no primary key to name rows by; use --where \"predicate\" instead");
    }
    List<String> parts = columns.size() == 1 ? List.of(text) : split(text);
    if (parts.size() != columns.size()) {
      throw new UsageException(
          "a key of %s has %d parts (%s), but \"%s\" has %d"
              .formatted(name, columns.size(), String.join(",", columns), text, parts.size()));
    }
    return parts;
  }

  /**
   * The same for any columns.
   *
   * @throws UsageException if there are not as many parts
   */
  static List<String> parts(String text, int count, String of) {
    List<String> parts = count == 1 ? List.of(text) : split(text);
    if (parts.size() != count) {
      throw new UsageException(
          "%s has %d columns, but \"%s\" has %d parts".formatted(of, count, text, parts.size()));
    }
    return parts;
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        part.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    if (quoted) {
      throw new UsageException("a quote in the key \"" + text + "\" is not closed");
    }
    parts.add(part.toString());
    return parts;
  }

  /** Writes a key so that {@link #parse} reads it back, on one line. */
  static String write(List<String> key) {
    String text =
        key.size() == 1
            ? key.get(0)
            : key.stream().map(KeyText::quoteIfNeeded).collect(Collectors.joining(","));
    return OneLine.of(text);
  }

  private static String quoteIfNeeded(String part) {
    return part.indexOf(',') < 0 && part.indexOf('"') < 0
        ? part
        : '"' + part.replace("\"", "\"\"") + '"';
  }
}
