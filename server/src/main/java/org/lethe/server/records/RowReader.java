package org.lethe.server.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.FlagColumns;
import org.lethe.schema.Table;
import org.lethe.subject.export.Secrets;

/** What to select from a table for a page, and how to read it; in the order of its columns. */
final class RowReader {

  /** Characters of a value in a list. */
  static final int SHORT = 160;

  /** Characters of a value on the page of its row. */
  static final int LONG = 20_000;

  private static final int LABEL = 200;

  /** A longer document is not looked through for secrets, so it is not shown. */
  private static final int DOCUMENT = 100_000;

  private final Dialect dialect;
  private final TableView view;
  private final @Nullable FlagColumns flag;
  private final int longest;
  private final List<String> labelColumns;

  /**
   * For rows of one table.
   *
   * @param flag how rows are marked as deleted; null where they are not
   * @param longest characters of a value
   */
  RowReader(Dialect dialect, TableView view, @Nullable FlagColumns flag, int longest) {
    this.dialect = dialect;
    this.view = view;
    this.flag = flag;
    this.longest = longest;
    this.labelColumns =
        view.label().columns().stream()
            .filter(c -> view.column(c).map(s -> !s.hidden()).orElse(false))
            .toList();
  }

  /** What puts rows in an order that is the same every time, as SQL on row {@code c}. */
  List<String> place() {
    if (view.keyed()) {
      return view.key().stream().map(k -> "c." + dialect.quote(k)).toList();
    }
    return view.table().kind() == Table.Kind.PARTITIONED
        ? List.of("c.tableoid", "c.ctid")
        : List.of("c.ctid");
  }

  /** The types of these. */
  List<String> placeTypes() {
    if (view.keyed()) {
      return view.key().stream()
          .map(k -> dialect.comparableType(view.column(k).orElseThrow().column().type()))
          .toList();
    }
    return place().size() == 1 ? List.of("tid") : List.of("oid", "tid");
  }

  /**
   * The columns to select from row {@code c}.
   *
   * @param sort a column whose value is wanted as well; null for none
   */
  String columns(@Nullable String sort) {
    List<String> selected = new ArrayList<>();
    place().forEach(p -> selected.add(p + "::text"));
    selected.add(sort == null ? "null" : "c." + dialect.quote(sort) + "::text");
    selected.add(
        flag == null
            ? "false"
            : "not (" + flag.isLive("c." + dialect.quote(flag.telling().name())) + ")");
    labelColumns.forEach(
        l -> selected.add("left(c.%s::text, %d)".formatted(dialect.quote(l), LABEL)));
    view.columns().stream().filter(c -> !c.hidden()).forEach(c -> selected.add(shown(c)));
    return String.join(", ", selected);
  }

  private String shown(ShownColumn column) {
    String value = "c." + dialect.quote(column.name());
    if (column.bytes()) {
      return "octet_length(" + value + ")::text";
    }
    int length = column.json() ? DOCUMENT : longest;
    return "left(%s::text, %d)".formatted(value, length + 1);
  }

  RecordRow read(ResultSet rs) throws SQLException {
    int at = 1;
    List<String> place = new ArrayList<>();
    for (int i = 0; i < place().size(); i++) {
      place.add(rs.getString(at++));
    }
    String sorted = rs.getString(at++);
    boolean marked = rs.getBoolean(at++);
    Map<String, String> named = new HashMap<>();
    for (String column : labelColumns) {
      String value = rs.getString(at++);
      if (value != null) {
        named.put(column, value);
      }
    }
    List<Cell> cells = new ArrayList<>();
    for (ShownColumn column : view.columns()) {
      cells.add(
          column.hidden()
              ? new Cell(column, null, true, false, null, null)
              : cell(column, rs.getString(at++)));
    }
    String key = view.keyed() ? RecordAddress.key(place) : null;
    String label = view.label().render(named::get);
    return new RecordRow(
        place,
        sorted,
        key,
        key == null ? null : view.path() + "/" + key,
        label.isEmpty() && key != null ? String.join(", ", place) : label,
        marked,
        cells);
  }

  private Cell cell(ShownColumn column, @Nullable String value) {
    if (value == null) {
      return new Cell(column, null, false, false, null, null);
    }
    if (column.bytes()) {
      return new Cell(column, value + " bytes", false, false, null, null);
    }
    String text = value;
    if (column.json()) {
      text = value.length() > DOCUMENT ? "a document too long to be shown" : Secrets.without(value);
    }
    boolean cut = text.length() > longest;
    return new Cell(column, cut ? text.substring(0, longest) : text, false, cut, null, null);
  }

  /** The values of a row that are whole, by column. */
  static Map<String, String> whole(List<Cell> cells) {
    Map<String, String> values = new HashMap<>();
    cells.stream()
        .filter(c -> !c.cut() && !c.hidden())
        .forEach(c -> Stream.ofNullable(c.text()).forEach(t -> values.put(c.column().name(), t)));
    return values;
  }
}
