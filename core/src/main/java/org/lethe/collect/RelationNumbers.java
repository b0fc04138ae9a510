package org.lethe.collect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lethe.schema.Relation;

/** The numbers that stand for relations in {@code via}; from 1. Not thread-safe. */
final class RelationNumbers {

  private final Map<Relation, Integer> numbers = new HashMap<>();
  private final List<Relation> byNumber = new ArrayList<>();

  /** The number of a relation, a new one where it has none yet. */
  int of(Relation relation) {
    return numbers.computeIfAbsent(
        relation,
        r -> {
          byNumber.add(r);
          return byNumber.size();
        });
  }

  /** The relation that has a number. */
  Relation relation(int number) {
    return byNumber.get(number - 1);
  }

  /** The same numbers, to go on with. */
  RelationNumbers copy() {
    RelationNumbers copy = new RelationNumbers();
    byNumber.forEach(copy::of);
    return copy;
  }
}
