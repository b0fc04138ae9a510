package org.lethe.trash;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Table;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What keeps two rows of a table from standing side by side without being a key: unique indexes
 * over expressions, over some rows only, or in whose eyes nulls are equal, and exclusion
 * constraints.
 */
final class UniqueIndexes {

  /** One row per index; expressions as the server writes them, over the table's own columns. */
  private static final String EXCLUDING =
      """
      select c.relname as name, pg_get_expr(i.indpred, i.indrelid) as predicate,
             array(select pg_get_indexdef(i.indexrelid, k, true)
                          || coalesce(' collate ' || quote_ident(l.collnamespace::regnamespace::text) || '.' || quote_ident(l.collname), '')
                     from generate_series(1, i.indnkeyatts) as k
                     left join pg_collation as l on l.oid = i.indcollation[k - 1] and l.collname <> 'default'
                    order by k) as parts,
             array(select case when x.conexclop is not null
                               then 'operator(' || quote_ident(o.oprnamespace::regnamespace::text) || '.' || o.oprname || ')'
                               when i.indnullsnotdistinct then 'is not distinct from' else '=' end
                     from generate_series(1, i.indnkeyatts) as k
                     left join pg_operator as o on o.oid = x.conexclop[k]
                    order by k) as operators,
             array(select a.attname::text from pg_attribute as a
                    where a.attrelid = i.indrelid
                      and (a.attnum = any (i.indkey) or a.attnum in (
                            select d.refobjsubid from pg_depend as d
                             where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                               and d.refclassid = 'pg_class'::regclass and d.refobjid = i.indrelid))) as columns
        from pg_index as i
        join pg_class as c on c.oid = i.indexrelid
        left join pg_constraint as x on x.conindid = i.indexrelid and x.contype = 'x'
       where i.indrelid = ?::regclass and i.indisvalid
         and (i.indisexclusion
              or i.indisunique and (i.indpred is not null or i.indexprs is not null or i.indnullsnotdistinct))
       order by c.relname
      """;

  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final UUID deletion;

  UniqueIndexes(Dialect dialect, JdbcOperations jdbc, UUID deletion) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.deletion = deletion;
  }

  /** An index that some archived rows cannot pass, as other rows are in their place by now. */
  record Taken(String index, long rows) {}

  private record Excluding(
      String name,
      String condition,
      List<String> parts,
      List<String> operators,
      Set<String> columns) {}

  /** In the order of their names. */
  List<Taken> taken(StoredTable stored) {
    return excluding(stored.table()).stream()
        .filter(i -> stored.has(List.copyOf(i.columns())))
        .map(i -> new Taken(i.name(), rows(stored, i)))
        .filter(t -> t.rows() > 0)
        .toList();
  }

  private List<Excluding> excluding(Table table) {
    return jdbc.query(EXCLUDING, (rs, n) -> excluding(rs), dialect.quote(table.id()));
  }

  private static Excluding excluding(ResultSet rs) throws SQLException {
    String predicate = rs.getString("predicate");
    return new Excluding(
        rs.getString("name"),
        predicate == null ? "true" : predicate,
        texts(rs, "parts"),
        texts(rs, "operators"),
        new HashSet<>(texts(rs, "columns")));
  }

  private static List<String> texts(ResultSet rs, String column) throws SQLException {
    return Arrays.asList((String[]) rs.getArray(column).getArray());
  }

  private long rows(StoredTable stored, Excluding index) {
    String archived =
        stored.common().stream()
            .filter(c -> index.columns().contains(c.name()))
            .map(c -> stored.value("r.image", c) + " as " + dialect.quote(c.name()))
            .collect(Collectors.joining(", "));
    String parts =
        IntStream.range(0, index.parts().size())
            .mapToObj(i -> "%s as part_%d".formatted(index.parts().get(i), i))
            .collect(Collectors.joining(", "));
    String together =
        IntStream.range(0, index.parts().size())
            .mapToObj(i -> "c.part_%1$d %2$s a.part_%1$d".formatted(i, index.operators().get(i)))
            .collect(Collectors.joining(" and "));
    Long rows =
        jdbc.queryForObject(
            """
            select count(*)
              from (select %1$s from (select %2$s from lethe.archived_row as r
                                       where r.deletion_id = ? and r.position = ?) as image
                     where %3$s) as a
             where exists (select 1 from (select %1$s from %4$s as there where %3$s) as c where %5$s)
            """
                .formatted(parts, archived, index.condition(), stored.rows(), together),
            Long.class,
            deletion,
            stored.archived().position());
    return rows == null ? 0 : rows;
  }
}
