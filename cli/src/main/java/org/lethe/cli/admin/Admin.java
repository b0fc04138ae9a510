package org.lethe.cli.admin;

import java.net.URI;

/**
 * The web admin. Found by {@link java.util.ServiceLoader}, so that a command line without one stays
 * small and starts fast. Implementations have a constructor without parameters.
 */
public interface Admin {

  /**
   * Starts it, and returns when it answers.
   *
   * @throws org.lethe.error.InputException if it cannot listen where it should
   */
  Running start(AdminSettings settings);

  /** An admin that answers; closing it stops it. */
  interface Running extends AutoCloseable {

    /** Where people open it in a browser. */
    URI address();

    @Override
    void close();
  }
}
