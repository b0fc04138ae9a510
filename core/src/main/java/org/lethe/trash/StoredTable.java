package org.lethe.trash;

import java.util.List;
import java.util.stream.Collectors;
import org.lethe.dialect.Dialect;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.Trigger;

/** An archived table beside the table it came from, as that is now: how images become rows. */
final class StoredTable {

  private final Dialect dialect;
  private final ArchivedTable archived;
  private final Table table;
  private final List<Column> common;

  StoredTable(Dialect dialect, ArchivedTable archived, Table table) {
    this.dialect = dialect;
    this.archived = archived;
    this.table = table;
    this.common =
        archived.columns().stream()
            .flatMap(c -> table.column(c).stream())
            .filter(c -> !c.generated())
            .toList();
  }

  ArchivedTable archived() {
    return archived;
  }

  Table table() {
    return table;
  }

  /** Where rows are looked for and changed. */
  String rows() {
    return dialect.ownRows(table);
  }

  /** The columns that were archived and are still there. */
  List<Column> common() {
    return List.copyOf(common);
  }

  String columns() {
    return common.stream().map(c -> dialect.quote(c.name())).collect(Collectors.joining(", "));
  }

  /** The columns' values, from an image. */
  String values(String image) {
    return common.stream().map(c -> value(image, c)).collect(Collectors.joining(", "));
  }

  /** {@code a = ..., b = ...}, from an image. */
  String assignments(String image) {
    return common.stream()
        .filter(c -> c.identity() != Column.Identity.ALWAYS)
        .map(c -> dialect.quote(c.name()) + " = " + value(image, c))
        .collect(Collectors.joining(", "));
  }

  /** Whether row {@code alias} is what the image shows. */
  String same(String alias, String image) {
    return common.stream()
        .map(
            c ->
                "%s is not distinct from (%s)[%d]"
                    .formatted(
                        dialect.asText(alias + "." + dialect.quote(c.name()), c),
                        image,
                        archived.place(c.name())))
        .collect(Collectors.joining(" and "));
  }

  boolean named() {
    return !archived.identity().isEmpty()
        && archived.identity().stream().allMatch(c -> table.column(c).isPresent());
  }

  /** Whether row {@code alias} has the key of the image; only where rows are {@link #named}. */
  String sameKey(String alias, String image) {
    return equal(alias, archived.identity(), image);
  }

  /**
   * Whether row {@code alias} is the one that {@code key}, an array of texts, named then; only
   * where rows are {@link #named}.
   */
  String namedBy(String alias, String key) {
    return RowImage.isNamedBy(
        dialect,
        archived.identity().stream().map(c -> table.column(c).orElseThrow()).toList(),
        key,
        alias);
  }

  /** Row {@code alias} as an image in the order of then, nulls for columns that are no more. */
  String image(String alias) {
    return archived.columns().stream()
        .map(
            name ->
                table
                    .column(name)
                    .map(c -> dialect.asText(alias + "." + dialect.quote(name), c))
                    .orElse("null"))
        .collect(Collectors.joining(", ", "array[", "]::text[]"));
  }

  /** Whether these columns of row {@code alias} equal those of the image. */
  String equal(String alias, List<String> columns, String image) {
    return columns.stream()
        .map(
            c ->
                "%s.%s = %s"
                    .formatted(
                        alias, dialect.quote(c), value(image, table.column(c).orElseThrow())))
        .collect(Collectors.joining(" and "));
  }

  String value(String image, Column column) {
    return dialect.fromText(text(image, column.name()), column);
  }

  /** A column's value in an image, as text. */
  String text(String image, String column) {
    return "(%s)[%d]".formatted(image, archived.place(column));
  }

  /** Whether the application's own triggers or rules would change what is written, unseen. */
  boolean wouldBeChangedOn(Trigger.Event event) {
    return table.triggersOn(event).stream()
        .anyMatch(t -> t.kind() == Trigger.Kind.RULE || t.kind() == Trigger.Kind.BEFORE);
  }

  boolean has(List<String> columns) {
    return columns.stream().allMatch(c -> archived.place(c) > 0 && table.column(c).isPresent());
  }
}
