package org.lethe.trash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lethe.collect.KeySet;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/** How people call what a deletion started with: {@code customer 2 Ada Lovelace and 3 more}. */
final class RootLabel {

  private static final int LONGEST = 200;

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
    LabelTemplate template = decisions.label(table.id());
    List<String> columns = new ArrayList<>(table.identity());
    columns.addAll(template.columns());
    if (columns.isEmpty()) {
      return decisions.catalog().displayName(table.id());
    }
    String selected =
        columns.stream()
            .map(c -> "left(c." + dialect.quote(c) + "::text, " + LONGEST + ")")
            .collect(Collectors.joining(", "));
    List<String> first =
        jdbc.query(
            "select %s from %s as c join %s as s on %s where s.via = 0 order by %s limit 1"
                .formatted(
                    selected,
                    dialect.ownRows(table),
                    roots.name(),
                    roots.sameRow("c", "s"),
                    columns.stream()
                        .map(c -> "c." + dialect.quote(c) + "::text")
                        .collect(Collectors.joining(", "))),
            (rs, n) -> {
              Map<String, String> values = new HashMap<>();
              for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), String.valueOf(rs.getString(i + 1)));
              }
              String key =
                  table.identity().stream().map(values::get).collect(Collectors.joining(","));
              return Stream.of(
                      decisions.catalog().displayName(table.id()),
                      key,
                      template.render(c -> values.get(c)))
                  .filter(part -> !part.isBlank())
                  .collect(Collectors.joining(" "));
            });
    return first.isEmpty() ? decisions.catalog().displayName(table.id()) : first.get(0);
  }
}
