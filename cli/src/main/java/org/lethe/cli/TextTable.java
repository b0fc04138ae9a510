package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns that line up; numbers to the right. */
final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] rightAligned;

  /**
   * @param alignments one per column: {@code l} or {@code r}
   */
  TextTable(String alignments) {
    rightAligned = new boolean[alignments.length()];
    for (int i = 0; i < rightAligned.length; i++) {
      rightAligned[i] = alignments.charAt(i) == 'r';
    }
  }

  TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The lines, without blanks at their ends. */
  List<String> lines() {
    int[] widths = new int[rightAligned.length];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String padding = " ".repeat(widths[i] - width(row.get(i)));
      line.append(i == 0 ? "" : "  ");
      line.append(rightAligned[i] ? padding + row.get(i) : row.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
