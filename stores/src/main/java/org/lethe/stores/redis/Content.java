package org.lethe.stores.redis;

import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValueScanCursor;
import io.lettuce.core.ValueScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.store.ExportSink;

/**
 * Hands out what is in a key. A large structure becomes several records, so that none of them is
 * large.
 */
final class Content {

  private static final int STEP = 500;
  private static final ScanArgs STEPWISE = ScanArgs.Builder.limit(STEP);

  private final RedisCommands<byte[], byte[]> redis;
  private final byte[] key;
  private final String place;
  private final ExportSink to;

  private Content(RedisCommands<byte[], byte[]> redis, byte[] key, String place, ExportSink to) {
    this.redis = redis;
    this.key = key;
    this.place = place;
    this.to = to;
  }

  static void export(RedisCommands<byte[], byte[]> redis, byte[] key, String place, ExportSink to) {
    new Content(redis, key, place, to).export();
  }

  private void export() {
    String type = redis.type(key);
    switch (type) {
      case "none" -> {}
      case "string" -> string();
      case "hash" -> hash();
      case "set" -> set();
      case "zset" -> sortedSet();
      case "list" -> list();
      case "stream" -> stream();
      default -> dump(type);
    }
  }

  private void string() {
    byte[] value = redis.get(key);
    if (value != null) {
      record("string", "value", Bytes.shown(value));
    }
  }

  private void hash() {
    ScanCursor at = ScanCursor.INITIAL;
    do {
      MapScanCursor<byte[], byte[]> step = redis.hscan(key, at, STEPWISE);
      record("hash", "fields", Bytes.shown(step.getMap()));
      at = step;
    } while (!at.isFinished());
  }

  private void set() {
    ScanCursor at = ScanCursor.INITIAL;
    do {
      ValueScanCursor<byte[]> step = redis.sscan(key, at, STEPWISE);
      record("set", "members", step.getValues().stream().map(Bytes::shown).toList());
      at = step;
    } while (!at.isFinished());
  }

  private void sortedSet() {
    ScanCursor at = ScanCursor.INITIAL;
    do {
      ScoredValueScanCursor<byte[]> step = redis.zscan(key, at, STEPWISE);
      record(
          "sorted set",
          "members",
          step.getValues().stream()
              .map(v -> Map.of("member", Bytes.shown(v.getValue()), "score", v.getScore()))
              .toList());
      at = step;
    } while (!at.isFinished());
  }

  private void list() {
    List<byte[]> step;
    for (long from = 0; ; from += STEP) {
      step = redis.lrange(key, from, from + STEP - 1);
      if (step.isEmpty()) {
        return;
      }
      record("list", "values", step.stream().map(Bytes::shown).toList());
    }
  }

  private void stream() {
    Streams.each(
        redis,
        key,
        STEP,
        messages -> record("stream", "entries", messages.stream().map(Streams::shown).toList()));
  }

  /** What a module of the server keeps, such as JSON or a filter: in the server's own form. */
  private void dump(String type) {
    byte[] dump = redis.dump(key);
    if (dump != null) {
      record(type, "file", Bytes.named(key) + ".dump");
      to.file(place, Bytes.named(key) + ".dump", new ByteArrayInputStream(dump));
    }
  }

  private void record(String type, String name, Object content) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("key", Bytes.named(key));
    values.put("type", type);
    values.put(name, content);
    to.record(place, values);
  }
}
