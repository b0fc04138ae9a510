package org.lethe.trash;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/**
 * A row as an array of texts, one for each column that is stored: columns that the database
 * computes are left out, since it will compute them again.
 */
final class RowImage {

  private final Dialect dialect;
  private final Table table;
  private final List<Column> columns;

  RowImage(Dialect dialect, Table table) {
    this.dialect = dialect;
    this.table = table;
    this.columns = table.columns().stream().filter(c -> !c.generated()).toList();
  }

  Table table() {
    return table;
  }

  List<Column> stored() {
    return columns;
  }

  List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  List<String> types() {
    return columns.stream().map(Column::type).toList();
  }

  /** The whole of row {@code alias}. */
  String of(String alias) {
    return array(columns, alias);
  }

  /** What names row {@code alias}: its key, else the whole of it. */
  String keyOf(String alias) {
    return array(keyColumns(), alias);
  }

  /** Whether row {@code alias} is the one that {@code key}, an array of texts, names. */
  String isNamedBy(String key, String alias) {
    return isNamedBy(dialect, keyColumns(), key, alias);
  }

  static String isNamedBy(Dialect dialect, List<Column> columns, String key, String alias) {
    return IntStream.range(0, columns.size())
        .mapToObj(
            i ->
                "%s.%s = %s"
                    .formatted(
                        alias,
                        dialect.quote(columns.get(i).name()),
                        dialect.fromText("(%s)[%d]".formatted(key, i + 1), columns.get(i))))
        .collect(Collectors.joining(" and "));
  }

  private List<Column> keyColumns() {
    List<String> identity = table.identity();
    return identity.isEmpty()
        ? columns
        : identity.stream().map(c -> table.column(c).orElseThrow()).toList();
  }

  private String array(List<Column> of, String alias) {
    return of.isEmpty()
        ? "'{}'::text[]"
        : of.stream()
            .map(c -> dialect.asText(alias + "." + dialect.quote(c.name()), c))
            .collect(Collectors.joining(", ", "array[", "]::text[]"));
  }
}
