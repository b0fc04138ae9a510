package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.DepartureOptions;
import org.lethe.server.AdminScene;
import org.lethe.trash.By;
import tools.jackson.databind.JsonNode;

/**
 * Every operation, asked by everybody: who may gets an answer, who may not gets none. Which are
 * there, and what they need, is held by {@link OpenApiTest}.
 */
class ApiRoutesTest {

  private static final Set<String> EDITING =
      Set.of(
          "view", "delete", "restore", "hold", "users", "deactivate", "requests", "check", "map");

  /** Those that need erase:* besides. */
  private static final Set<String> ERASING =
      Set.of("/requests/{number}/approve", "/requests/{number}/run");

  /** Who asks, by what they may do. */
  private enum Role {
    ANONYMOUS,
    NO_RIGHTS,
    /** Sees one table, which is not the one that is asked for. */
    VIEWER,
    EDITOR,
    SUPERUSER,
    DEACTIVATED;

    boolean may(String permission, boolean ofTheTable) {
      String word = permission.substring(0, permission.indexOf(':'));
      return switch (this) {
        case ANONYMOUS, DEACTIVATED, NO_RIGHTS -> false;
        case VIEWER -> word.equals("map") || (word.equals("view") && !ofTheTable);
        case EDITOR -> EDITING.contains(word);
        case SUPERUSER -> true;
      };
    }
  }

  private record Route(String method, String path, List<String> permissions, boolean body) {

    boolean allows(Role role) {
      return !(ERASING.contains(path) && role == Role.EDITOR)
          && permissions.stream().allMatch(p -> role.may(p, path.contains("{table}")));
    }

    /** With what is not there, so that nothing is done. */
    String filled(String account) {
      String filled = path.startsWith("/users/") ? path.replace("{id}", account) : path;
      return filled
          .replace("/trash/{id}", "/trash/00000000-0000-4000-8000-000000000000")
          .replace("/jobs/{id}", "/jobs/00000000-0000-4000-8000-000000000000")
          .replace("{hold}", "00000000-0000-4000-8000-000000000000")
          .replace("{table}", "customer")
          .replace("{directory}", "lethe")
          .replace("{key}", "5")
          .replaceAll("\\{[a-z]+}", "999999")
          .replace("/effects", "/effects?account=" + account);
    }
  }

  private static Stream<Route> routes(AdminScene scene) {
    JsonNode paths = new Program(scene, null).get("/openapi.json").json().get("paths");
    return paths.properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(m -> m.getValue().has("x-permissions"))
                    .map(
                        m ->
                            new Route(
                                m.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().replace("/api/v1", ""),
                                permissions(m.getValue()),
                                m.getValue().has("requestBody"))));
  }

  private static List<String> permissions(JsonNode operation) {
    List<String> all = new ArrayList<>();
    operation.get("x-permissions").forEach(p -> all.add(p.stringValue()));
    return all;
  }

  @Test
  void everyOperationAnswersEverybodyAsItShould() {
    try (AdminScene scene = AdminScene.plaza()) {
      List<Route> routes = routes(scene).toList();
      assertThat(routes).hasSizeGreaterThan(50);
      List<String> wrong = new ArrayList<>();
      for (Role role : Role.values()) {
        String target = scene.staff("target-of-" + role, "view:post").id().text();
        Program program = program(scene, role);
        for (Route route : routes) {
          String path = route.filled(target);
          Program.Answer answer = program.call(route.method(), path, route.body() ? "{}" : null);
          if (!right(answer.status(), role, route)) {
            wrong.add("%s %s %s: %s".formatted(role, route.method(), path, answer.body()));
          }
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static boolean right(int status, Role role, Route route) {
    if (role == Role.ANONYMOUS || role == Role.DEACTIVATED) {
      return status == 401;
    }
    if (route.allows(role)) {
      return status != 401 && status != 403 && status < 500;
    }
    return status == 403 || status == 404;
  }

  private static Program program(AdminScene scene, Role role) {
    String login = role.name().toLowerCase(Locale.ROOT);
    Account account =
        switch (role) {
          case ANONYMOUS, NO_RIGHTS -> scene.staff(login);
          case VIEWER -> scene.staff(login, "view:post", "map:*");
          case EDITOR ->
              scene.staff(login, EDITING.stream().map(w -> w + ":*").toArray(String[]::new));
          case SUPERUSER, DEACTIVATED -> scene.superuser(login);
        };
    if (role == Role.ANONYMOUS) {
      return new Program(scene, null);
    }
    Program program = Program.of(scene, account, "*:*");
    if (role == Role.DEACTIVATED) {
      assertThat(program.get("/me").status()).isEqualTo(200);
      By test = new By("test", null);
      scene.accounts().departures().deactivate(account.id(), test, DepartureOptions.NOTHING);
    }
    return program;
  }
}
