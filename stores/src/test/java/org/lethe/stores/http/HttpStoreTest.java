package org.lethe.stores.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.error.InputException;
import org.lethe.store.Answer;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;
import org.lethe.store.Subject;
import org.lethe.stores.Collected;
import org.lethe.stores.StoreContract;
import org.lethe.testkit.server.Servant;
import org.lethe.testkit.server.Servant.Bad;
import org.lethe.testkit.server.Servant.Says;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway.Init")
class HttpStoreTest extends StoreContract {

  private static final String KEY = "0123456789abcdef0123";

  private final Map<String, String> people = new ConcurrentSkipListMap<>();
  private Servant servant;

  @BeforeEach
  void start() throws IOException {
    servant = new Servant(this::serve);
  }

  @AfterEach
  void stop() {
    servant.close();
  }

  /** A service with one record for a person. */
  private Says serve(Servant.Asked asked) {
    String id =
        URLDecoder.decode(asked.path().substring("/people/".length()).replace("+", "%2B"), UTF_8);
    String record = people.get(id);
    if (record == null) {
      return Says.of(404, "");
    }
    if (asked.method().equals("DELETE")) {
      people.remove(id);
      return Says.of(204, "");
    }
    return Says.of(200, record);
  }

  /** A service answers only what it is asked. */
  @Override
  protected boolean searchable() {
    return false;
  }

  @Override
  protected Map<String, Object> settings() {
    return settings(servant.url());
  }

  private static Map<String, Object> settings(String url) {
    return Map.of(
        "http", url,
        "timeout", "PT1S",
        "sign", Map.of("key", KEY),
        "headers", Map.of("X-Tenant", "shop"),
        "export", Map.of("path", "/people/{customer_id}"),
        "erase", Map.of("path", "/people/{customer_id}"),
        "status", Map.of("path", "/erasure/{reference}"));
  }

  @Override
  protected Map<String, Object> settingsOfNobody() {
    return settings("http://127.0.0.1:1");
  }

  @Override
  protected void put(String customer) {
    people.put(
        customer, JsonMapper.shared().writeValueAsString(Map.of("note", secretOf(customer))));
  }

  /** As it will be in JSON, too. */
  @Override
  protected Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    people.forEach(
        (k, v) -> content.put(k, JsonMapper.shared().readTree(v).path("note").asString()));
    return content;
  }

  @Override
  protected int pieces() {
    return 1;
  }

  private Locator piece(Store store) {
    return locate(store, person(JANE)).get(0);
  }

  @Test
  void signsCallsAndNamesRepeatedOnesAlike() {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      store.erase(piece);
      store.erase(piece);
      List<Servant.Asked> calls = servant.asked.subList(1, 3);
      for (Servant.Asked call : calls) {
        assertThat(call.header("X-tenant")).isEqualTo("shop");
        Signature signature =
            new Signature(StoreSettings.of("x", Map.of("key", KEY), n -> null), Clock.systemUTC());
        String time = call.header("Lethe-timestamp");
        String signed = call.header("Lethe-signature");
        assertThat(signature.valid("DELETE", call.path(), time, signed, new byte[0])).isTrue();
        assertThat(signature.valid("GET", call.path(), time, signed, new byte[0])).isFalse();
        assertThat(signature.valid("DELETE", call.path(), time, signed, new byte[1])).isFalse();
      }
      String once = calls.get(0).header("Idempotency-key");
      assertThat(once).hasSizeGreaterThan(20).isEqualTo(calls.get(1).header("Idempotency-key"));
      put(JANE);
      store.erase(piece(store));
      assertThat(servant.asked.get(servant.asked.size() - 1).header("Idempotency-key"))
          .isNotEqualTo(once);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Bad.class, names = "NO", mode = EnumSource.Mode.EXCLUDE)
  void whatDiesHalfWayMayWorkLater(Bad bad) {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      servant.does(asked -> Says.of(200, "[{\"note\":\"x\"},").with(bad));
      assertPasses(() -> locate(store, person(JANE)));
      assertPasses(() -> store.export(piece, new Collected()));
      assertPasses(() -> store.holds(piece));
      assertPasses(() -> store.erase(piece));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>sign in</html>", "{\"a\":", "7", "jane.4711"})
  void nonsenseIsNoAnswer(String nonsense) {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      servant.does(asked -> Says.of(200, nonsense));
      assertFails(() -> locate(store, person(JANE)), "127.0.0.1", "JSON");
      assertFails(() -> store.erase(piece), "JSON");
      assertFails(() -> store.holds(piece), "JSON");
      assertFails(() -> store.export(piece, new Collected()), "127.0.0.1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 403, 409, 501})
  void aRefusalIsForGood(int status) {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      servant.does(asked -> Says.of(status, "").with("Location", servant.url() + "/elsewhere"));
      assertFails(() -> locate(store, person(JANE)), "" + status);
      assertFails(() -> store.export(piece, new Collected()), "" + status);
      assertFails(() -> store.erase(piece), "" + status);
      assertFails(() -> store.holds(piece), "" + status);
      assertThat(servant.asked).noneMatch(asked -> asked.path().contains("elsewhere"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503})
  void aFailureMayPass(int status) {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      servant.does(asked -> Says.of(status, "{}"));
      assertPasses(() -> locate(store, person(JANE)));
      assertPasses(() -> store.erase(piece));
    }
  }

  @Test
  void anErasureMayTakeItsTime() {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      servant.does(asked -> Says.of(202, "{\"reference\":\"r/1\"}").with("Retry-After", "30"));
      assertThat(store.erase(piece)).isEqualTo(new Answer.Pending("r/1", Duration.ofSeconds(30)));
      servant.does(asked -> Says.of(200, "{\"outcome\":\"pending\",\"reference\":\"r/1\"}"));
      assertThat(store.lookAgain(piece, "r/1")).isInstanceOf(Answer.Pending.class);
      assertThat(servant.asked.get(0).path()).isEqualTo("/erasure/r%2F1");
      servant.does(asked -> Says.of(200, "{\"outcome\":\"anonymised\",\"items\":3}"));
      assertThat(store.lookAgain(piece, "r/1")).isEqualTo(new Answer.Done(Outcome.ANONYMISED, 3));
      servant.does(asked -> Says.of(404, ""));
      assertFails(() -> store.lookAgain(piece, "r/1"), "reference");
      servant.does(asked -> Says.of(202, "{}"));
      assertFails(() -> store.erase(piece), "reference");
    }
  }

  @Test
  void anErasureMayBeRefusedWithAGround() {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      servant.does(
          asked ->
              Says.of(
                  200,
                  "{\"outcome\":\"retained\",\"ground\":\"17(3)(b)\",\"until\":\"2030-01-01T00:00:00Z\"}"));
      assertThat(store.erase(piece))
          .isEqualTo(new Answer.Retained("17(3)(b)", Instant.parse("2030-01-01T00:00:00Z")));
      servant.does(asked -> Says.of(200, "{\"outcome\":\"retained\"}"));
      assertFails(() -> store.erase(piece), "ground");
      servant.does(asked -> Says.of(200, "{\"success\":false}"));
      assertFails(() -> store.erase(piece), "outcome");
    }
  }

  @Test
  void bodiesAndQueriesAreEscapedEachInItsWay() {
    String value = "a\"b&c=d/../e?{x}";
    Map<String, Object> settings =
        Map.of(
            "http", servant.url() + "/api/",
            "find", Map.of("path", "/search?q={customer_id}", "at", "/items"),
            "erase",
                Map.of(
                    "method", "POST",
                    "path", "/forget",
                    "answer", "status",
                    "body", Map.of("ids", List.of("{customer_id}", 7, true))));
    servant.does(asked -> Says.of(200, "{\"items\":[1],\"total\":1}"));
    try (Store store = open(settings)) {
      Locator piece = locate(store, person(value)).get(0);
      assertThat(servant.asked.get(0).path())
          .isEqualTo("/api/search?q=a%22b%26c%3Dd%2F..%2Fe%3F%7Bx%7D");
      assertThat(store.erase(piece)).isEqualTo(new Answer.Done(Outcome.REMOVED, 1));
      assertThat(
              JsonMapper.shared()
                  .readTree(servant.asked.get(1).body())
                  .path("ids")
                  .get(0)
                  .asString())
          .isEqualTo(value);
      servant.does(asked -> Says.of(200, "{\"items\":[],\"total\":0}"));
      assertThat(store.holds(piece)).isFalse();
    }
  }

  @Test
  void aValueThatIsAWayUpFindsNothing() {
    servant.does(asked -> Says.of(200, "{\"a\":1}"));
    try (Store store = open(settings())) {
      assertThat(locate(store, person(".."))).isEmpty();
      assertThat(servant.asked).isEmpty();
    }
  }

  @Test
  void listsBecomeRecordsAndOtherBodiesFiles() {
    put(JANE);
    try (Store store = open(settings())) {
      Locator piece = piece(store);
      servant.does(asked -> Says.of(200, "[{\"a\":1},{\"b\":[null,{\"c\":2.5}]}]"));
      Collected out = new Collected();
      store.export(piece, out);
      assertThat(out.text()).isEqualTo("[{\"a\":1},{\"b\":[null,{\"c\":2.5}]}]");
      servant.does(asked -> Says.of(200, "PK").with("Content-Type", "application/zip"));
      store.export(piece, out);
      assertThat(out.files).containsOnlyKeys("tested");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsNotTakenIn() {
    put(JANE);
    Map<String, Object> settings = new HashMap<>(settings());
    settings.put("largest", 1);
    try (Store store = open(settings)) {
      Locator piece = piece(store);
      servant.does(asked -> Says.of(200, "[" + "1,".repeat(1 << 20) + "1]"));
      assertFails(() -> store.export(piece, new Collected()), "too large");
      assertFails(() -> store.erase(piece), "too large");
    }
  }

  @Test
  void aServiceThatCannotBeAskedSaysSo() {
    Map<String, Object> settings =
        Map.of("http", servant.url(), "erase", Map.of("path", "/people/{customer_id}"));
    try (Store store = open(settings)) {
      assertThat(store.verifies()).isFalse();
      assertThat(store.describe().note()).contains("find");
      assertThat(store.describe().exports()).isFalse();
      assertFails(() -> store.holds(piece(store)), "find");
    }
  }

  @Test
  void callbacksAreTakenOnlyWithASignature() {
    Instant now = Instant.parse("2026-05-01T12:00:00Z");
    StoreSettings settings = StoreSettings.of("tested", settings(), n -> null);
    byte[] body = "{\"reference\":\"r1\",\"outcome\":\"removed\",\"items\":2}".getBytes(UTF_8);
    Map<String, String> headers =
        new Signature(settings.part("sign").orElseThrow(), Clock.fixed(now, ZoneOffset.UTC))
            .headers("POST", "/callback", body);
    HttpCallback soon =
        new HttpCallback(settings, Clock.fixed(now.plusSeconds(60), ZoneOffset.UTC));
    HttpCallback.Said said = soon.read("POST", "/callback", headers::get, body);
    assertThat(said).isEqualTo(new HttpCallback.Said("r1", new Answer.Done(Outcome.REMOVED, 2)));
    assertThat(soon.read("POST", "/callback", headers::get, body)).isEqualTo(said);
    HttpCallback late =
        new HttpCallback(settings, Clock.fixed(now.plusSeconds(600), ZoneOffset.UTC));
    assertFails(() -> late.read("POST", "/callback", headers::get, body), "signature");
    assertFails(() -> soon.read("POST", "/other", headers::get, body), "signature");
    assertFails(() -> soon.read("POST", "/callback", n -> null, body), "signature");
    assertFails(() -> soon.read("POST", "/callback", n -> "zz", body), "signature");
    assertFails(
        () -> soon.read("POST", "/callback", headers::get, "{}".getBytes(UTF_8)), "signature");
  }

  @Test
  void openDsrIsAskedOnceAndLookedAfter() {
    Map<String, Object> settings =
        Map.of(
            "http", servant.url(),
            "style", "opendsr",
            "identities", Map.of("email", "{email}", "controller_customer_id", "{customer_id}"));
    Map<String, String> states = new HashMap<>();
    servant.does(
        asked -> {
          String id = asked.path().substring(asked.path().lastIndexOf('/') + 1);
          if (asked.method().equals("POST")) {
            String made =
                JsonMapper.shared().readTree(asked.body()).path("subject_request_id").asString();
            states.put(made, "in_progress");
            return Says.of(201, "{\"subject_request_id\":\"" + made + "\"}");
          }
          return states.containsKey(id)
              ? Says.of(200, "{\"request_status\":\"" + states.get(id) + "\"}")
              : Says.of(404, "");
        });
    Subject who =
        new Subject(
            "customer",
            Map.of("email", List.of("a@x.org", "b@x.org"), "customer_id", List.of("7")));
    try (Store store = open(settings)) {
      List<Locator> pieces = locate(store, who);
      assertThat(pieces).hasSize(1);
      Answer.Pending pending = (Answer.Pending) store.erase(pieces.get(0));
      assertThat(store.erase(pieces.get(0))).isEqualTo(pending);
      assertThat(servant.asked).filteredOn(a -> a.method().equals("POST")).hasSize(1);
      assertThat(servant.asked.get(1).body()).contains("a@x.org", "b@x.org", "\"7\"", "erasure");
      assertThat(store.lookAgain(pieces.get(0), pending.reference())).isEqualTo(pending);
      states.replaceAll((k, v) -> "completed");
      assertThat(store.lookAgain(pieces.get(0), pending.reference()))
          .isEqualTo(new Answer.Done(Outcome.REMOVED, 1));
      states.replaceAll((k, v) -> "lost");
      assertThatThrownBy(() -> store.lookAgain(pieces.get(0), pending.reference()))
          .isInstanceOf(StoreException.class);
      assertThat(store.verifies()).isFalse();
      assertThat(locate(store, new Subject("customer", Map.of()))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "http://user:secret@x", "nothing", "http://x?y"})
  void anAddressThatIsNoneIsRefusedWithoutBeingSaid(String url) {
    assertThatThrownBy(() -> open(settings(url)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("stores.tested.http ")
        .hasMessageNotContaining("secret");
  }
}
