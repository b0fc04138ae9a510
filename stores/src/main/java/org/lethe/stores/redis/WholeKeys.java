package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import java.util.function.Consumer;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Values;

/** Keys that are a person's own, whatever is in them: {@code keys: ["session:{id}:*"]}. */
record WholeKeys(Glob glob) implements Place {

  static final Pieces PIECES =
      new Pieces() {
        @Override
        public void export(
            RedisCommands<byte[], byte[]> redis, Locator piece, Handle at, ExportSink to) {
          Content.export(redis, Bytes.get(at, piece, KEY), piece.place(), to);
        }

        @Override
        public long erase(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          return redis.unlink(Bytes.get(at, piece, KEY));
        }

        @Override
        public boolean holds(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          return redis.exists(Bytes.get(at, piece, KEY)) > 0;
        }
      };

  @Override
  public void locate(RedisCommands<byte[], byte[]> redis, Subject who, Consumer<Locator> found) {
    for (Map<String, String> values : Values.of(who, glob.columns())) {
      Scan.keys(
          redis,
          glob,
          values,
          key ->
              found.accept(
                  Sort.KEY.handle().and(Pieces.KEY, Bytes.coded(key)).at(glob.toString())));
    }
  }
}
