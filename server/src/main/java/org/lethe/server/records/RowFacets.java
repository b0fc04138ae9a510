package org.lethe.server.records;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.server.list.Facet;
import org.lethe.server.list.ListQuery;
import org.springframework.jdbc.core.JdbcTemplate;

/** Ways to narrow a table's rows: its columns with few values, counted where that is quick. */
final class RowFacets {

  /** Counting the rows of a bigger table takes longer than anybody waits for a list. */
  static final long COUNTED = 50_000;

  private static final int MOST = 6;

  private final Dialect dialect;
  private final JdbcTemplate jdbc;
  private final TableView view;

  RowFacets(Dialect dialect, JdbcTemplate jdbc, TableView view) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.view = view;
  }

  List<Facet> of(ListQuery query, boolean counted) {
    List<Facet> facets = new ArrayList<>();
    view.columns().stream()
        .filter(c -> c.filtered() && (c.isEnum() || c.isBoolean()))
        .limit(MOST)
        .forEach(c -> facets.add(facet(c, query, counted)));
    return facets;
  }

  private Facet facet(ShownColumn column, ListQuery query, boolean counted) {
    String name = TableView.parameter(column.name());
    @Nullable Map<String, Long> counts = counted ? counts(column, query) : null;
    List<Facet.Value> values = new ArrayList<>();
    for (String value : values(column)) {
      values.add(
          new Facet.Value(value, value, counts == null ? null : counts.getOrDefault(value, 0L)));
    }
    return Facet.of(query, name, column.name(), values);
  }

  private List<String> values(ShownColumn column) {
    return column.isBoolean()
        ? List.of("true", "false")
        : jdbc.queryForList(
            """
            select enumlabel from pg_catalog.pg_enum
             where enumtypid = cast(? as regtype) order by enumsortorder
            """,
            String.class,
            column.column().type());
  }

  /** As if the list were not narrowed by this column itself. */
  private Map<String, Long> counts(ShownColumn column, ListQuery query) {
    Map<String, String> others = new LinkedHashMap<>(query.filters());
    others.remove(TableView.parameter(column.name()));
    RowCondition.Bound condition =
        RowCondition.of(
                view, new ListQuery(query.path(), query.text(), others, null, false, null), dialect)
            .bound();
    Map<String, Long> counts = new LinkedHashMap<>();
    jdbc.query(
        "select c.%1$s::text, count(*) from %2$s as c where c.%1$s is not null and %3$s group by 1"
            .formatted(
                dialect.quote(column.name()), dialect.ownRows(view.table()), condition.sql()),
        rs -> {
          counts.put(rs.getString(1), rs.getLong(2));
        },
        condition.arguments().toArray());
    return counts;
  }
}
