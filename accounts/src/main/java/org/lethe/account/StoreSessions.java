package org.lethe.account;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.policy.StoreRule;
import org.lethe.store.Answer;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.Stores;
import org.lethe.store.Subject;

/** Sessions in a store, such as keys in Redis: what it has of the account is erased there. */
final class StoreSessions implements SessionEnder {

  private static final Set<Outcome> ENDED =
      Set.of(Outcome.REMOVED, Outcome.ANONYMISED, Outcome.NOT_FOUND);

  private final StoreRule rule;
  private final Function<String, @Nullable String> environment;

  /**
   * Sessions in a store.
   *
   * @throws org.lethe.error.InputException if there is no such kind of store
   */
  StoreSessions(StoreRule rule, Function<String, @Nullable String> environment) {
    this.rule = rule;
    this.environment = environment;
    // Says now what would fail later, when somebody should be out at once.
    try {
      Stores.open(List.of(rule), environment).close();
    } catch (InputException e) {
      throw new InputException(String.valueOf(e.getMessage()).replaceFirst("^stores\\.", ""), e);
    }
  }

  @Override
  public String place() {
    return rule.name();
  }

  @Override
  public void end(Account account) {
    Map<String, List<String>> known = new LinkedHashMap<>();
    known.put("id", List.of(account.id().key()));
    known.put("login", List.of(account.login()));
    String email = account.email();
    known.put("email", email == null ? List.of() : List.of(email));
    try (Stores stores = Stores.open(List.of(rule), environment)) {
      Store store = stores.all().get(0);
      List<Locator> pieces = new ArrayList<>();
      store.locate(new Subject("account", known), pieces::add);
      for (Locator piece : pieces) {
        if (store.erase(piece) instanceof Answer.Done done && !ENDED.contains(done.outcome())) {
          throw new StoreException(
              "%s did not end the sessions of %s: %s"
                  .formatted(
                      rule.name(),
                      piece.place(),
                      done.outcome().name().toLowerCase(java.util.Locale.ROOT)),
              false);
        }
      }
    }
  }
}
