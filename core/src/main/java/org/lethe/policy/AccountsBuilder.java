package org.lethe.policy;

import static org.lethe.policy.PolicyBuilder.items;
import static org.lethe.policy.PolicyBuilder.member;
import static org.lethe.policy.PolicyBuilder.reference;
import static org.lethe.policy.PolicyBuilder.references;
import static org.lethe.policy.PolicyBuilder.required;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the policy says of the application's accounts. */
final class AccountsBuilder {

  private AccountsBuilder() {}

  static Policy.@Nullable AccountsEntry accounts(@Nullable YamlNode node) {
    return node == null
        ? null
        : new Policy.AccountsEntry(
            node.place(),
            reference(node, "preset"),
            reference(node, "table"),
            reference(node, "active"),
            reference(node, "deactivated_at"),
            reference(node, "deactivated_by"),
            reference(node, "deactivated_why"),
            columns(node),
            groups(member(node, "groups")),
            memberships(member(node, "memberships")),
            sessions(node),
            reference(node, "keep"),
            reference(node, "deleted_user"));
  }

  private static Policy.AccountColumns columns(YamlNode node) {
    Policy.Reference one = reference(node, "name");
    return new Policy.AccountColumns(
        reference(node, "login"),
        reference(node, "email"),
        one == null ? references(node, "name") : List.of(one),
        reference(node, "password"),
        reference(node, "staff"),
        reference(node, "superuser"),
        reference(node, "joined"),
        reference(node, "last_login"));
  }

  private static Policy.@Nullable AccountGroups groups(@Nullable YamlNode node) {
    return node == null
        ? null
        : new Policy.AccountGroups(
            node.place(), required(node, "table"), required(node, "id"), required(node, "name"));
  }

  private static Policy.@Nullable AccountMemberships memberships(@Nullable YamlNode node) {
    return node == null
        ? null
        : new Policy.AccountMemberships(
            node.place(),
            required(node, "table"),
            required(node, "account"),
            required(node, "group"));
  }

  private static List<Policy.SessionEntry> sessions(YamlNode node) {
    List<Policy.SessionEntry> sessions = new ArrayList<>();
    for (YamlNode item : items(node, "sessions")) {
      Policy.Reference sql = reference(item, "sql");
      String name = "accounts.sessions[%d]".formatted(sessions.size());
      sessions.add(
          new Policy.SessionEntry(
              item.place(),
              sql == null
                  ? new SessionRule.InStore(DataBuilder.store(name, item))
                  : new SessionRule.Sql(sql.name())));
    }
    return sessions;
  }
}
