package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lethe.personal.PersonalData;
import org.lethe.personal.PersonalData.Guess;
import org.lethe.personal.Room;
import org.lethe.policy.Category;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Table;

/**
 * What people are shown and what is erased should be the same: columns that one of the two leaves
 * out, and columns that are kept for no reason given.
 */
final class ExportAndErasure {

  private final PeoplesData data;
  private final MayStay mayStay;
  private final List<Finding> findings = new ArrayList<>();

  private ExportAndErasure(PeoplesData data) {
    this.data = data;
    this.mayStay = new MayStay(data);
  }

  static List<Finding> find(PeoplesData data) {
    ExportAndErasure check = new ExportAndErasure(data);
    for (Table table : data.reached()) {
      table.columns().forEach(c -> check.column(table, c));
    }
    return check.findings;
  }

  private void column(Table table, Column column) {
    ColumnRule rule = data.rule(table, column);
    if (rule.category() == null || !rule.category().personal()) {
      return;
    }
    boolean secret = rule.category() == Category.SECRET || PersonalData.isSecret(column);
    boolean kept = rule.erase() instanceof Treatment.Keep;
    if (rule.export() != null && rule.export().never() && !secret && !kept) {
      add(
          Code.ERASABLE_NOT_EXPORTABLE,
          table,
          column,
          "an erasure takes it, so it is theirs, but an export never hands it out",
          "{ category: " + rule.category().word() + ", export: yes }   # or category: secret");
    }
    if (rule.erase() instanceof Treatment.Keep keep && keep.ground() == null) {
      add(
          Code.KEPT_WITHOUT_GROUND,
          table,
          column,
          "an erasure keeps it, and nobody said on what ground",
          "{ category: "
              + rule.category().word()
              + ", erase: { keep: { ground: \"17(3)(b)\", law: \"which one\" } } }");
    }
    Optional<String> stays = mayStay.why(table.id());
    if (stays.isPresent()
        && rule.erase() == null
        && rule.retain() == null
        && !usuallyTreated(table, column)) {
      add(
          Code.EXPORTABLE_NOT_ERASABLE,
          table,
          column,
          stays.get() + ", and an erasure leaves this column as it is unless it is told what to do",
          treated(table, column, rule.category()));
    }
  }

  /**
   * Whether an erasure knows by itself what to do, or there is nothing to be done: it does not dare
   * touch keys, nor columns that others refer to.
   */
  private boolean usuallyTreated(Table table, Column column) {
    if (column.generated() || data.refers(table, column)) {
      return true;
    }
    boolean text = Room.of(column) == Room.ANYTHING;
    if (table.identity().contains(column.name())) {
      // A number that only this database knows is nobody's, once all else of the row is gone.
      return !text;
    }
    boolean referred =
        data.decisions().graph().into(table.id()).stream()
            .filter(ForeignKeyRelation.class::isInstance)
            .anyMatch(r -> r.parentColumns().contains(column.name()));
    boolean strange =
        switch (column.kind()) {
          case ENUM, COMPOSITE, RANGE -> !column.nullable();
          case BASE, DOMAIN, ARRAY -> false;
        };
    return !strange && !(referred && text);
  }

  private static String treated(Table table, Column column, Category category) {
    Guess guess = new Guess(category.word(), category != Category.SECRET, null);
    String suggested = Suggestion.of(table, column, guess);
    return suggested.contains("erase:")
        ? suggested
        : "{ category: "
            + category.word()
            + ", erase: { keep: { ground: \"17(3)(b)\", law: \"which one\" } } }";
  }

  private void add(Code code, Table table, Column column, String message, String said) {
    findings.add(
        Finding.of(code, data.name(table, column), message, data.lines(table, column, said))
            .at(data.place(table, column)));
  }
}
