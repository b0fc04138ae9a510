package org.lethe.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a table as a person writes them: {@code table.column}, {@code table(column, column)},
 * {@code table(type='x', id)}; each with a schema in front, and with {@code -> target} behind where
 * that is needed to tell two foreign keys apart. Parts are quoted as {@link org.lethe.schema.Names}
 * does.
 *
 * @param table one part, or schema and table
 * @param conditions columns with the constant they must equal
 * @param target one part, or schema and table; empty if not given
 * @param constraint the foreign key's own name, in brackets behind the target
 */
record ColumnsName(
    List<String> table,
    List<String> columns,
    Map<String, String> conditions,
    List<String> target,
    @Nullable String constraint) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying, for people, what is wrong with the text
   */
  static ColumnsName parse(String text) {
    return new Reader(text).read();
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    ColumnsName read() {
      List<String> parts = dotted();
      List<String> columns = new ArrayList<>();
      Map<String, String> conditions = new LinkedHashMap<>();
      if (peek() == '(') {
        at++;
        do {
          item(columns, conditions);
        } while (take(','));
        if (!take(')')) {
          throw wrong("a closing bracket is missing");
        }
      } else {
        if (parts.size() < 2) {
          throw wrong("a column is missing: write table.column");
        }
        columns.add(parts.remove(parts.size() - 1));
      }
      if (parts.size() > 2) {
        throw wrong("too many parts: write schema.table.column at most");
      }
      if (columns.isEmpty()) {
        throw wrong("only conditions, and no column that holds the value");
      }
      List<String> target = List.of();
      String constraint = null;
      if (arrow()) {
        target = dotted();
        if (target.size() > 2) {
          throw wrong("after -> comes a table: write schema.table at most");
        }
        if (peek() == '(' && text.endsWith(")")) {
          constraint = text.substring(at + 1, text.length() - 1);
          at = text.length();
        }
      }
      if (peek() != 0) {
        throw wrong("\"" + text.substring(at).strip() + "\" is too much at the end");
      }
      return new ColumnsName(parts, columns, conditions, target, constraint);
    }

    private void item(List<String> columns, Map<String, String> conditions) {
      String column = part();
      if (take('=')) {
        String value = peek() == '\'' ? literal() : bare();
        if (conditions.put(column, value) != null) {
          throw wrong("two conditions on " + column);
        }
      } else if (columns.contains(column)) {
        throw wrong(column + " is there twice");
      } else {
        columns.add(column);
      }
    }

    private List<String> dotted() {
      List<String> parts = new ArrayList<>();
      do {
        parts.add(part());
      } while (take('.'));
      return parts;
    }

    private String part() {
      return peek() == '"' ? enclosed('"', "double quote") : bare();
    }

    private String literal() {
      return enclosed('\'', "quote");
    }

    private String enclosed(char quote, String called) {
      StringBuilder part = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c != quote) {
          part.append(c);
        } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
          part.append(quote);
          at++;
        } else {
          at++;
          return part.toString();
        }
      }
      throw wrong("a " + called + " is not closed");
    }

    private String bare() {
      int from = at;
      while (at < text.length()
          && ".(),='\"".indexOf(text.charAt(at)) < 0
          && !text.startsWith("->", at)) {
        at++;
      }
      String part = text.substring(from, at).strip();
      if (part.isEmpty()) {
        throw wrong("a name is missing");
      }
      return part;
    }

    private boolean arrow() {
      if (peek() == '-' && text.startsWith("->", at)) {
        at += 2;
        return true;
      }
      return false;
    }

    private boolean take(char c) {
      if (peek() != c) {
        return false;
      }
      at++;
      return true;
    }

    /** The next character that is no blank; 0 at the end. */
    private char peek() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException("\"" + text + "\" cannot be read: " + what);
    }
  }
}
