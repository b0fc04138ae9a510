package org.lethe.account;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What accounts and groups may do in Lethe, whatever directory they are of, as rows; within the
 * caller's transaction.
 */
final class PermissionRows {

  private PermissionRows() {}

  static Set<Permission> of(JdbcOperations jdbc, AccountId account) {
    return permissions(
        jdbc.queryForList(
            "select permission from lethe.account_permission where directory = ? and account = ?",
            String.class,
            account.directory(),
            account.key()));
  }

  static Set<Permission> ofGroup(JdbcOperations jdbc, String directory, String group) {
    return permissions(
        jdbc.queryForList(
            "select permission from lethe.group_permission where directory = ? and group_key = ?",
            String.class,
            directory,
            group));
  }

  private static Set<Permission> permissions(List<String> texts) {
    return texts.stream().map(Permission::of).collect(Collectors.toUnmodifiableSet());
  }

  /** Replaces them; what they were. */
  static Set<Permission> set(
      JdbcOperations jdbc, AccountId account, Collection<Permission> permissions) {
    Set<Permission> before =
        permissions(
            jdbc.queryForList(
                "delete from lethe.account_permission where directory = ? and account = ? returning permission",
                String.class,
                account.directory(),
                account.key()));
    for (Permission permission : Set.copyOf(permissions)) {
      jdbc.update(
          "insert into lethe.account_permission (directory, account, permission) values (?, ?, ?)",
          account.directory(),
          account.key(),
          permission.text());
    }
    return before;
  }

  /** Replaces those of a group. */
  static void setOfGroup(
      JdbcOperations jdbc, String directory, String group, Collection<Permission> permissions) {
    jdbc.update(
        "delete from lethe.group_permission where directory = ? and group_key = ?",
        directory,
        group);
    for (Permission permission : Set.copyOf(permissions)) {
      jdbc.update(
          "insert into lethe.group_permission (directory, group_key, permission) values (?, ?, ?)",
          directory,
          group,
          permission.text());
    }
  }
}
