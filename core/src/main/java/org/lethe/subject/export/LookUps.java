package org.lethe.subject.export;

import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.error.InputException;
import org.lethe.policy.Decisions;
import org.lethe.policy.ExportRule;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/** Finds what numbers stand for where the policy says where to look. */
final class LookUps {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Theirs theirs;
  private final Owned owned;

  LookUps(Decisions decisions, Dialect dialect, Theirs theirs, Owned owned) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.theirs = theirs;
    this.owned = owned;
  }

  /**
   * Refuses to show secrets in the place of numbers.
   *
   * @throws InputException if the policy asks for that
   */
  static void check(Decisions decisions) {
    decisions
        .data()
        .eachExport(
            (column, export) -> {
              ExportRule.LookUp lookUp = export.lookUp();
              if (lookUp != null && secret(decisions, lookUp)) {
                throw new InputException(
                    "%s would be shown as %s, which is never handed out; name another column"
                        .formatted(
                            decisions.displayName(column), decisions.displayName(lookUp.shown())));
              }
            });
  }

  private static boolean secret(Decisions decisions, ExportRule.LookUp lookUp) {
    Column shown =
        decisions
            .catalog()
            .table(lookUp.shown().table())
            .column(lookUp.shown().column())
            .orElseThrow();
    return Secrets.why(
            shown, decisions.data().column(lookUp.shown().table(), lookUp.shown().column()))
        .isPresent();
  }

  /** Whether only values of the person's own rows are shown. */
  boolean withholds(Shown shown) {
    ExportRule.LookUp lookUp = shown.rule().lookUp();
    return lookUp != null && owned.somebodys(lookUp.key().table());
  }

  /** What column of row {@code c} stands for, as JSON in SQL; null where nothing is found. */
  String sql(Shown shown) {
    ExportRule.@Nullable LookUp lookUp = shown.rule().lookUp();
    if (lookUp == null) {
      return "null::text";
    }
    Table table = decisions.catalog().table(lookUp.key().table());
    Column key = table.column(lookUp.key().column()).orElseThrow();
    String value = "c." + dialect.quote(shown.column().name());
    String found = "l." + dialect.quote(key.name());
    String same =
        dialect.comparable(key.type(), shown.column().type())
            ? found + " = " + value
            : found + "::text = " + value + "::text";
    if (withholds(shown)) {
      same += theirs.part(table.id()).map(p -> own(p)).orElse(" and false");
    }
    return "(select to_jsonb(l.%s)::text from %s as l where %s limit 1)"
        .formatted(dialect.quote(lookUp.shown().column()), dialect.ownRows(table), same);
  }

  private String own(Part part) {
    return " and exists (select 1 from %s as x where %s)"
        .formatted(part.entries(), part.sameRow(dialect, "l", "x"));
  }
}
