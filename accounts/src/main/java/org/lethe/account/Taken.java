package org.lethe.account;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was taken from an account that was deactivated.
 *
 * @param permissions as texts
 * @param staff whether it had that status, and lost it
 * @param superuser whether it had that status, and lost it
 */
public record Taken(
    List<Membership> groups, List<String> permissions, boolean staff, boolean superuser) {

  static final Taken NOTHING = new Taken(List.of(), List.of(), false, false);

  public Taken {
    groups = List.copyOf(groups);
    permissions = List.copyOf(permissions);
  }

  /**
   * A place in a group.
   *
   * @param group its key
   * @param name of the group then
   * @param row all columns of the membership, as JSON
   */
  public record Membership(String group, String name, String row) {}

  String json() {
    return JsonMapper.shared().writeValueAsString(this);
  }

  static Taken of(String json) {
    return JsonMapper.shared().readValue(json, Taken.class);
  }
}
