package org.lethe.collect;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lethe.schema.Relation;

/** Writes one step of a recursion over a table's references to itself. Immutable. */
final class SelfStep {

  private final RelationSql relationSql;
  private final RelationNumbers numbers;

  SelfStep(RelationSql relationSql, RelationNumbers numbers) {
    this.relationSql = relationSql;
    this.numbers = numbers;
  }

  /** A join of {@code p} to the rows {@code c} one step further, by any of the relations. */
  String from(KeySet set, List<Relation> relations) {
    return lateral(set, relations, r -> "");
  }

  /**
   * The same, kept to an index where one serves. The planner takes a recursion to be ten times as
   * wide as its start, and would rather read the whole table for each step.
   */
  String byIndex(KeySet set, List<Relation> relations) {
    return lateral(set, relations, r -> relationSql.served(r) ? " offset 0" : "");
  }

  private String lateral(KeySet set, List<Relation> relations, Function<Relation, String> end) {
    return relations.stream()
        .map(
            r ->
                "(select %s from %s as c where %s%s)"
                    .formatted(
                        set.values("c", Integer.toString(numbers.of(r)), 0),
                        relationSql.childRows(r),
                        relationSql.matches(r, set),
                        end.apply(r)))
        .collect(Collectors.joining(" union all ", "cross join lateral (", ") as c"));
  }
}
