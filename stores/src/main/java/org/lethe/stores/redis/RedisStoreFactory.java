package org.lethe.stores.redis;

import org.lethe.store.Store;
import org.lethe.store.StoreFactory;
import org.lethe.store.StoreSettings;
import org.lethe.stores.Driver;

/** Makes stores of {@code redis: redis://host:port}. Needs Lettuce on the class path. */
public final class RedisStoreFactory implements StoreFactory {

  static final String KIND = "redis";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Store open(StoreSettings settings) {
    Driver.require(settings, KIND, "io.lettuce.core.RedisClient", "io.lettuce:lettuce-core");
    return new RedisStore(settings);
  }
}
