package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import java.util.function.Consumer;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Template;

/** Fields of hashes that people share: {@code fields: [{ key, field }]}. */
record Fields(Glob glob, Template field) implements Place {

  private static final String FIELD = "field";

  static final Pieces PIECES =
      new Pieces() {
        @Override
        public void export(
            RedisCommands<byte[], byte[]> redis, Locator piece, Handle at, ExportSink to) {
          byte[] key = Bytes.get(at, piece, KEY);
          byte[] field = Bytes.get(at, piece, FIELD);
          byte[] value = redis.hget(key, field);
          if (value != null) {
            to.record(
                piece.place(),
                Map.of("key", Bytes.named(key), "fields", Bytes.shown(Map.of(field, value))));
          }
        }

        @Override
        public long erase(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          return redis.hdel(Bytes.get(at, piece, KEY), Bytes.get(at, piece, FIELD));
        }

        @Override
        public boolean holds(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          return redis.hexists(Bytes.get(at, piece, KEY), Bytes.get(at, piece, FIELD));
        }
      };

  @Override
  public void locate(RedisCommands<byte[], byte[]> redis, Subject who, Consumer<Locator> found) {
    Scan.shared(
        redis,
        glob,
        field,
        who,
        (key, name) -> {
          if (redis.hexists(key, name)) {
            found.accept(
                Sort.FIELD
                    .handle()
                    .and(Pieces.KEY, Bytes.coded(key))
                    .and(FIELD, Bytes.coded(name))
                    .at(glob.toString()));
          }
        });
  }
}
