package org.lethe.account;

import java.util.Collection;
import java.util.stream.Collectors;

/** Permissions for the audit. */
final class PermissionsJson {

  private PermissionsJson() {}

  static String of(Collection<Permission> permissions) {
    return permissions.stream()
        .map(p -> "\"" + p.text().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .sorted()
        .distinct()
        .collect(Collectors.joining(", ", "{\"permissions\": [", "]}"));
  }
}
