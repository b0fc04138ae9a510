package org.lethe.stores.couchdb;

import org.lethe.store.Store;
import org.lethe.store.StoreFactory;
import org.lethe.store.StoreSettings;

/** Makes stores of {@code couchdb: http://host:5984}. */
public final class CouchDbStoreFactory implements StoreFactory {

  static final String KIND = "couchdb";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Store open(StoreSettings settings) {
    return new CouchDbStore(settings);
  }
}
