package org.lethe.trash;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lethe.collect.KeySet;
import org.lethe.collect.Labels;
import org.lethe.collect.Row;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/** How people call what a deletion started with: {@code customer 2 Ada Lovelace and 3 more}. */
final class RootLabel {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;

  RootLabel(Decisions decisions, Dialect dialect, JdbcOperations jdbc) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  String of(KeySet roots) {
    Table table = roots.table();
    String name = decisions.catalog().displayName(table.id());
    Labels labels = new Labels(dialect, table, decisions.label(table.id()));
    List<String> first =
        jdbc.query(
            "select %s from %s as c join %s as s on %s where s.via = 0 order by %s limit 1"
                .formatted(
                    labels.columns("c"),
                    dialect.ownRows(table),
                    roots.name(),
                    roots.sameRow("c", "s"),
                    IntStream.rangeClosed(1, labels.width())
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(", "))),
            (rs, n) -> {
              Row row = labels.read(rs, 1);
              // A place names a row only while it is there.
              String key = table.identity().isEmpty() ? "" : String.join(",", row.key());
              return Stream.of(name, key, row.label())
                  .filter(part -> !part.isBlank())
                  .collect(Collectors.joining(" "));
            });
    return first.isEmpty() ? name : first.get(0);
  }
}
