package org.lethe.store;

/**
 * Makes stores of one kind. Found through {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/org.lethe.store.StoreFactory}.
 */
public interface StoreFactory {

  /** The key by which the policy names it, such as {@code redis}. */
  String kind();

  /**
   * Makes a store of what the policy says. Connects only when it is first needed.
   *
   * @throws org.lethe.error.InputException if that cannot be used; says what, where and how to fix
   */
  Store open(StoreSettings settings);
}
