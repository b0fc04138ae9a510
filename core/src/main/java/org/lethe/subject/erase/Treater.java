package org.lethe.subject.erase;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.KeySet;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.LegalRetention;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.subject.Holdings;
import org.springframework.jdbc.core.JdbcOperations;

/** Carries out treatments, one statement per table. Inside an erasure's transaction. */
final class Treater {

  /** Fates of rows that are treated. */
  static final String TREATED = Fates.codes(f -> f == Fate.TREAT || f == Fate.NEEDED);

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Columns columns;
  private final TreatmentSql sql;
  private final Instant now;

  Treater(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Columns columns,
      TreatmentSql sql,
      Instant now) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.columns = columns;
    this.sql = sql;
    this.now = now;
  }

  /** Treats those of the rows that stay without having to be kept as they are. */
  void treat(KeySet staying) {
    Table table = staying.table();
    if (!treatsAnyOf(staying)) {
      return;
    }
    List<String> assignments = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    boolean anyRetained = false;
    for (Map.Entry<String, Treatment> treated : columns.treated(table).entrySet()) {
      Column column = table.column(treated.getKey()).orElseThrow();
      String value = "c." + dialect.quote(column.name());
      String changed =
          sql.of(treated.getValue(), column, value, Columns.unique(table, column.name()));
      LegalRetention retain = decisions.data().column(table.id(), column.name()).retain();
      anyRetained |= retain != null;
      assignments.add(
          "%s = %s"
              .formatted(
                  dialect.quote(column.name()),
                  retain == null
                      ? "case when s.done then %s else %s end".formatted(value, changed)
                      : kept(table, retain, value, changed, arguments)));
    }
    if (assignments.isEmpty()) {
      return;
    }
    // What was treated before is written again only for a field that was kept until now.
    jdbc.update(
        "update %s as c set %s from %s as s where %s and s.fate in (%s)%s"
            .formatted(
                dialect.ownRows(table),
                String.join(", ", assignments),
                staying.name(),
                staying.sameRowSoFar("c", "s"),
                TREATED,
                anyRetained ? "" : " and not s.done"),
        arguments.toArray());
  }

  private boolean treatsAnyOf(KeySet staying) {
    return !jdbc.query(
            "select 1 from %s where fate in (%s) limit 1".formatted(staying.name(), TREATED),
            (rs, n) -> 1)
        .isEmpty();
  }

  /** A field that the law wants kept stays until its time is over. */
  private String kept(
      Table table, LegalRetention retain, String value, String changed, List<Object> arguments) {
    arguments.add(retain.period().text());
    arguments.add(Timestamp.from(now));
    return "case when c.%s is null or %s > ? then %s else %s end"
        .formatted(
            dialect.quote(retain.from()),
            Fates.end(dialect, table.column(retain.from()).orElseThrow()),
            value,
            changed);
  }

  /**
   * Takes the person's own identifiers out of what is others' too; nothing else of it is theirs.
   *
   * @param staying the person's own rows that stay; null if none do
   */
  void redactShared(Holdings.Held held, @Nullable KeySet staying) {
    if (held.shared() == 0) {
      return;
    }
    Table table = held.table();
    List<String> assignments = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, Treatment> treated : columns.treated(table).entrySet()) {
      Column column = table.column(treated.getKey()).orElseThrow();
      String value = "c." + dialect.quote(column.name());
      if (treated.getValue() instanceof Treatment.Redact redact) {
        String changed = sql.ofIdentifiers(redact, column, value);
        if (changed != null) {
          assignments.add(dialect.quote(column.name()) + " = " + changed);
          found.add(value + "::text ~* current_setting('lethe.identifiers')");
        }
      }
    }
    if (!assignments.isEmpty()) {
      jdbc.update(
          "update %s as c set %s from %s as s where %s and %s and (%s)"
              .formatted(
                  dialect.ownRows(table),
                  String.join(", ", assignments),
                  held.all().name(),
                  held.all().sameRow("c", "s"),
                  isShared(held, staying),
                  String.join(" or ", found)));
    }
  }

  /** Rows that stay are the person's own all the same: what the law wants kept is not touched. */
  static String isShared(Holdings.Held held, @Nullable KeySet staying) {
    return held.isShared() + (staying == null ? "" : staying.andNotIn("c"));
  }
}
