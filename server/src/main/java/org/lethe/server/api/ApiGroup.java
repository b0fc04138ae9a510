package org.lethe.server.api;

import org.lethe.account.Group;

/** A group, for programs. */
record ApiGroup(String directory, String key, String name) {

  static ApiGroup of(String directory, Group group) {
    return new ApiGroup(directory, group.key(), group.name());
  }
}
