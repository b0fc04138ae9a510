package org.lethe.subject.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lethe.subject.Settled;

/**
 * What became of many people who were erased together. Nothing of anybody. Immutable.
 *
 * @param batch what their requests have in common
 * @param requests how many are in each state, in the order of states
 * @param refused why others were not erased, to how many
 * @param places what became of the data, per place, over all of them
 */
public record BatchReport(
    UUID batch, Map<State, Long> requests, Map<String, Long> refused, List<Settled> places) {

  /** Who was erased before; what is there is what had to stay. */
  static final String REMAINS = "erased before, this is what had to stay";

  static final String GONE = "gone already";
  static final String NO_LONGER_DUE = "no longer due";
  static final String ASKED = "asked for it themselves";

  private static final Set<String> HARMLESS = Set.of(REMAINS, GONE, NO_LONGER_DUE, ASKED);

  public BatchReport {
    requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    places = List.copyOf(places);
  }

  /** Whether somebody has to look after some of it. */
  public boolean trouble() {
    return requests.getOrDefault(State.PARTIALLY_FAILED, 0L) > 0
        || !refused.keySet().stream().allMatch(BatchReport::harmless);
  }

  static boolean harmless(String why) {
    return HARMLESS.contains(why);
  }

  /** Everybody who has a request in it. */
  public long people() {
    return requests.values().stream().mapToLong(Long::longValue).sum();
  }
}
