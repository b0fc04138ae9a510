package org.lethe.subject.export;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.PersonalData;
import org.lethe.personal.ValueShape;
import org.lethe.policy.Category;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Tells whose rows of a table are, where they are not this person's. Immutable. */
final class Owned {

  private final Decisions decisions;
  private final Set<TableId> somebodys;

  Owned(Decisions decisions) {
    this.decisions = decisions;
    Set<TableId> people = new LinkedHashSet<>();
    decisions.data().subjects().values().forEach(s -> people.add(s.table()));
    this.somebodys =
        Set.copyOf(
            decisions
                .graph()
                .distances(people, r -> decisions.ownership(r) == Ownership.SOLE)
                .keySet());
  }

  /** Whether each row of the table is some person's own. */
  boolean somebodys(TableId table) {
    return somebodys.contains(table);
  }

  /** What a row of such a table is called that is not this person's; null if it has no name. */
  @Nullable String another(TableId table) {
    Optional<SubjectType> type =
        decisions.data().subjects().values().stream()
            .filter(s -> s.table().equals(table))
            .findFirst();
    return type.map(s -> "another " + s.name()).orElse(null);
  }

  /** Whether the label of anybody's row of the table may be shown: it says nothing of a person. */
  boolean labelForAll(Table table) {
    return !somebodys(table.id())
        && decisions.label(table.id()).columns().stream()
            .flatMap(c -> table.column(c).stream())
            .noneMatch(c -> personal(table.id(), c));
  }

  private boolean personal(TableId table, Column column) {
    ColumnRule said = decisions.data().column(table, column.name());
    Category category = said.category();
    return Secrets.why(column, said).isPresent()
        || (category != null
            ? category.personal()
            : PersonalData.guess(column, false, ValueShape.UNKNOWN).isPresent());
  }
}
