package org.lethe.subject.export;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Table;

/**
 * A person's rows of one table, as SQL.
 *
 * @param shared how many of them are others' too
 * @param from a FROM item with its condition: rows {@code c} of the table, entries {@code s} of the
 *     collection
 * @param isShared whether row {@code c} is others' too
 * @param entries the collection as a FROM item: columns {@code k1} and so on, {@code tid}, {@code
 *     part}
 */
record Part(Table table, long rows, long shared, String from, String isShared, String entries) {

  /** The fixed order of rows. */
  String order(String entry) {
    return Arrays.stream(key().split(", "))
        .map(c -> entry + "." + c)
        .collect(Collectors.joining(", "));
  }

  /** Whether a row of the table is this entry. */
  String sameRow(Dialect dialect, String row, String entry) {
    List<String> identity = table.identity();
    return identity.isEmpty()
        ? "%s.ctid = %s.tid and %s.tableoid = %s.part".formatted(row, entry, row, entry)
        : IntStream.range(0, identity.size())
            .mapToObj(
                i -> "%s.%s = %s.k%d".formatted(row, dialect.quote(identity.get(i)), entry, i + 1))
            .collect(Collectors.joining(" and "));
  }

  private String key() {
    int width = table.identity().size();
    return width == 0
        ? "part, tid"
        : IntStream.rangeClosed(1, width).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
  }
}
