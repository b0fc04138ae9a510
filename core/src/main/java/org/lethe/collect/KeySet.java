package org.lethe.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/**
 * The rows of one table that go, as a temporary table, or written out where they are a handful:
 * their keys, the other columns that relations into the table refer to, their place, the relation
 * that reached them, and the wave in which it did. Lives as long as its transaction.
 */
public final class KeySet {

  /** What {@code via} holds for roots; relations are numbered from 1. */
  static final int ROOT = 0;

  private final Dialect dialect;
  private final Table table;
  private final String name;
  private final boolean stored;
  private final @Nullable String places;
  private final List<String> identity;
  private final List<String> carried;
  private final Map<Integer, Long> reachedBy = new LinkedHashMap<>();

  /**
   * @param carried columns outside the identity that relations into the table refer to
   */
  KeySet(Dialect dialect, Table table, String name, List<String> carried) {
    this(dialect, table, "pg_temp." + name, carried, true, null);
  }

  private KeySet(
      Dialect dialect,
      Table table,
      String name,
      List<String> carried,
      boolean stored,
      @Nullable String places) {
    this.dialect = dialect;
    this.table = table;
    this.name = name;
    this.stored = stored;
    this.places = places;
    this.identity = table.identity();
    this.carried = List.copyOf(carried);
  }

  public Table table() {
    return table;
  }

  /** Its entries, as a FROM item: the temporary table, or a query that writes them out. */
  public String name() {
    return name;
  }

  /** Whether there is a temporary table, which can be added to and indexed. */
  boolean stored() {
    return stored;
  }

  /**
   * The places of its rows, all in one table, as an array written out; null where they are in a
   * temporary table.
   */
  public @Nullable String places() {
    return places;
  }

  public List<String> identity() {
    return identity;
  }

  /** Its columns in order, for INSERT and SELECT. */
  String columns() {
    List<String> all = new ArrayList<>(columnNames());
    all.addAll(List.of("tid", "part", "via", "wave"));
    return String.join(", ", all);
  }

  /** A list of columns as those of one alias. */
  static String prefixed(String alias, String columns) {
    return Stream.of(columns.split(", "))
        .map(c -> alias + "." + c)
        .collect(Collectors.joining(", "));
  }

  /** The columns of the real table that it holds: its identity, then the others. */
  List<Column> held() {
    return Stream.concat(identity.stream(), carried.stream())
        .map(name -> table.column(name).orElseThrow())
        .toList();
  }

  List<String> columnNames() {
    List<String> names = new ArrayList<>();
    IntStream.rangeClosed(1, identity.size()).forEach(i -> names.add("k" + i));
    IntStream.rangeClosed(1, carried.size()).forEach(i -> names.add("r" + i));
    return names;
  }

  /** The same columns read from a row of the real table. */
  String values(String row, String via, int wave) {
    return rowColumns(row).collect(Collectors.joining(", "))
        + (identity.isEmpty() && carried.isEmpty() ? "" : ", ")
        + "%s.ctid as tid, %s.tableoid as part, %s as via, %d as wave"
            .formatted(row, row, via, wave);
  }

  private Stream<String> rowColumns(String row) {
    List<String> columns = new ArrayList<>(identity);
    columns.addAll(carried);
    List<String> names = columnNames();
    return IntStream.range(0, columns.size())
        .mapToObj(i -> row + "." + dialect.quote(columns.get(i)) + " as " + names.get(i));
  }

  String column(String alias, String column) {
    return alias + "." + column(column);
  }

  /** Where a column of the real table stands in the temporary one. */
  public String column(String column) {
    int i = identity.indexOf(column);
    if (i >= 0) {
      return "k" + (i + 1);
    }
    int j = carried.indexOf(column);
    if (j < 0) {
      throw new IllegalArgumentException(column + " is not carried for " + table.id());
    }
    return "r" + (j + 1);
  }

  /** Whether a row of the real table is this entry of the set. */
  public String sameRow(String row, String entry) {
    return identity.isEmpty()
        ? samePlace(row, entry)
        : IntStream.range(0, identity.size())
            .mapToObj(
                i -> "%s.%s = %s.k%d".formatted(row, dialect.quote(identity.get(i)), entry, i + 1))
            .collect(Collectors.joining(" and "));
  }

  /** The same by place, which is quicker but lost when the row is written again. */
  public String samePlace(String row, String entry) {
    return table.kind() == Table.Kind.PARTITIONED
        ? "%s.ctid = %s.tid and %s.tableoid = %s.part".formatted(row, entry, row, entry)
        : "%s.ctid = %s.tid".formatted(row, entry);
  }

  /** The quickest way to a row that nobody has written again since it was collected. */
  public String sameRowSoFar(String row, String entry) {
    // In a partitioned table places are only good together with the partition, which the planner
    // cannot use to find them.
    return table.kind() == Table.Kind.PARTITIONED ? sameRow(row, entry) : samePlace(row, entry);
  }

  /** Whether two entries stand for the same row. */
  String sameEntry(String a, String b) {
    return identity.isEmpty()
        ? "%s.tid = %s.tid and %s.part = %s.part".formatted(a, b, a, b)
        : IntStream.rangeClosed(1, identity.size())
            .mapToObj(i -> "%s.k%d = %s.k%d".formatted(a, i, b, i))
            .collect(Collectors.joining(" and "));
  }

  /** The columns that tell entries apart, for DISTINCT ON, indexes and a fixed order. */
  public String distinguishing() {
    return identity.isEmpty()
        ? "tid, part"
        : IntStream.rangeClosed(1, identity.size())
            .mapToObj(i -> "k" + i)
            .collect(Collectors.joining(", "));
  }

  /** A condition that a row of the real table is not in the set; empty while nothing is in it. */
  public String andNotIn(String row) {
    return isEmpty() ? "" : " and " + notIn(row);
  }

  /** The same, whether or not something is in it. */
  String notIn(String row) {
    return "not exists (select 1 from " + name() + " as x where " + sameRow(row, "x") + ")";
  }

  void add(int via, long rows) {
    if (rows != 0) {
      reachedBy.merge(via, rows, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  /** A set of the same shape in another temporary table. */
  KeySet named(String otherName) {
    return new KeySet(dialect, table, otherName, carried);
  }

  /** A set of the same shape that is not stored, with its entries in another FROM item. */
  KeySet in(String fromItem) {
    return new KeySet(dialect, table, fromItem, carried, false, null);
  }

  /** The same, where it is known which places they are. */
  KeySet in(String fromItem, String theirPlaces) {
    return new KeySet(dialect, table, fromItem, carried, false, theirPlaces);
  }

  void forget(int via) {
    reachedBy.remove(via);
  }

  Map<Integer, Long> reachedBy() {
    return reachedBy;
  }

  public long rows() {
    return reachedBy.values().stream().mapToLong(Long::longValue).sum();
  }

  public boolean isEmpty() {
    return reachedBy.isEmpty();
  }
}
