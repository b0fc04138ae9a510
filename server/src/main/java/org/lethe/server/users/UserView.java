package org.lethe.server.users;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.Group;

/**
 * An account with what it may do and belongs to, and what whoever looks may change.
 *
 * @param allGroups of its directory
 * @param mapped what its directory has columns for
 */
public record UserView(
    Account account,
    List<Group> groups,
    List<Group> allGroups,
    List<Granted> granted,
    boolean mayChange,
    boolean mayGrant,
    Mapped mapped) {

  public UserView {
    groups = List.copyOf(groups);
    allGroups = List.copyOf(allGroups);
    granted = List.copyOf(granted);
  }

  /**
   * A permission, and where it comes from.
   *
   * @param group null where it is the account's own
   */
  public record Granted(String permission, @Nullable String group) {}

  /** Its own permissions, one a line. */
  public String ownLines() {
    return String.join(
        "\n", granted.stream().filter(g -> g.group() == null).map(Granted::permission).toList());
  }

  public boolean in(Group group) {
    return groups.contains(group);
  }
}
