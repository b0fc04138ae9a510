package org.lethe.stores.redis;

import io.lettuce.core.api.sync.RedisCommands;
import java.util.function.Consumer;
import org.lethe.store.Locator;
import org.lethe.store.Subject;

/** One thing that the policy says of a Redis store: where to look for pieces of one sort. */
interface Place {

  /** The keys where they are. */
  Glob glob();

  void locate(RedisCommands<byte[], byte[]> redis, Subject who, Consumer<Locator> found);
}
