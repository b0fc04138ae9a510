package org.lethe.trash;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many deletions there are of each kind, each way of telling them apart counted as if it were
 * not narrowed itself. Immutable.
 *
 * @param states every state that any has
 * @param actors those with the most first
 * @param rootTables those with the most first
 * @param whole false where only the latest were looked at, so that the numbers say too little
 */
public record DeletionTally(
    Map<Deletion.State, Long> states,
    Map<String, Long> actors,
    Map<String, Long> rootTables,
    boolean whole) {

  public DeletionTally {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    actors = Collections.unmodifiableMap(new LinkedHashMap<>(actors));
    rootTables = Collections.unmodifiableMap(new LinkedHashMap<>(rootTables));
  }
}
