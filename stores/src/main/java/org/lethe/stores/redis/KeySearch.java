package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import org.lethe.store.ExportSink;
import org.lethe.stores.Mentions;

/** Looks for a text in all that a key has. */
record KeySearch(String place, Mentions found) implements ExportSink {

  static void look(RedisCommands<byte[], byte[]> redis, byte[] key, Mentions found) {
    String place = "key " + Bytes.named(key);
    found.look(place, key);
    Content.export(redis, key, place, new KeySearch(place, found));
  }

  @Override
  public void record(String at, Map<String, ?> values) {
    values.values().forEach(this::look);
  }

  /** Values that are no text come in their Base64 form, in which nothing can be recognised. */
  private void look(Object value) {
    if (value instanceof Map<?, ?> map) {
      if (map.size() == 1 && map.get("base64") instanceof String coded) {
        found.look(place, Base64.getDecoder().decode(coded));
      } else {
        map.forEach(
            (name, inner) -> {
              look(name);
              look(inner);
            });
      }
    } else if (value instanceof Iterable<?> list) {
      list.forEach(this::look);
    } else {
      found.look(place, value);
    }
  }

  @Override
  public void file(String at, String name, InputStream content) {
    try {
      found.look(place, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
