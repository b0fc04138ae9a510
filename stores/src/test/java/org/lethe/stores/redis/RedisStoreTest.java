package org.lethe.stores.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KillArgs;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.error.InputException;
import org.lethe.store.Locator;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;
import org.lethe.stores.Collected;
import org.lethe.stores.StoreContract;
import org.lethe.testkit.server.RedisTestServer;

/** Against a real server. */
@SuppressWarnings("NullAway.Init")
class RedisStoreTest extends StoreContract {

  private static final List<Object> MEMBERS =
      List.of(
          Map.of("key", "online", "value", "{customer_id}"),
          Map.of("key", "scores:*", "value", "{customer_id}"));

  private static RedisTestServer server;
  private static RedisClient client;
  private static StatefulRedisConnection<String, String> connection;
  private static RedisCommands<String, String> redis;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    server = RedisTestServer.start();
    port = server.port();
    client = RedisClient.create(RedisURI.create("127.0.0.1", port));
    connection = client.connect();
    redis = connection.sync();
  }

  @AfterAll
  static void stop() throws IOException {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    server.close();
  }

  @BeforeEach
  void empty() {
    redis.flushall();
  }

  @Override
  protected Map<String, Object> settings() {
    return settings(port);
  }

  private static Map<String, Object> settings(int port) {
    return Map.of(
        "redis", "redis://127.0.0.1:" + port,
        "keys", List.of("session:{customer_id}:*", "profile:{customer_id}"),
        "fields", List.of(Map.of("key", "carts", "field", "{customer_id}")),
        "entries", List.of(Map.of("key", "events", "field", "customer", "value", "{customer_id}")));
  }

  @Override
  protected Map<String, Object> settingsOfNobody() {
    return settings(1);
  }

  @Override
  protected void put(String customer) {
    String secret = secretOf(customer);
    redis.set("session:" + customer + ":text", secret);
    redis.hset("session:" + customer + ":hash", Map.of("a", secret, "b", "2"));
    redis.sadd("session:" + customer + ":set", secret, "x");
    redis.zadd("session:" + customer + ":sorted", 1.5, secret);
    redis.rpush("session:" + customer + ":list", "first", secret);
    redis.xadd("session:" + customer + ":stream", Map.of("n", secret));
    redis.set("profile:" + customer, secret);
    redis.hset("carts", customer, secret);
    redis.xadd("events", Map.of("customer", customer, "what", secret));
  }

  @Override
  protected int pieces() {
    return 9;
  }

  @Override
  protected Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    for (String key : redis.keys("*")) {
      String value =
          switch (redis.type(key)) {
            case "string" -> redis.get(key);
            case "hash" -> new TreeMap<>(redis.hgetall(key)).toString();
            case "set" -> redis.smembers(key).stream().sorted().toList().toString();
            case "zset" -> redis.zrangeWithScores(key, 0, -1).toString();
            case "list" -> redis.lrange(key, 0, -1).toString();
            default ->
                redis.xrange(key, Range.unbounded()).stream()
                    .map(m -> m.getId() + m.getBody())
                    .toList()
                    .toString();
          };
      content.put(key, value);
    }
    // A hash or stream that was never there, and one that nothing is in, are the same to people.
    content.values().removeIf(value -> value.equals("[]"));
    return content;
  }

  @Test
  void membersOfWhatPeopleShare() {
    redis.sadd("online", JANE, LONG);
    redis.zadd("scores:chess", 7, JANE);
    redis.zadd("scores:chess", 8, SHORT);
    redis.zadd("scores:go", 9, LONG);
    Map<String, Object> settings = Map.of("redis", "redis://127.0.0.1:" + port, "members", MEMBERS);
    try (Store store = open(settings)) {
      List<Locator> pieces = locate(store, person(JANE));
      assertThat(pieces).extracting(Locator::place).containsExactly("online", "scores:*");
      Collected out = new Collected();
      pieces.forEach(p -> store.export(p, out));
      assertThat(out.text()).contains("\"score\":7").contains("scores:chess");
      pieces.forEach(store::erase);
      assertThat(pieces).noneMatch(store::holds);
    }
    assertThat(redis.smembers("online")).containsExactly(LONG);
    assertThat(redis.zrange("scores:chess", 0, -1)).containsExactly(SHORT);
    assertThat(redis.zrange("scores:go", 0, -1)).containsExactly(LONG);
  }

  @Test
  void aStructureOfAnotherTypeIsAFaultOfThePolicy() {
    redis.set("online", JANE);
    Map<String, Object> settings = Map.of("redis", "redis://127.0.0.1:" + port, "members", MEMBERS);
    try (Store store = open(settings)) {
      assertFails(() -> locate(store, person(JANE)), "online", "string");
    }
    redis.set("carts", "text");
    try (Store store = open(settings())) {
      assertFails(() -> locate(store, person(JANE)), "WRONGTYPE");
    }
  }

  @Test
  void findsAmongManyKeysAndHandsOutLargeStructuresInParts() {
    for (int i = 0; i < 3_000; i++) {
      redis.set("session:other" + i + ":x", "x");
      redis.rpush("session:" + JANE + ":list", "value " + i);
      redis.xadd("events", Map.of("customer", i % 1_000 == 0 ? JANE : "other"));
    }
    try (Store store = open(settings())) {
      List<Locator> pieces = locate(store, person(JANE));
      assertThat(pieces).hasSize(1 + 3);
      Collected out = new Collected();
      store.export(pieces.get(0), out);
      assertThat(out.records).hasSizeGreaterThan(5);
      assertThat(out.text()).contains("value 0\"").contains("value 2999");
    }
  }

  @Test
  void bytesThatAreNoTextSurvive() {
    byte[] value = {0, (byte) 0xff, 'x'};
    String key = "session:" + JANE + ":\u00ff\u0000";
    try (StatefulRedisConnection<byte[], byte[]> raw = client.connect(ByteArrayCodec.INSTANCE);
        Store store = open(settings())) {
      raw.sync().set(key.getBytes(ISO_8859_1), value);
      List<Locator> pieces = locate(store, person(JANE));
      Collected out = new Collected();
      store.export(pieces.get(0), out);
      assertThat(out.text()).contains("AP94").contains("base64:");
      store.erase(pieces.get(0));
      assertThat(redis.dbsize()).isZero();
    }
  }

  @Test
  void theSurveyShowsWhatNoPatternMatches() {
    put(JANE);
    put(LONG);
    for (int i = 0; i < 20; i++) {
      redis.set("cart:" + i + ":items", "x");
      redis.set("basket:" + Character.toString('a' + i), "x");
    }
    redis.set("token:5f2b6c1d-0f6e-4b5c-9c9f-3b2f4a5d6e7f:jane@example.org", "x");
    try (Store store = open(settings())) {
      assertThat(store.survey())
          .containsExactly(
              new Shape("basket:*", false, 20),
              new Shape("cart:*:items", false, 20),
              new Shape("token:*:*", false, 1),
              new Shape("carts", true, 1),
              new Shape("events", true, 1),
              new Shape("profile:{customer_id}", true, 2),
              new Shape("session:{customer_id}:*", true, 12));
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForLong() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0)) {
      Map<String, Object> settings = new HashMap<>(settings(deaf.getLocalPort()));
      settings.put("timeout", "PT0.5S");
      long start = System.nanoTime();
      try (Store store = open(settings)) {
        assertPasses(() -> locate(store, person(JANE)));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void aServerThatComesBackIsUsedAgain() {
    put(JANE);
    try (Store store = open(settings())) {
      assertThat(locate(store, person(JANE))).hasSize(pieces());
      redis.clientKill(KillArgs.Builder.typeNormal().skipme());
      try {
        locate(store, person(JANE));
      } catch (StoreException e) {
        assertThat(e.passing()).isTrue();
      }
      assertThat(locate(store, person(JANE))).hasSize(pieces());
    }
  }

  @Test
  void aWrongPasswordIsRefusedAndNotSaid() {
    redis.configSet("requirepass", "right");
    try {
      Map<String, Object> settings = new HashMap<>(settings());
      settings.put("password", "wr0ng");
      try (Store store = open(settings)) {
        assertFails(() -> locate(store, person(JANE)), "WRONGPASS", "127.0.0.1");
        assertThatThrownBy(() -> locate(store, person(JANE))).hasMessageNotContaining("wr0ng");
      }
      settings.put("password", "${REDIS}");
      try (Store store =
          new RedisStoreFactory()
              .open(StoreSettings.of("tested", settings, Map.of("REDIS", "right")::get))) {
        assertThat(locate(store, person(JANE))).isEmpty();
      }
    } finally {
      redis.configSet("requirepass", "");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"session:*", "session:{customer_id}*", "*{customer_id}", "x[ab]{customer_id}"})
  void aPatternThatWouldFindTooMuchIsRefused(String pattern) {
    Map<String, Object> settings =
        Map.of("redis", "redis://127.0.0.1:" + port, "keys", List.of(pattern));
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("stores.tested.keys ")
        .hasMessageContaining(pattern);
  }

  @Test
  void aPatternWithEscapesAndChoices() {
    redis.set("a*:" + JANE + ":1", "x");
    redis.set("ab:" + JANE + ":1", "x");
    redis.set("a*:" + JANE + ":3", "x");
    Map<String, Object> settings =
        Map.of("redis", "redis://127.0.0.1:" + port, "keys", "a\\*:{customer_id}:[12]");
    try (Store store = open(settings)) {
      assertThat(locate(store, person(JANE))).hasSize(1);
      assertThat(store.survey())
          .filteredOn(Shape::covered)
          .extracting(Shape::seen)
          .containsExactly(1L);
    }
  }
}
