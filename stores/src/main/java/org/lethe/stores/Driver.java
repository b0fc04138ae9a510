package org.lethe.stores;

import org.lethe.error.InputException;
import org.lethe.store.StoreSettings;

/** A library that only users of one kind of store need. */
public final class Driver {

  private Driver() {}

  /**
   * Sees to it that a library is there, before anything that uses it is loaded.
   *
   * @param key names the kind of store
   * @param className one of the library's classes
   * @param artifact group and artifact to add
   * @throws InputException if it is not
   */
  public static void require(
      StoreSettings settings, String key, String className, String artifact) {
    try {
      Class.forName(className, false, Driver.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw settings.fault(
          key,
          "needs a library that is not on the class path",
          "add the dependency " + artifact + ", or the jar of it");
    }
  }
}
