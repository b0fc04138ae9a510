package org.lethe.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Template;

/**
 * Entries of streams that people share, by the value of one of their fields: {@code entries: [{
 * key, field, value }]}. Streams have no index, so they are read from end to end.
 */
record Entries(Glob glob, String field, Template value) implements Place {

  private static final String ID = "id";
  private static final int STEP = 1_000;

  static final Pieces PIECES =
      new Pieces() {
        @Override
        public void export(
            RedisCommands<byte[], byte[]> redis, Locator piece, Handle at, ExportSink to) {
          byte[] key = Bytes.get(at, piece, KEY);
          for (StreamMessage<byte[], byte[]> entry : read(redis, piece, at)) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("key", Bytes.named(key));
            values.putAll(Streams.shown(entry));
            to.record(piece.place(), values);
          }
        }

        @Override
        public long erase(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          return redis.xdel(Bytes.get(at, piece, KEY), at.get(piece, ID));
        }

        @Override
        public boolean holds(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          return !read(redis, piece, at).isEmpty();
        }

        private List<StreamMessage<byte[], byte[]>> read(
            RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          String id = at.get(piece, ID);
          return redis.xrange(Bytes.get(at, piece, KEY), Range.create(id, id));
        }
      };

  @Override
  public void locate(RedisCommands<byte[], byte[]> redis, Subject who, Consumer<Locator> found) {
    byte[] name = field.getBytes(UTF_8);
    Scan.shared(
        redis,
        glob,
        value,
        who,
        (key, wanted) ->
            Streams.each(
                redis,
                key,
                STEP,
                entries ->
                    entries.stream()
                        .filter(e -> has(e.getBody(), name, wanted))
                        .forEach(e -> found.accept(locator(key, e.getId())))));
  }

  private Locator locator(byte[] k, String id) {
    return Sort.ENTRY.handle().and(Pieces.KEY, Bytes.coded(k)).and(ID, id).at(glob.toString());
  }

  private static boolean has(Map<byte[], byte[]> body, byte[] name, byte[] value) {
    return body.entrySet().stream()
        .anyMatch(e -> Arrays.equals(e.getKey(), name) && Arrays.equals(e.getValue(), value));
  }
}
