package org.lethe.stores.http;

import org.lethe.store.Store;
import org.lethe.store.StoreFactory;
import org.lethe.store.StoreSettings;

/**
 * Makes stores of {@code http: https://service}; {@code style: opendsr} for those that speak it.
 */
public final class HttpStoreFactory implements StoreFactory {

  static final String KIND = "http";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Store open(StoreSettings settings) {
    return switch (settings.optionalText("style").orElse("rest")) {
      case "rest" -> new HttpStore(settings);
      case "opendsr" -> new OpenDsrStore(settings);
      default -> throw settings.fault("style", "is not known", "write rest or opendsr");
    };
  }
}
