package org.lethe.server.users;

import java.util.ArrayList;
import java.util.List;
import org.lethe.account.Ability;
import org.lethe.account.Directory;

/**
 * What a directory has columns for: where there is none, nobody knows, and a page must not say "no"
 * or "never". Immutable.
 */
public record Mapped(
    boolean name,
    boolean email,
    boolean staff,
    boolean superuser,
    boolean groups,
    boolean passwords,
    boolean joined,
    boolean lastLogin) {

  static Mapped of(Directory directory) {
    return new Mapped(
        directory.can(Ability.NAME),
        directory.can(Ability.EMAIL),
        directory.can(Ability.STAFF),
        directory.can(Ability.SUPERUSER),
        directory.can(Ability.GROUPS),
        directory.can(Ability.PASSWORDS),
        directory.can(Ability.JOINED),
        directory.can(Ability.LAST_LOGIN));
  }

  /** What is not, as the policy calls it. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    add(missing, name, "name");
    add(missing, email, "email");
    add(missing, staff, "staff");
    add(missing, superuser, "superuser");
    add(missing, groups, "groups");
    add(missing, passwords, "password");
    add(missing, joined, "joined");
    add(missing, lastLogin, "last_login");
    return missing;
  }

  private static void add(List<String> missing, boolean there, String key) {
    if (!there) {
      missing.add(key);
    }
  }

  /** For people; empty where all is mapped. */
  public String told() {
    return String.join(", ", missing());
  }
}
