package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Template;

/** Members of sets and sorted sets that people share: {@code members: [{ key, value }]}. */
record Members(Glob glob, Template value) implements Place {

  private static final String MEMBER = "member";

  static final Pieces PIECES =
      new Pieces() {
        @Override
        public void export(
            RedisCommands<byte[], byte[]> redis, Locator piece, Handle at, ExportSink to) {
          byte[] key = Bytes.get(at, piece, KEY);
          byte[] member = Bytes.get(at, piece, MEMBER);
          if (!isIn(redis, piece.place(), key, member)) {
            return;
          }
          Map<String, Object> values = new LinkedHashMap<>();
          values.put("key", Bytes.named(key));
          values.put("member", Bytes.shown(member));
          if (isSorted(redis, piece.place(), key)) {
            values.put("score", redis.zscore(key, member));
          }
          to.record(piece.place(), values);
        }

        @Override
        public long erase(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          byte[] key = Bytes.get(at, piece, KEY);
          byte[] member = Bytes.get(at, piece, MEMBER);
          return isSorted(redis, piece.place(), key)
              ? redis.zrem(key, member)
              : redis.srem(key, member);
        }

        @Override
        public boolean holds(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at) {
          return isIn(
              redis, piece.place(), Bytes.get(at, piece, KEY), Bytes.get(at, piece, MEMBER));
        }
      };

  @Override
  public void locate(RedisCommands<byte[], byte[]> redis, Subject who, Consumer<Locator> found) {
    Scan.shared(
        redis,
        glob,
        value,
        who,
        (key, member) -> {
          if (isIn(redis, glob.toString(), key, member)) {
            found.accept(
                Sort.MEMBER
                    .handle()
                    .and(Pieces.KEY, Bytes.coded(key))
                    .and(MEMBER, Bytes.coded(member))
                    .at(glob.toString()));
          }
        });
  }

  private static boolean isIn(
      RedisCommands<byte[], byte[]> redis, String place, byte[] key, byte[] member) {
    return isSorted(redis, place, key)
        ? redis.zscore(key, member) != null
        : redis.sismember(key, member);
  }

  /** Whether it is a sorted set; a key that is gone passes for a set without members. */
  private static boolean isSorted(RedisCommands<byte[], byte[]> redis, String place, byte[] key) {
    String type = redis.type(key);
    return switch (type) {
      case "zset" -> true;
      case "set", "none" -> false;
      default ->
          throw new StoreException(
              place + " is a " + type + " in Redis, which has no members; correct the policy",
              false);
    };
  }
}
