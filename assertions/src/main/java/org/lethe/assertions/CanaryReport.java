package org.lethe.assertions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.subject.request.State;

/**
 * What was tried, where nothing was found that should not be there. Immutable; nothing of it is
 * about a real person.
 *
 * @param seeded rows that were made, by table; some of them only for others to refer to
 * @param state of the request: completed, perhaps with retained data
 * @param retained where the canary still is, and on what ground the policy keeps it there
 * @param searched stores that were looked through from end to end
 * @param asked stores that could only be asked for what they had named themselves
 * @param notSearched stores that cannot even be asked that
 * @param noRoom columns that are too narrow for a canary, so that nothing is known of them
 */
public record CanaryReport(
    Map<String, Long> seeded,
    State state,
    Map<String, String> retained,
    List<String> searched,
    List<String> asked,
    List<String> notSearched,
    List<String> noRoom) {

  public CanaryReport {
    seeded = Collections.unmodifiableMap(new LinkedHashMap<>(seeded));
    retained = Collections.unmodifiableMap(new LinkedHashMap<>(retained));
    searched = List.copyOf(searched);
    asked = List.copyOf(asked);
    notSearched = List.copyOf(notSearched);
    noRoom = List.copyOf(noRoom);
  }
}
