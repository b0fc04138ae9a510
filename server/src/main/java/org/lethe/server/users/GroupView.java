package org.lethe.server.users;

import java.util.List;
import org.lethe.account.Account;
import org.lethe.account.Group;

/**
 * A group with what its accounts may do.
 *
 * @param members the first of them
 */
public record GroupView(
    String directory,
    Group group,
    List<String> permissions,
    List<Account> members,
    boolean mayGrant) {

  /** Accounts shown; the list of users has all. */
  static final int MEMBERS = 20;

  public GroupView {
    permissions = List.copyOf(permissions);
    members = List.copyOf(members);
  }

  public String lines() {
    return String.join("\n", permissions);
  }
}
