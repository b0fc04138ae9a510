package org.lethe.server.records;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.server.list.ListQuery;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows of a table in an order that is the same every time, from any place on: a page costs the same
 * wherever it is. Rows without a value in the column they are sorted by come last, whichever way it
 * is sorted, in a query of their own, so that an index serves both.
 */
final class RowPages {

  private static final String NOTHING = "~n";
  private static final String SOMETHING = "~v";

  private final Dialect dialect;
  private final JdbcTemplate jdbc;
  private final TableView view;
  private final RowReader reader;

  RowPages(Dialect dialect, JdbcTemplate jdbc, TableView view, RowReader reader) {
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.view = view;
    this.reader = reader;
  }

  /**
   * Where a list goes on.
   *
   * @param sorted the value sorted by; null for NULL, or where the list is in its own order
   */
  private record Place(@Nullable String sorted, List<String> place) {}

  /** Rows from the query's place on. */
  List<RecordRow> rows(RowCondition.Bound condition, ListQuery query, int limit) {
    List<RecordRow> rows = new ArrayList<>();
    each(condition, query, limit, rows::add);
    return rows;
  }

  /**
   * Hands on rows one by one.
   *
   * @param limit how many at most; 0 for all
   */
  void each(RowCondition.Bound condition, ListQuery query, int limit, Consumer<RecordRow> taker) {
    String sort = sort(query);
    @Nullable Place place = place(query);
    if (sort == null) {
      run(after(condition, null, place, query), null, query, limit, taker);
      return;
    }
    int taken = 0;
    String column = "c." + dialect.quote(sort);
    if (place == null || place.sorted() != null) {
      taken =
          run(
              after(condition.and(column + " is not null", List.of()), sort, place, query),
              sort,
              query,
              limit,
              taker);
    }
    boolean nullable = view.column(sort).map(c -> c.column().nullable()).orElse(true);
    if (nullable && (limit == 0 || taken < limit)) {
      @Nullable Place from = place != null && place.sorted() == null ? place : null;
      run(
          after(condition.and(column + " is null", List.of()), null, from, query),
          null,
          query,
          limit == 0 ? 0 : limit - taken,
          taker);
    }
  }

  /** The column to sort by; null where the key's own order is meant. */
  private @Nullable String sort(ListQuery query) {
    return query.sort() == null || view.key().equals(List.of(query.sort())) ? null : query.sort();
  }

  private RowCondition.Bound after(
      RowCondition.Bound condition, @Nullable String sort, @Nullable Place place, ListQuery query) {
    if (place == null) {
      return condition;
    }
    List<String> left = new ArrayList<>();
    List<String> right = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    if (sort != null && place.sorted() != null) {
      left.add("c." + dialect.quote(sort));
      right.add("cast(? as %s)".formatted(type(sort)));
      values.add(place.sorted());
    }
    left.addAll(reader.place());
    reader.placeTypes().forEach(t -> right.add("cast(? as " + t + ")"));
    values.addAll(place.place());
    return condition.and(
        "(%s) %s (%s)"
            .formatted(
                String.join(", ", left), query.descending() ? "<" : ">", String.join(", ", right)),
        values);
  }

  private String type(String column) {
    return dialect.comparableType(view.column(column).orElseThrow().column().type());
  }

  private int run(
      RowCondition.Bound condition,
      @Nullable String sort,
      ListQuery query,
      int limit,
      Consumer<RecordRow> taker) {
    List<String> order = new ArrayList<>();
    if (sort != null) {
      order.add("c." + dialect.quote(sort));
    }
    order.addAll(reader.place());
    String sql =
        "select %s from %s as c where %s order by %s%s"
            .formatted(
                reader.columns(sort),
                dialect.ownRows(view.table()),
                condition.sql(),
                order.stream()
                    .map(o -> o + (query.descending() ? " desc" : ""))
                    .collect(Collectors.joining(", ")),
                limit == 0 ? "" : " limit " + limit);
    int[] taken = new int[1];
    jdbc.query(
        sql,
        rs -> {
          taker.accept(reader.read(rs));
          taken[0]++;
        },
        condition.arguments().toArray());
    return taken[0];
  }

  /** Names a row's place in its list. */
  String place(RecordRow row, ListQuery query) {
    String key = RecordAddress.key(row.place());
    if (sort(query) == null) {
      return key;
    }
    return (row.sorted() == null
            ? NOTHING
            : SOMETHING + "," + RecordAddress.key(List.of(row.sorted())))
        + ","
        + key;
  }

  private @Nullable Place place(ListQuery query) {
    String after = query.after();
    if (after == null) {
      return null;
    }
    String rest = after;
    @Nullable String sorted = null;
    if (sort(query) != null) {
      boolean something = after.startsWith(SOMETHING + ",");
      if (!something && !after.startsWith(NOTHING + ",")) {
        throw unreadable();
      }
      rest = after.substring(NOTHING.length() + 1);
      if (something) {
        int comma = rest.indexOf(',');
        if (comma < 0) {
          throw unreadable();
        }
        sorted = RecordAddress.key(rest.substring(0, comma)).get(0);
        rest = rest.substring(comma + 1);
      }
    }
    List<String> place = RecordAddress.key(rest);
    if (place.size() != reader.place().size()) {
      throw unreadable();
    }
    return new Place(sorted, place);
  }

  private static InputException unreadable() {
    return new InputException("This page of the list does not exist. Go to its first page.");
  }
}
