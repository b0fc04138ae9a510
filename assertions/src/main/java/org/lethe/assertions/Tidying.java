package org.lethe.assertions;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/** Takes away what a canary left. Inside one transaction. */
final class Tidying {

  private final Dialect dialect;
  private final JdbcOperations jdbc;

  Tidying(Dialect dialect, JdbcOperations jdbc) {
    this.dialect = dialect;
    this.jdbc = jdbc;
  }

  /**
   * Removes rows that are still there, children before parents, and all that is known of the
   * request.
   */
  int remove(List<Made> made, UUID request) {
    List<Made> children = new ArrayList<>(made);
    Collections.reverse(children);
    int gone = 0;
    for (Made row : children) {
      Table table = row.table();
      if (!table.identity().isEmpty()) {
        gone +=
            jdbc.update(
                "delete from %s as c where %s"
                    .formatted(
                        dialect.quote(table.id()),
                        table.identity().stream()
                            .map(c -> "c.%s::text = ?".formatted(dialect.quote(c)))
                            .collect(Collectors.joining(" and "))),
                table.identity().stream().map(c -> row.values().get(c)).toArray());
      }
    }
    for (String ledger : List.of("suppressed", "erased", "request")) {
      gone += jdbc.update("delete from lethe.%s where request_id = ?".formatted(ledger), request);
    }
    return gone;
  }
}
