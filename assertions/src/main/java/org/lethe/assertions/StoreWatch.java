package org.lethe.assertions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.lethe.store.FullSearch;
import org.lethe.store.Locator;
import org.lethe.store.Store;
import org.lethe.store.StoreException;

/**
 * Looks at stores before an erasure and after it. Those that can look through all they have do;
 * others are asked for what they named before.
 */
final class StoreWatch {

  private final List<Store> stores;
  private final CanaryPerson canary;
  private final List<String> wanted;
  private final Map<Store, List<Locator>> before = new LinkedHashMap<>();

  StoreWatch(List<Store> stores, CanaryPerson canary, List<String> wanted) {
    this.stores = stores;
    this.canary = canary;
    this.wanted = wanted;
  }

  /** What is wrong before anything was erased. */
  List<String> before() {
    List<String> faults = new ArrayList<>();
    for (Store store : stores) {
      String name = store.describe().name();
      List<Locator> pieces = new ArrayList<>();
      try {
        store.locate(canary.person().subject(), pieces::add);
        before.put(store, pieces);
        Set<String> there = mentions(store);
        if (pieces.isEmpty()) {
          faults.add(
              there.isEmpty()
                  ? "store %s: the policy sees nothing of the canary in it, and nothing is there; put something in with .seed(\"%s\", person -> ...)"
                      .formatted(name, name)
                  : "store %s: the policy sees nothing of the canary in it, although the canary is in %s; name it under stores: %s"
                      .formatted(name, String.join(", ", there), name));
        } else if (store instanceof FullSearch && there.isEmpty()) {
          faults.add(
              "store %s: what was put into it does not hold the canary; write person.token() into it"
                  .formatted(name));
        }
      } catch (StoreException e) {
        faults.add("store %s: %s".formatted(name, e.getMessage()));
      }
    }
    return faults;
  }

  /** What is left when all should be gone. */
  List<String> after() {
    List<String> faults = new ArrayList<>();
    for (Map.Entry<Store, List<Locator>> entry : before.entrySet()) {
      Store store = entry.getKey();
      String name = store.describe().name();
      try {
        Set<String> there = mentions(store);
        if (!there.isEmpty()) {
          faults.add(
              "store %s: the canary is still in %s; name it under stores: %s, or say what erasing makes of it"
                  .formatted(name, String.join(", ", there), name));
        } else if (store.verifies()) {
          entry.getValue().stream()
              .filter(store::holds)
              .map(Locator::place)
              .distinct()
              .forEach(place -> faults.add("store %s: still has %s".formatted(name, place)));
        }
      } catch (StoreException e) {
        faults.add("store %s: %s".formatted(name, e.getMessage()));
      }
    }
    return faults;
  }

  private Set<String> mentions(Store store) {
    Set<String> places = new LinkedHashSet<>();
    if (store instanceof FullSearch all) {
      wanted.forEach(text -> places.addAll(all.mentions(text)));
    }
    return places;
  }

  List<String> searched() {
    return named(FullSearch.class::isInstance);
  }

  List<String> asked() {
    return named(s -> !(s instanceof FullSearch) && s.verifies());
  }

  List<String> notSearched() {
    return named(s -> !(s instanceof FullSearch) && !s.verifies());
  }

  private List<String> named(Predicate<Store> which) {
    return stores.stream().filter(which).map(s -> s.describe().name()).toList();
  }
}
