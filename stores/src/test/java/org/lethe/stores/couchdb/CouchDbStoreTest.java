package org.lethe.stores.couchdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.error.InputException;
import org.lethe.store.Answer;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreSettings;
import org.lethe.stores.Collected;
import org.lethe.stores.Handle;
import org.lethe.stores.StoreContract;
import org.lethe.testkit.server.PouchServer;
import org.lethe.testkit.server.Servant;
import org.lethe.testkit.server.Servant.Says;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway.Init")
class CouchDbStoreTest extends StoreContract {

  private static PouchServer server;
  private static Couch couch;

  @BeforeAll
  static void start() throws Exception {
    Optional<PouchServer> started = PouchServer.start();
    Assumptions.assumeTrue(started.isPresent(), PouchServer.ABSENT);
    server = started.orElseThrow();
    couch = new Couch(StoreSettings.of("x", Map.of("couchdb", server.url()), n -> null));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void makeDatabases() {
    for (String name : List.of("profiles", "orders", "loose")) {
      couch.call("DELETE", "/" + name, null).close();
      couch.ask("PUT", "/" + name, null);
    }
    couch.ask(
        "PUT",
        "/orders/_design/by",
        json(
            Map.of(
                "views",
                Map.of("buyer", Map.of("map", "function (d) { emit(d.buyer.id, null); }")))));
  }

  private static JsonNode json(Object value) {
    return JsonMapper.shared().valueToTree(value);
  }

  @Override
  protected Map<String, Object> settings() {
    return settings(server.url(), "delete");
  }

  private static Map<String, Object> settings(String url, Object erase) {
    return Map.of(
        "couchdb",
        url,
        "timeout",
        "PT2S",
        "databases",
        List.of(
            Map.of("name", "profiles", "find", Map.of("customer", "{customer_id}"), "erase", erase),
            Map.of("name", "orders", "view", "by/buyer", "key", "{customer_id}")));
  }

  @Override
  protected Map<String, Object> settingsOfNobody() {
    return settings("http://127.0.0.1:1", "delete");
  }

  @Override
  protected void put(String customer) {
    Map<String, Object> profile = new HashMap<>();
    profile.put("customer", customer);
    profile.put("note", secretOf(customer));
    profile.put("shipping", List.of(Map.of("phone", secretOf(customer), "country", "AT")));
    profile.put(
        "_attachments",
        Map.of(
            "a b.txt", Map.of("content_type", "text/plain", "data", base64(secretOf(customer)))));
    couch.ask("POST", "/profiles", json(profile));
    couch.ask(
        "POST",
        "/orders",
        json(Map.of("buyer", Map.of("id", customer, "name", secretOf(customer)), "total", 7)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Override
  protected int pieces() {
    return 2;
  }

  @Override
  protected Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    for (String name : List.of("profiles", "orders")) {
      JsonNode all =
          couch.ask("GET", "/" + name + "/_all_docs?include_docs=true&conflicts=true", null);
      for (JsonNode row : all.path("rows")) {
        content.put(
            name + "/" + row.path("id").asString(),
            JsonMapper.shared().treeToValue(row.path("doc"), Map.class).toString());
      }
    }
    return content;
  }

  @Test
  void attachmentsAreHandedOut() {
    put(JANE);
    try (Store store = open(settings())) {
      Collected out = new Collected();
      store.export(locate(store, person(JANE)).get(0), out);
      assertThat(out.files.get("a b.txt")).isEqualTo(secretOf(JANE).getBytes(UTF_8));
    }
  }

  @Test
  void revisionsInConflictGoToo() {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = locate(store, person(JANE)).get(0);
      String id = Handle.of(piece).get(piece, "id");
      couch.ask(
          "POST",
          "/profiles/_bulk_docs",
          json(
              Map.of(
                  "new_edits",
                  false,
                  "docs",
                  List.of(
                      Map.of(
                          "_id",
                          id,
                          "_rev",
                          "1-aaa",
                          "customer",
                          JANE,
                          "note",
                          "lost in conflict",
                          "_revisions",
                          Map.of("start", 1, "ids", List.of("aaa")))))));
      Collected out = new Collected();
      store.export(piece, out);
      assertThat(out.text()).contains("lost in conflict").contains(secretOf(JANE));
      assertThat(store.erase(piece)).isEqualTo(new Answer.Done(Outcome.REMOVED, 1));
      assertThat(store.holds(piece)).isFalse();
      JsonNode revisions = couch.ask("GET", "/profiles/" + id + "?open_revs=all", null);
      assertThat(revisions.size()).isEqualTo(2);
      revisions.forEach(r -> assertThat(r.path("ok").path("_deleted").asBoolean()).isTrue());
    }
  }

  @Test
  void fieldsAreMadeAnonymousAndTheRestStays() {
    put(JANE);
    put(LONG);
    Map<String, Object> erase = new HashMap<>();
    erase.put("shipping.phone", null);
    erase.put("note", "erased");
    erase.put("customer", "nobody");
    erase.put("not.there", null);
    erase.put("_attachments", null);
    try (Store store = open(settings(server.url(), erase))) {
      Locator piece = locate(store, person(JANE)).get(0);
      assertThat(store.holds(piece)).isTrue();
      assertThat(store.erase(piece)).isEqualTo(new Answer.Done(Outcome.ANONYMISED, 1));
      assertThat(store.holds(piece)).isFalse();
      assertThat(store.erase(piece)).isEqualTo(new Answer.Done(Outcome.NOT_FOUND, 0));
      Collected out = new Collected();
      store.export(piece, out);
      assertThat(out.text())
          .contains("\"country\":\"AT\"")
          .contains("\"phone\":null")
          .doesNotContain("\"not\"")
          .doesNotContain(secretOf(JANE));
      assertThat(out.files).isEmpty();
      assertThat(locate(store, person(LONG))).hasSize(2);
    }
  }

  @Test
  void numbersAreFoundAsNumbersToo() {
    couch.ask("POST", "/profiles", json(Map.of("customer", 7)));
    couch.ask("POST", "/profiles", json(Map.of("customer", "7")));
    couch.ask("POST", "/profiles", json(Map.of("customer", 77)));
    couch.ask("POST", "/orders", json(Map.of("buyer", Map.of("id", 7))));
    try (Store store = open(settings())) {
      assertThat(locate(store, person("7"))).hasSize(3);
    }
  }

  @Test
  void findsMoreThanAPage() {
    Object[] documents = new Object[450];
    Arrays.fill(documents, Map.of("customer", JANE));
    couch.ask("POST", "/profiles/_bulk_docs", json(Map.of("docs", List.of(documents))));
    try (Store store = open(settings())) {
      assertThat(locate(store, person(JANE))).hasSize(450).doesNotHaveDuplicates();
    }
  }

  @Test
  void onlyFieldsThatMayAreHandedOut() {
    put(JANE);
    Map<String, Object> database =
        Map.of(
            "name", "profiles", "find", Map.of("customer", "{customer_id}"), "fields", "customer");
    try (Store store = open(Map.of("couchdb", server.url(), "databases", database))) {
      Collected out = new Collected();
      store.export(locate(store, person(JANE)).get(0), out);
      assertThat(out.text()).contains(JANE).doesNotContain("secret");
    }
  }

  @Test
  void theSurveyShowsFieldsThatNobodyThoughtOf() {
    put(JANE);
    couch.ask("POST", "/loose", json(Map.of("a", Map.of("b", 1))));
    try (Store store = open(settings(server.url(), Map.of("note", "erased")))) {
      assertThat(store.survey())
          .contains(
              new Shape("loose / $.a.b", false, 1),
              new Shape("profiles / $.note", true, 1),
              new Shape("profiles / $.shipping.phone", false, 1),
              new Shape("orders / $.buyer.name", true, 1));
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsAFaultOfThePolicy() {
    couch.ask("DELETE", "/profiles", null);
    try (Store store = open(settings())) {
      assertFails(() -> locate(store, person(JANE)), "404");
    }
  }

  /** What the server for tests lacks: bookmarks, signing in, refusals. */
  @Test
  void bookmarksSigningInAndACompactionThatIsRefused() throws IOException {
    StringBuilder page = new StringBuilder("{\"docs\":[");
    for (int i = 0; i < 200; i++) {
      page.append(i == 0 ? "" : ",").append("{\"_id\":\"d").append(i).append("\"}");
    }
    page.append("],\"bookmark\":\"more\"}");
    Servant.Manner manner =
        asked -> {
          String login = "Basic " + base64("app:pw");
          if (!asked.header("Authorization").equals(login)) {
            return Says.of(401, "{\"error\":\"unauthorized\"}");
          }
          if (asked.path().endsWith("/_find")) {
            return asked.body().contains("\"bookmark\":\"more\"")
                ? Says.of(200, "{\"docs\":[{\"_id\":\"last\"}],\"bookmark\":\"end\"}")
                : Says.of(200, page.toString());
          }
          if (asked.path().endsWith("/_compact")) {
            return Says.of(403, "{\"error\":\"forbidden\"}");
          }
          return asked.path().endsWith("/_bulk_docs")
              ? Says.of(201, "[{\"ok\":true}]")
              : Says.of(200, "[{\"ok\":{\"_id\":\"last\",\"_rev\":\"1-a\",\"n\":\"x\"}}]");
        };
    try (Servant servant = new Servant(manner)) {
      Map<String, Object> settings =
          new HashMap<>(
              Map.of(
                  "couchdb", servant.url(),
                  "user", "app",
                  "password", "pw",
                  "timeout", "PT1S",
                  "databases", Map.of("name", "p", "find", Map.of("c", "{customer_id}"))));
      try (Store store = open(settings)) {
        List<Locator> pieces = locate(store, person(JANE));
        assertThat(pieces).hasSize(201);
        // The servant never forgets, so others seem to write all the time.
        assertPasses(() -> store.erase(pieces.get(0)));
        boolean[] deleted = {false};
        servant.does(
            asked -> {
              if (deleted[0] && asked.path().contains("open_revs")) {
                return Says.of(
                    200, "[{\"ok\":{\"_id\":\"l\",\"_rev\":\"2-a\",\"_deleted\":true}}]");
              }
              deleted[0] |= asked.path().endsWith("/_bulk_docs");
              return manner.answer(asked);
            });
        assertThat(store.erase(pieces.get(0))).isEqualTo(new Answer.Done(Outcome.REMOVED, 1));
        assertThat(store.describe().note()).contains("compaction was refused for p");
        servant.does(asked -> Says.of(200, "{\"docs\":[").with(Servant.Bad.CUT_IN_BODY));
        assertPasses(() -> locate(store, person(JANE)));
        servant.does(asked -> Says.of(200, "<html>"));
        assertFails(() -> locate(store, person(JANE)), "JSON");
        servant.does(asked -> Says.of(200, "{}"));
        assertFails(() -> locate(store, person(JANE)), "documents");
        servant.does(asked -> Says.of(500, "{}"));
        assertPasses(() -> store.holds(pieces.get(0)));
      }
      servant.does(manner);
      settings.put("password", "wrong-one");
      try (Store store = open(settings)) {
        assertFails(() -> locate(store, person(JANE)), "401");
        assertThatThrownBy(() -> locate(store, person(JANE))).hasMessageNotContaining("wrong-one");
      }
    }
  }

  @Test
  void whatWouldFindEverybodyIsRefused() {
    Map<String, Object> everybody = Map.of("name", "p", "find", Map.of("a", "b"));
    assertThatThrownBy(() -> open(Map.of("couchdb", "http://x", "databases", everybody)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("everybody");
    Map<String, Object> neither = Map.of("name", "p");
    assertThatThrownBy(() -> open(Map.of("couchdb", "http://x", "databases", neither)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("view");
  }
}
