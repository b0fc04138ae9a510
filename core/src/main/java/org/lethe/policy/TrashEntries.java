package org.lethe.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Looks up what a policy says of the trash: how long, and by which columns rows are marked. */
final class TrashEntries {

  /** What applications call these columns. */
  private static final List<String> DELETED = List.of("deleted", "is_deleted", "soft_deleted");

  private static final List<String> DELETED_AT =
      List.of("deleted_at", "delete_time", "deleted_on", "deletion_time", "date_deleted");

  private static final List<String> DELETION_ID = List.of("deletion_id");

  private static final Period LONGEST = Period.ofYears(1000);

  private final Catalog catalog;
  private final CheckedNames checked;
  private final Faults faults;
  private final Period usual;
  private final Map<TableId, TrashRule> rules = new HashMap<>();

  TrashEntries(
      Catalog catalog,
      CheckedNames checked,
      Faults faults,
      Policy.@Nullable TrashEntry everywhere) {
    this.catalog = catalog;
    this.checked = checked;
    this.faults = faults;
    this.usual = everywhere == null ? TrashRule.DEFAULT.keep() : keep(everywhere, "trash");
  }

  /** What holds for tables that say nothing. */
  TrashRule usual() {
    return new TrashRule(usual, null);
  }

  /** What holds for the others. */
  Map<TableId, TrashRule> rules() {
    return rules;
  }

  void add(Table table, Policy.TrashEntry entry, String path) {
    Period keep = entry.keep() == null ? usual : keep(entry, path);
    if (!entry.flag()) {
      refuseColumns(entry, path);
      rules.put(table.id(), new TrashRule(keep, null));
      return;
    }
    Column deleted =
        column(table, entry.deleted(), DELETED, path + ".deleted", TrashEntries::isTruth);
    Column at =
        column(table, entry.deletedAt(), DELETED_AT, path + ".deleted_at", TrashEntries::isTime);
    Column id =
        column(
            table,
            entry.deletionId(),
            DELETION_ID,
            path + ".deletion_id",
            TrashEntries::isDeletionId);
    boolean named = entry.deleted() != null || entry.deletedAt() != null;
    if (deleted == null && at == null && !named) {
      faults.add(
          entry.place(),
          path,
          "the table %s has no column that could mark deleted rows"
              .formatted(catalog.displayName(table.id())),
          "name them as deleted and deleted_at, add a column deleted_at of type timestamptz, or"
              + " choose strategy: archive");
    } else if (table.identity().isEmpty()) {
      faults.add(
          entry.place(),
          path,
          "rows of %s have no key, so marked ones could not be told apart"
              .formatted(catalog.displayName(table.id())),
          "give the table a primary key, or choose strategy: archive");
    } else if (catalog.whole(table.id()).equals(table.id())) {
      rules.put(table.id(), new TrashRule(keep, new FlagColumns(deleted, at, id)));
    } else {
      faults.add(
          entry.place(),
          path,
          catalog.displayName(table.id()) + " is a partition",
          "say it of the whole table, " + catalog.displayName(catalog.whole(table.id())));
    }
  }

  private void refuseColumns(Policy.TrashEntry entry, String path) {
    boolean named =
        entry.deleted() != null || entry.deletedAt() != null || entry.deletionId() != null;
    if (named) {
      faults.add(
          entry.place(),
          path,
          "columns are named, but rows are not marked",
          "write strategy: flag, or leave the columns out");
    }
  }

  private Period keep(Policy.TrashEntry entry, String path) {
    Policy.Reference keep = entry.keep();
    if (keep == null) {
      return TrashRule.DEFAULT.keep();
    }
    if (keep.name().contains("T")) {
      faults.add(
          keep.place(),
          path + ".keep",
          "the trash is kept for days, not hours: " + keep.name(),
          "write days or more, such as P30D");
      return TrashRule.DEFAULT.keep();
    }
    try {
      Period period = Period.parse(keep.name());
      if (LocalDate.EPOCH.plus(period).isBefore(LocalDate.EPOCH.plus(LONGEST).plusDays(1))) {
        return period;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // The schema has seen its form, so it is a number beyond all bounds.
    }
    faults.add(
        keep.place(),
        path + ".keep",
        keep.name() + " is longer than anything lasts",
        "write at most P1000Y");
    return TrashRule.DEFAULT.keep();
  }

  private @Nullable Column column(
      Table table,
      Policy.@Nullable Reference written,
      List<String> usualNames,
      String path,
      Predicate<Column> fits) {
    if (written == null) {
      return usualNames.stream()
          .flatMap(n -> NameLookup.column(table, n).stream())
          .map(n -> table.column(n).orElseThrow())
          .filter(fits)
          .findFirst()
          .orElse(null);
    }
    Optional<Column> found =
        Optional.ofNullable(checked.column(table, written, path)).flatMap(table::column);
    if (found.isPresent() && !fits.test(found.get())) {
      faults.add(
          written.place(),
          path,
          "the column %s (%s%s) cannot say so"
              .formatted(
                  written.name(), found.get().type(), found.get().nullable() ? "" : " not null"),
          wanted(path));
    }
    return found.filter(fits).orElse(null);
  }

  private static String wanted(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return switch (name) {
      case "deleted" -> "name a boolean column that can be written";
      case "deleted_at" -> "name a date or timestamp column that may be null";
      default -> "name a uuid or text column that may be null";
    };
  }

  private static boolean isTruth(Column column) {
    return writable(column) && column.type().equals("boolean");
  }

  private static boolean isTime(Column column) {
    return writable(column)
        && column.nullable()
        && (column.type().startsWith("timestamp") || column.type().equals("date"));
  }

  private static boolean isDeletionId(Column column) {
    return writable(column)
        && column.nullable()
        && (column.type().equals("uuid")
            || column.type().equals("text")
            || column.type().startsWith("character varying"));
  }

  private static boolean writable(Column column) {
    return !column.generated() && column.identity() == Column.Identity.NONE;
  }
}
