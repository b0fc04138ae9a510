package org.lethe.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lethe.error.InputException;
import org.lethe.policy.StoreRule;

class StoresTest {

  private final List<String> closed = new ArrayList<>();

  private final StoreFactory memory =
      new StoreFactory() {
        @Override
        public String kind() {
          return "memory";
        }

        @Override
        public Store open(StoreSettings settings) {
          return new Named(settings.name(), settings.text("memory"));
        }
      };

  private final class Named implements Store {
    private final String name;
    private final String address;

    Named(String name, String address) {
      this.name = name;
      this.address = address;
    }

    @Override
    public Description describe() {
      return new Description(name, "memory", true, true, "");
    }

    @Override
    public void locate(Subject who, Consumer<Locator> found) {}

    @Override
    public void export(Locator piece, ExportSink to) {}

    @Override
    public Answer erase(Locator piece) {
      return new Answer.Done(Outcome.NOT_FOUND, 0);
    }

    @Override
    public boolean holds(Locator piece) {
      return false;
    }

    @Override
    public void close() {
      closed.add(name);
      if (name.equals("stubborn")) {
        throw new IllegalStateException("no");
      }
    }
  }

  @Test
  void opensInThePolicysOrderWithTheEnvironmentPutIn() {
    List<StoreRule> rules = List.of(rule("b", "memory", "at ${WHERE}"), rule("a", "memory", "x"));
    try (Stores stores = Stores.open(rules, Map.of("WHERE", "home")::get, List.of(memory))) {
      assertThat(stores.all()).extracting(s -> s.describe().name()).containsExactly("b", "a");
      assertThat(((Named) stores.all().get(0)).address).isEqualTo("at home");
    }
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void anUnknownKindNamesThoseThereAreAndLeavesNothingOpen() {
    List<StoreRule> rules = List.of(rule("a", "memory", "x"), rule("b", "redsi", "y"));

    assertThatThrownBy(() -> Stores.open(rules, n -> null, List.of(memory)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "stores.b: there is no kind of store redsi; write the address first, after one of"
                + " memory");
    assertThat(closed).containsExactly("a");
  }

  @Test
  void oneThatWillNotCloseDoesNotKeepTheOthersOpen() {
    List<StoreRule> rules = List.of(rule("stubborn", "memory", "x"), rule("b", "memory", "y"));
    Stores stores = Stores.open(rules, n -> null, List.of(memory));

    assertThatThrownBy(stores::close).hasMessage("no");
    assertThat(closed).containsExactly("stubborn", "b");
  }

  private static StoreRule rule(String name, String kind, String address) {
    return new StoreRule(name, kind, Map.of(kind, address));
  }
}
