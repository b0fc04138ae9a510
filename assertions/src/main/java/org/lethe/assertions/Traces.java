package org.lethe.assertions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.People;
import org.lethe.policy.Category;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/**
 * Rows of tables in which the policy sees nothing of the person, although they have a column for
 * e-mail addresses, or one called like what the person is known by.
 */
record Traces(Decisions decisions, SubjectType type, Types types, Token token, Made person) {

  /**
   * What such a row has of the person.
   *
   * @param made rows of the person that it may mention, by table
   * @return empty where it has nothing
   */
  Map<String, @Nullable String> of(Table table, Map<TableId, Made> made) {
    Set<String> keys =
        new References(decisions)
            .of(table.id()).stream()
                .flatMap(r -> r.childColumns().stream())
                .collect(Collectors.toSet());
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      boolean none = decisions.data().column(table.id(), column.name()).category() == Category.NONE;
      if (!none && !keys.contains(column.name()) && types.sort(column) == Types.Sort.TEXT) {
        knownBy(column)
            .filter(v -> v.length() <= types.length(column))
            .ifPresent(v -> row.put(column.name(), v));
      }
    }
    if (!row.isEmpty()) {
      mention(table, made, row);
    }
    return row;
  }

  private void mention(Table table, Map<TableId, Made> made, Map<String, @Nullable String> row) {
    for (Relation relation : decisions.graph().outOf(table.id())) {
      Made parent = made.get(relation.parent());
      if (parent != null
          && relation instanceof ForeignKeyRelation
          && decisions.ownership(relation) == Ownership.MENTIONED) {
        parent.referTo(relation, row);
      }
    }
  }

  private Optional<String> knownBy(Column column) {
    if (People.isEmail(column)) {
      return person.table().columns().stream()
          .filter(People::isEmail)
          .flatMap(c -> told(c.name()).stream())
          .findFirst();
    }
    return type.identifyBy().contains(column.name()) ? told(column.name()) : Optional.empty();
  }

  private Optional<String> told(String column) {
    return Optional.ofNullable(person.values().get(column)).filter(v -> v.contains(token.text()));
  }
}
