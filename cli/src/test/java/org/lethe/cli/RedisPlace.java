package org.lethe.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lethe.testkit.server.RedisTestServer;

/** Sessions, carts and what happened, in a database of a Redis server. */
final class RedisPlace extends RemotePlace {

  private static final String STREAM = "events";
  private static final String SET = "online";

  private final int number;
  private final RedisClient client;
  private final RedisCommands<String, String> redis;

  RedisPlace(RedisTestServer server, int number) throws IOException {
    super(server.port(), 4);
    this.number = number;
    client = RedisClient.create(RedisURI.create(server.url() + "/" + number));
    redis = client.connect().sync();
    redis.flushdb();
  }

  @Override
  public String name() {
    return "sessions";
  }

  @Override
  public String settings() {
    return """
      sessions:
        redis: "redis://127.0.0.1:%d/%d"
        timeout: PT0.4S
        keys: ["session:{customer_id}:*", "cart:{customer_id}"]
        members: [{ key: online, value: "{customer_id}" }]
        entries: [{ key: events, field: customer, value: "{customer_id}" }]
    """
        .formatted(port(), number);
  }

  @Override
  public void put(Somebody who) {
    redis.hset(
        "session:%s:web".formatted(who.id()),
        Map.of("mail", who.email(), "saw", who.canary(name())));
    redis.sadd("cart:" + who.id(), who.canary(name()));
    redis.sadd(SET, who.id());
    redis.xadd(STREAM, Map.of("customer", who.id(), "what", who.canary(name())));
  }

  @Override
  public SortedMap<String, String> content() {
    SortedMap<String, String> content = new TreeMap<>();
    for (String key : redis.keys("*")) {
      switch (key) {
        case SET -> redis.smembers(key).forEach(m -> content.put(SET + "#" + m, m));
        case STREAM ->
            redis
                .xrange(key, Range.unbounded())
                .forEach(
                    m -> content.put(STREAM + "#" + m.getId(), new TreeMap<>(m.getBody()) + ""));
        default -> content.put(key, new String(redis.dump(key), ISO_8859_1));
      }
    }
    return content;
  }

  @Override
  public void putBack(SortedMap<String, String> content) {
    redis.flushdb();
    content.forEach(
        (where, what) -> {
          if (where.startsWith(SET + "#")) {
            redis.sadd(SET, what);
          } else if (where.startsWith(STREAM + "#")) {
            redis.xadd(
                STREAM,
                new XAddArgs().id(where.substring(STREAM.length() + 1)),
                (Object[]) what.substring(1, what.length() - 1).split("=|, "));
          } else {
            redis.restore(where, what.getBytes(ISO_8859_1), new RestoreArgs());
          }
        });
  }

  @Override
  public void close() {
    super.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
