package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.stores.Handle;

/** How pieces of one sort are dealt with. Knows what was written down and nothing of the policy. */
interface Pieces {

  /** The name in a handle of the key where a piece is. */
  String KEY = "key";

  void export(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at, ExportSink to);

  /** Returns how many things went: one or none. */
  long erase(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at);

  boolean holds(RedisCommands<byte[], byte[]> redis, Locator piece, Handle at);
}
