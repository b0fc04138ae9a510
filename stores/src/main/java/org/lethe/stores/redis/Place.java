package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.function.Consumer;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;

/** One sort of thing that the policy names in a Redis store. Immutable. */
interface Place {

  /** What the handles of its pieces say, so that they find back to it. */
  String sort();

  void locate(RedisCommands<byte[], byte[]> redis, Subject who, Consumer<Locator> found);

  /** How the pieces of this sort are dealt with; needs no policy, only what was written down. */
  interface Pieces {

    void export(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at, ExportSink to);

    /** How many things went. */
    long erase(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at);

    boolean holds(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at);
  }
}
