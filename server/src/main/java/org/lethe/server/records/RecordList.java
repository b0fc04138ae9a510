package org.lethe.server.records;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.server.list.Facet;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;

/**
 * A page of a table's rows.
 *
 * @param about how many rows the table has, roughly; null where the database does not know
 * @param matching how many match, up to {@link #COUNTED}; null where nobody counted
 * @param narrowedBy filters that no facet shows
 * @param byKey whether the text was taken for a key
 * @param mayDelete whether rows can be chosen to be deleted
 */
record RecordList(
    TableView view,
    ListQuery query,
    Slice<RecordRow> slice,
    List<Facet> facets,
    @Nullable Long about,
    @Nullable Long matching,
    List<NarrowedBy> narrowedBy,
    boolean byKey,
    boolean mayDelete) {

  /** Counting on takes longer than it is worth. */
  static final int COUNTED = 10_000;

  /** A filter, and the list without it. */
  record NarrowedBy(String column, String value, String without) {}

  /** How many match, for people. */
  public String matchingWords() {
    if (matching == null) {
      return "all rows";
    }
    return matching > COUNTED
        ? "all rows, more than " + RecordWords.number(COUNTED)
        : "all " + RecordWords.rows(matching);
  }

  /** The address of the rows that have the text somewhere, where it was taken for a key. */
  public String asText() {
    return new ListQuery(
            query.path(), "\"" + query.text() + "\"", query.filters(), null, false, null)
        .address();
  }
}
