package org.lethe.stores.files;

import org.lethe.store.Store;
import org.lethe.store.StoreFactory;
import org.lethe.store.StoreSettings;

/** Makes stores of {@code files: /path}, with the patterns of {@code paths}. */
public final class FilesStoreFactory implements StoreFactory {

  static final String KIND = "files";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Store open(StoreSettings settings) {
    return new FilesStore(settings);
  }
}
