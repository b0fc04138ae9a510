package org.lethe.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lethe.policy.PolicyException;
import org.lethe.policy.PolicyReader;
import org.lethe.policy.StoreRule;
import org.lethe.store.Answer;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.Subject;

/** What docs/stores.md shows is read without a fault, and opens. */
class StoresGuideTest {

  private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");

  private static List<String> examples() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "stores.md"));
    List<String> examples = new ArrayList<>();
    Matcher m = YAML.matcher(guide);
    while (m.find()) {
      examples.add(m.group(1));
    }
    return examples;
  }

  @Test
  void everyExampleOpens() throws IOException {
    Set<String> kinds = new LinkedHashSet<>();
    for (String example : examples()) {
      for (StoreRule rule : PolicyReader.read("lethe.yaml", example).stores()) {
        try (Store store = StoreContract.open(rule.settings())) {
          kinds.add(store.describe().kind());
        }
      }
    }
    assertThat(kinds).containsExactly("redis", "couchdb", "http", "files", "jdbc");
  }

  @Test
  void mistakesAreNamedWithWhatWasMeant() {
    Map<String, String> faults =
        Map.of(
            "{ redis: \"redis://x\", keyz: [\"a:{id}\"] }", "keys",
            "{ redis: \"redis://x\", members: [{ kye: a, value: \"{id}\" }] }", "key",
            "{ couchdb: \"http://x\", databases: [{ name: a, fnd: { a: \"{id}\" } }] }", "find",
            "{ http: \"http://x\", erase: { paht: \"/{id}\" } }", "path",
            "{ files: /x, path: [\"a/{id}\"] }", "paths",
            "{ jdbc: \"jdbc:x:y\", tables: [{ table: a, were: { a: \"{id}\" } }] }", "where",
            "{ jdbc: \"jdbc:x:y\", tables: { table: a, where: { a: \"{id}\" }, erase: delet } }",
                "delete");
    faults.forEach(
        (store, meant) ->
            assertThatThrownBy(
                    () -> PolicyReader.read("lethe.yaml", "version: 1\nstores:\n  s: " + store))
                .as(store)
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("stores.s")
                .hasMessageContaining(meant));
  }

  @Test
  void theExampleOfOnesOwn() {
    Map<String, String> notes = new HashMap<>(Map.of("7", "secret", "77", "other"));
    Store store = new NotesStore(notes);
    List<Locator> pieces = new ArrayList<>();
    store.locate(new Subject("customer", Map.of("customer_id", List.of("7"))), pieces::add);
    assertThat(pieces).hasSize(1);
    Collected out = new Collected();
    store.export(pieces.get(0), out);
    assertThat(out.text()).contains("secret");
    assertThat(store.erase(pieces.get(0))).isEqualTo(new Answer.Done(Outcome.REMOVED, 1));
    assertThat(store.erase(pieces.get(0))).isEqualTo(new Answer.Done(Outcome.NOT_FOUND, 0));
    assertThat(store.holds(pieces.get(0))).isFalse();
    assertThat(notes).containsOnlyKeys("77");
  }
}
