package org.lethe.assertions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Looks for texts in every row of every table of a PostgreSQL database, Lethe's own included: asks
 * the database what tables there are, and knows nothing of a policy. Bytes are looked through, too.
 * Inside one transaction.
 */
final class DatabaseSearch {

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final List<String> wanted = new ArrayList<>();

  DatabaseSearch(Dialect dialect, JdbcOperations jdbc, List<String> texts) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    for (String text : texts) {
      wanted.add(text);
      wanted.add(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** A column in which something was found. */
  record Hit(TableId table, String column, long rows) {}

  List<Hit> search() {
    jdbc.query(dialect.fixTextForms(), rs -> {});
    List<Hit> hits = new ArrayList<>();
    jdbc.query(
            """
            select n.nspname, c.relname
              from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
             where c.relkind in ('r', 'm') and c.relispopulated and c.relpersistence <> 't'
               and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'
             order by 1, 2
            """,
            (rs, n) -> new TableId(rs.getString(1), rs.getString(2)))
        .forEach(table -> search(table, hits));
    return hits;
  }

  private void search(TableId table, List<Hit> hits) {
    String rows = "only " + dialect.quote(table) + " as lethe_row";
    if (count("select count(*) from %s where %s".formatted(rows, has("cast(lethe_row.* as text)")))
        == 0) {
      return;
    }
    List<String> columns =
        jdbc.queryForList(
            """
            select attname from pg_catalog.pg_attribute
             where attrelid = cast(? as regclass) and attnum > 0 and not attisdropped order by attnum
            """,
            String.class,
            dialect.quote(table));
    for (String column : columns) {
      long found =
          count(
              "select count(*) from %s where %s"
                  .formatted(rows, has("lethe_row." + dialect.quote(column) + "::text")));
      if (found > 0) {
        hits.add(new Hit(table, column, found));
      }
    }
  }

  private String has(String text) {
    return Collections.nCopies(wanted.size(), "strpos(lower(%s), ?) > 0".formatted(text)).stream()
        .collect(Collectors.joining(" or "));
  }

  private long count(String sql) {
    Long count = jdbc.queryForObject(sql, Long.class, wanted.toArray());
    return count == null ? 0 : count;
  }
}
