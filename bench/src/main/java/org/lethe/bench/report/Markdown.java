package org.lethe.bench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables in Markdown, without the columns of which nothing is known. */
final class Markdown {

  private Markdown() {}

  static String table(List<String> names, List<Boolean> numbers, List<List<String>> rows) {
    List<Integer> kept =
        IntStream.range(0, names.size())
            .filter(i -> rows.stream().anyMatch(row -> !row.get(i).equals(Figures.NONE)))
            .boxed()
            .toList();
    StringBuilder table = new StringBuilder(line(kept.stream().map(names::get).toList()));
    table.append(line(kept.stream().map(i -> numbers.get(i) ? "---:" : "---").toList()));
    rows.forEach(row -> table.append(line(kept.stream().map(row::get).toList())));
    return table.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
