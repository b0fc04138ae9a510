package org.lethe.store;

import java.util.List;

/**
 * A {@link Store} that can look through all it has, whatever the policy says of it: every key and
 * value, every path and file, every document with its attachments, every column. Dear, since
 * everything is read, and what it says quotes names of what is there: for tests that want to know
 * whether something was forgotten, not for an application at work.
 */
public interface FullSearch {

  /** So many places are named; more say no more. */
  int MOST = 100;

  /**
   * Where a text stands, letter for letter, also inside of longer ones.
   *
   * @return at most {@link #MOST} places, each such as {@code key session:7}; empty if it stands
   *     nowhere
   * @throws StoreException if the store cannot be asked
   */
  List<String> mentions(String text);
}
