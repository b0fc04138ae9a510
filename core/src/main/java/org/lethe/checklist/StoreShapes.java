package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lethe.policy.StoreRule;
import org.lethe.policy.YamlText;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in other stores and the policy does not take care of. */
final class StoreShapes {

  private static final Logger LOG = LoggerFactory.getLogger(StoreShapes.class);

  private StoreShapes() {}

  static List<Finding> find(Scope scope, List<Store> stores) {
    List<Finding> findings = new ArrayList<>();
    for (Store store : stores) {
      String name = store.describe().name();
      try {
        store.survey().stream()
            .filter(s -> !s.covered())
            .forEach(s -> findings.add(uncovered(scope, name, s)));
      } catch (StoreException e) {
        findings.add(notAsked(name, String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        // Its message may hold anything.
        LOG.debug("the store {} cannot be asked", name, e);
        findings.add(notAsked(name, e.getClass().getSimpleName()));
      }
    }
    return findings;
  }

  private static Finding uncovered(Scope scope, String name, Shape shape) {
    return Finding.of(
        Code.UNCOVERED_IN_STORE,
        name + " " + shape.pattern(),
        "the store holds this, seen %d times in a sample, and no line about the store covers it"
            .formatted(shape.seen()),
        "stores:\n  %s:\n    %s: [%s]   # with {identifier} where the person's is, beside those there"
            .formatted(YamlText.scalar(name), list(scope, name), YamlText.quoted(shape.pattern())));
  }

  /** The setting of this store that holds patterns already. */
  private static String list(Scope scope, String name) {
    return scope.policy().stores().stream()
        .filter(s -> s.name().equals(name))
        .map(StoreRule::settings)
        .flatMap(s -> s.entrySet().stream())
        .filter(e -> e.getValue() instanceof List)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("keys");
  }

  private static Finding notAsked(String name, String why) {
    return Finding.of(
        Code.STORE_NOT_ASKED,
        "stores." + name,
        "nobody can say what is in this store: " + why,
        "lethe check --no-stores   # to leave it out");
  }
}
