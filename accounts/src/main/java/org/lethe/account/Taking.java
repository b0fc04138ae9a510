package org.lethe.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcOperations;

/** Takes from an account what its person leaves behind, and brings exactly that back. */
final class Taking {

  private final Directory directory;

  Taking(Directory directory) {
    this.directory = directory;
  }

  /** Within the caller's transaction, the account locked. */
  Taken take(JdbcOperations jdbc, Account account, DepartureOptions options) {
    String key = account.id().key();
    List<Taken.Membership> groups = new ArrayList<>();
    if (options.groups() && directory.can(Ability.GROUPS)) {
      Map<String, String> names = new LinkedHashMap<>();
      directory.groupRows().of(jdbc, key).forEach(g -> names.put(g.key(), g.name()));
      directory
          .groupRows()
          .take(jdbc, key)
          .forEach(
              m ->
                  groups.add(
                      new Taken.Membership(
                          m.group(), names.getOrDefault(m.group(), m.group()), m.row())));
      groups.sort(Comparator.comparing(Taken.Membership::name));
    }
    List<String> permissions = new ArrayList<>();
    if (options.permissions()) {
      PermissionRows.set(jdbc, account.id(), Set.of()).forEach(p -> permissions.add(p.text()));
      permissions.sort(null);
    }
    boolean staff = options.staff() && account.staff();
    boolean superuser = options.staff() && account.superuser();
    if (staff || superuser) {
      directory.rows().change(jdbc, key, new AccountChange(null, null, null, false, false));
    }
    return new Taken(groups, permissions, staff, superuser);
  }

  /** What two departures took, one after the other. */
  static Taken together(Taken first, Taken second) {
    Map<String, Taken.Membership> groups = new LinkedHashMap<>();
    Stream.concat(first.groups().stream(), second.groups().stream())
        .forEach(m -> groups.put(m.group(), m));
    return new Taken(
        List.copyOf(groups.values()),
        Stream.concat(first.permissions().stream(), second.permissions().stream())
            .distinct()
            .sorted()
            .toList(),
        first.staff() || second.staff(),
        first.superuser() || second.superuser());
  }

  /** Within the caller's transaction. */
  Reactivation bring(JdbcOperations jdbc, Account before, Taken taken, DepartureOptions options) {
    String key = before.id().key();
    List<String> changed = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    if (options.groups()) {
      for (Taken.Membership m : taken.groups()) {
        GroupRows rows = directory.groupRows();
        if (!directory.can(Ability.GROUPS) || rows.find(jdbc, m.group()).isEmpty()) {
          changed.add("the group %s is gone".formatted(m.name()));
        } else if (rows.bring(jdbc, key, new GroupRows.Membership(m.group(), m.row()))) {
          groups.add(m.name());
        } else {
          changed.add("it was put into the group %s meanwhile".formatted(m.name()));
        }
      }
    }
    List<String> permissions = new ArrayList<>();
    if (options.permissions() && !taken.permissions().isEmpty()) {
      Set<Permission> now = new HashSet<>(PermissionRows.of(jdbc, before.id()));
      for (String text : taken.permissions()) {
        if (now.add(Permission.of(text))) {
          permissions.add(text);
        } else {
          changed.add("it was given the permission %s meanwhile".formatted(text));
        }
      }
      PermissionRows.set(jdbc, before.id(), now);
    }
    boolean staff = options.staff() && taken.staff() && !before.staff();
    boolean superuser = options.staff() && taken.superuser() && !before.superuser();
    if (options.staff() && taken.staff() && before.staff()) {
      changed.add("it was made staff meanwhile");
    }
    if (options.staff() && taken.superuser() && before.superuser()) {
      changed.add("it was made a superuser meanwhile");
    }
    directory
        .rows()
        .change(
            jdbc,
            key,
            new AccountChange(null, null, null, staff ? true : null, superuser ? true : null));
    Account now = directory.rows().find(jdbc, key).orElseThrow(() -> Guards.unknown(before.id()));
    return new Reactivation(now, groups, permissions, staff, superuser, changed);
  }
}
