package org.lethe.subject.export;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.StoreRule;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.StoreFactory;
import org.lethe.store.StoreSettings;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;

/** A store, read piece by piece. */
record StoreExtra(Store store) implements Extra {

  /**
   * The stores that the policy names. One that cannot be opened is among them all the same, so that
   * the export says that it is missing.
   *
   * @param environment the value of an environment variable; null where it is not set
   */
  static List<Extra> ofPolicy(
      List<StoreRule> rules, Function<String, @Nullable String> environment) {
    List<ServiceLoader.Provider<StoreFactory>> kinds =
        ServiceLoader.load(StoreFactory.class).stream().toList();
    return rules.stream()
        .map(
            rule -> {
              Optional<StoreFactory> kind =
                  kinds.stream()
                      .map(ServiceLoader.Provider::get)
                      .filter(k -> k.kind().equals(rule.kind()))
                      .findFirst();
              return kind.<Extra>map(
                      k ->
                          new StoreExtra(
                              k.open(StoreSettings.of(rule.name(), rule.settings(), environment))))
                  .orElseGet(() -> new Unknown(rule));
            })
        .toList();
  }

  /** A store of a kind that is not installed. */
  record Unknown(StoreRule rule) implements Extra {
    @Override
    public String name() {
      return rule.name() + " (" + rule.kind() + ")";
    }

    @Override
    public void read(Person person, JdbcOperations snapshot, ExtraSink to) {
      throw new StoreException(
          "stores.%s is of the kind %s, and nothing here can read that; add lethe-stores, or a StoreFactory of your own, to the class path"
              .formatted(rule.name(), rule.kind()),
          false);
    }
  }

  @Override
  public String name() {
    return store.describe().name() + " (" + store.describe().kind() + ")";
  }

  @Override
  public void read(Person person, JdbcOperations snapshot, ExtraSink to) {
    if (!store.describe().exports()) {
      throw new StoreException(store.describe().name() + " cannot hand data out", false);
    }
    store.locate(person.subject(), piece -> store.export(piece, to));
  }

  @Override
  public void close() {
    store.close();
  }
}
