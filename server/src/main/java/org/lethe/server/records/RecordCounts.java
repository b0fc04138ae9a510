package org.lethe.server.records;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.server.list.ListQuery;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How many rows a list has.
 *
 * @param about in the whole table, roughly; null where the database does not know
 * @param matching those that match, up to 10,001; null where counting would take too long
 * @param by how many each value of a column with few of them would leave; null where counting would
 *     take too long
 */
public record RecordCounts(
    @Nullable Long about, @Nullable Long matching, Map<String, Map<String, @Nullable Long>> by) {

  static RecordCounts of(
      Dialect dialect, JdbcTemplate jdbc, TableView view, ListQuery query, RowCondition condition) {
    long about = Estimates.of(jdbc, view.id());
    boolean small = about >= 0 && about <= RowFacets.COUNTED;
    Map<String, Map<String, @Nullable Long>> by = new LinkedHashMap<>();
    new RowFacets(dialect, jdbc, view).of(query, small).forEach(f -> by.put(f.label(), f.counts()));
    return new RecordCounts(
        about < 0 ? null : about, matching(dialect, jdbc, view, condition, small), by);
  }

  static @Nullable Long matching(
      Dialect dialect, JdbcTemplate jdbc, TableView view, RowCondition condition, boolean small) {
    RowCondition.Bound bound = condition.bound();
    if (!small && !bound.sql().equals("true")) {
      return null;
    }
    return jdbc.queryForObject(
        "select count(*) from (select 1 from %s as c where %s limit %d) as found"
            .formatted(dialect.ownRows(view.table()), bound.sql(), RecordList.COUNTED + 1),
        Long.class,
        bound.arguments().toArray());
  }
}
