package org.lethe.subject.erase;

import java.util.List;

/**
 * What a redaction would take out of a text. Personal: for the eyes of whoever decides.
 *
 * @param column as people call it, with its table
 * @param key of the row, as text; empty where it has none
 * @param before a little of the text before it
 * @param found what would go
 * @param after a little of the text after it
 */
public record Match(String column, List<String> key, String before, String found, String after) {

  public Match {
    key = List.copyOf(key);
  }

  /** Without what was found: this may reach a log. */
  @Override
  public String toString() {
    return "a match in " + column;
  }
}
