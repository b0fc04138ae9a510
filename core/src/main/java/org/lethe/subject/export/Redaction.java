package org.lethe.subject.export;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import org.lethe.store.Subject;

/**
 * Keeps other people's data out of a person's export: what refers to somebody else's row, and, in a
 * row of several people, what says who one of them is, unless it is this person.
 */
final class Redaction {

  private final Owned owned;
  private final Set<String> known = new HashSet<>();

  Redaction(Owned owned, Subject subject) {
    this.owned = owned;
    subject.identifiers().values().forEach(values -> values.forEach(v -> known.add(plain(v))));
  }

  Owned owned() {
    return owned;
  }

  /** What to say in the place of a value; null if it may be shown. */
  Cell.@Nullable Withheld withheld(
      Shown shown, String json, boolean shared, List<Reference.Found> found) {
    String column = shown.column().name();
    Cell.Withheld others = null;
    // For every value of every row: nothing is made here that need not be.
    for (Reference.Found one : found) {
      if (one.reference().relation().childColumns().contains(column)) {
        if (one.own()) {
          return null;
        }
        if (others == null && one.withheld()) {
          others = new Cell.Withheld(owned.another(one.reference().target().id()));
        }
      }
    }
    if (others != null) {
      return others;
    }
    return shared && shown.aboutSomebody() && !knows(json) ? new Cell.Withheld(null) : null;
  }

  /**
   * The same for a row that is not in the database now, so that nobody can look up what it refers
   * to: only values the person is known by are sure to be theirs.
   */
  boolean withheldElsewhere(
      Decisions decisions, Table table, Shown shown, String json, boolean shared) {
    if (knows(json)) {
      return false;
    }
    boolean refers =
        decisions.graph().outOf(table.id()).stream()
            .anyMatch(
                r ->
                    r.childColumns().contains(shown.column().name())
                        && decisions.data().subjects().values().stream()
                            .anyMatch(s -> s.table().equals(r.parent())));
    return refers || (shared && shown.aboutSomebody());
  }

  /** Whether a value is one that the person is known by. */
  boolean knows(String json) {
    return known.contains(plain(Json.text(json)));
  }

  private static String plain(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }
}
