package org.lethe.cli;

/**
 * A person, as stores outside of the database know them.
 *
 * @param id of the customer
 */
record Somebody(String id, String email) {

  /** What only this person's data has, another text for each place. */
  String canary(String place) {
    return "canary-" + place + "-of-" + id + "-end";
  }
}
