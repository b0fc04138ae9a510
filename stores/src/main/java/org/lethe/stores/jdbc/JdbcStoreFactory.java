package org.lethe.stores.jdbc;

import org.lethe.store.Store;
import org.lethe.store.StoreFactory;
import org.lethe.store.StoreSettings;

/**
 * Makes stores of {@code jdbc: "jdbc:engine://..."}. Needs the engine's driver on the class path.
 */
public final class JdbcStoreFactory implements StoreFactory {

  static final String KIND = "jdbc";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Store open(StoreSettings settings) {
    return new JdbcStore(settings);
  }
}
