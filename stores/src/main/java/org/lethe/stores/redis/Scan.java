package org.lethe.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.lethe.store.Subject;
import org.lethe.stores.Template;
import org.lethe.stores.Values;

/** Looks for keys without holding up the server: step by step with SCAN, never with KEYS. */
final class Scan {

  /** Keys that the server looks at in one step. */
  private static final int STEP = 1_000;

  private Scan() {}

  /** Finds the keys of a pattern for one person, each once. */
  static void keys(
      RedisCommands<byte[], byte[]> redis,
      Glob glob,
      Map<String, String> values,
      Consumer<byte[]> found) {
    if (!glob.wild()) {
      byte[] key = glob.key(values);
      if (redis.exists(key) > 0) {
        found.accept(key);
      }
      return;
    }
    // A server that makes its table of keys smaller meanwhile says some of them twice.
    Set<ByteBuffer> seen = new HashSet<>();
    ScanArgs matching = ScanArgs.Builder.limit(STEP).match(glob.pattern(values).getBytes(UTF_8));
    ScanCursor at = ScanCursor.INITIAL;
    do {
      KeyScanCursor<byte[]> step = redis.scan(at, matching);
      for (byte[] key : step.getKeys()) {
        if (seen.add(ByteBuffer.wrap(key))) {
          found.accept(key);
        }
      }
      at = step;
    } while (!at.isFinished());
  }

  /** Finds the keys of something that people share, with what is one person's there. */
  static void shared(
      RedisCommands<byte[], byte[]> redis,
      Glob glob,
      Template one,
      Subject who,
      BiConsumer<byte[], byte[]> found) {
    for (Map<String, String> values : Values.of(who, Places.columns(glob, one))) {
      byte[] theirs = one.fill(values, text -> text).getBytes(UTF_8);
      keys(redis, glob, values, key -> found.accept(key, theirs));
    }
  }

  /** Shows about so many keys, wherever they are. */
  static void sample(RedisCommands<byte[], byte[]> redis, int size, Consumer<byte[]> shown) {
    ScanCursor at = ScanCursor.INITIAL;
    int left = size;
    do {
      KeyScanCursor<byte[]> step = redis.scan(at, ScanArgs.Builder.limit(STEP));
      step.getKeys().forEach(shown);
      left -= step.getKeys().size();
      at = step;
    } while (!at.isFinished() && left > 0);
  }
}
