package org.lethe.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.DepartureOptions;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.lethe.trash.By;

/**
 * Every route, asked by everybody: who may gets an answer, who may not gets none. A route that is
 * not in the table fails, so that none is forgotten.
 */
class RoutesTest {

  /** Who asks, by what they may do. */
  private enum Role {
    ANONYMOUS(1),
    NO_RIGHTS(2),
    VIEWER(3),
    EDITOR(4),
    SUPERUSER(5),
    DEACTIVATED(6);

    /** Each has rows of its own. */
    private final int row;

    Role(int row) {
      this.row = row;
    }
  }

  /** Who gets through. */
  private enum To {
    /** Also who is not signed in. */
    ALL,
    STAFF,
    VIEWERS,
    EDITORS,
    SUPERUSERS;

    boolean allows(Role role) {
      return switch (role) {
        case ANONYMOUS, DEACTIVATED -> this == ALL;
        case NO_RIGHTS -> this == ALL || this == STAFF;
        case VIEWER -> this == ALL || this == STAFF || this == VIEWERS;
        case EDITOR -> this != SUPERUSERS;
        case SUPERUSER -> true;
      };
    }
  }

  private static final String TABLE =
      """
      GET  /                                          STAFF
      GET  /approvals                                 STAFF
      POST /approvals/{id}/approve                    STAFF
      POST /approvals/{id}/refuse                     STAFF
      GET  /audit                                     SUPERUSERS
      POST /audit/verify                              SUPERUSERS
      GET  /checklist                                 EDITORS
      GET  /checklist/codes/{id}                      EDITORS
      GET  /checklist/findings/{format}               EDITORS
      POST /checklist/look                            EDITORS
      GET  /confirm                                   ALL
      POST /confirm                                   ALL
      GET  /groups                                    EDITORS
      POST /groups                                    SUPERUSERS
      GET  /groups/{directory}/{key}                  EDITORS
      POST /groups/{directory}/{key}                  SUPERUSERS
      POST /groups/{directory}/{key}/delete           SUPERUSERS
      GET  /jobs                                      STAFF
      GET  /jobs/{id}                                 STAFF
      GET  /jobs/{id}/state                           STAFF
      GET  /me                                        STAFF
      POST /me/password                               STAFF
      POST /me/second-factor                          STAFF
      POST /me/second-factor/confirm                  STAFF
      POST /me/second-factor/remove                   STAFF
      POST /me/sessions/end                           STAFF
      POST /me/tokens                                 STAFF
      POST /me/tokens/{id}/revoke                     STAFF
      GET  /records                                   VIEWERS
      GET  /records/{table}                           EDITORS
      POST /records/{table}/delete                    EDITORS
      POST /records/{table}/delete/confirm            EDITORS
      GET  /records/{table}/delete/picture.svg        EDITORS
      POST /records/{table}/delete/plan.json          EDITORS
      POST /records/{table}/delete/tree               EDITORS
      GET  /records/{table}/{key}                     EDITORS
      GET  /records/{table}/{key}/delete              EDITORS
      GET  /records/{table}/{key}/delete/tree         EDITORS
      GET  /records/{table}/{key}/delete/why          EDITORS
      GET  /records/{table}/{key}/referrers           EDITORS
      GET  /requests                                  EDITORS
      POST /requests                                  EDITORS
      GET  /requests/new                              EDITORS
      GET  /requests/{number:[0-9]{1,18}}             EDITORS
      POST /requests/{number:[0-9]{1,18}}/anew        EDITORS
      POST /requests/{number:[0-9]{1,18}}/approve     SUPERUSERS
      GET  /requests/{number:[0-9]{1,18}}/archive.zip EDITORS
      GET  /requests/{number:[0-9]{1,18}}/certificate EDITORS
      GET  /requests/{number:[0-9]{1,18}}/certificate.json EDITORS
      POST /requests/{number:[0-9]{1,18}}/collect     EDITORS
      POST /requests/{number:[0-9]{1,18}}/deny        EDITORS
      POST /requests/{number:[0-9]{1,18}}/extend      EDITORS
      POST /requests/{number:[0-9]{1,18}}/mail        EDITORS
      GET  /requests/{number:[0-9]{1,18}}/plan        EDITORS
      POST /requests/{number:[0-9]{1,18}}/run         SUPERUSERS
      POST /requests/{number:[0-9]{1,18}}/verify      EDITORS
      POST /requests/{number:[0-9]{1,18}}/withdraw    EDITORS
      POST /requests/{number:[0-9]{1,18}}/word        EDITORS
      GET  /retention                                 SUPERUSERS
      GET  /retention/purge                           SUPERUSERS
      GET  /retention/purge/due                       SUPERUSERS
      POST /retention/purge/pause                     SUPERUSERS
      POST /retention/purge/resume                    SUPERUSERS
      POST /retention/purge/run                       SUPERUSERS
      GET  /retention/rules/{rule}                    SUPERUSERS
      GET  /retention/rules/{rule}/due                SUPERUSERS
      POST /retention/rules/{rule}/pause              SUPERUSERS
      POST /retention/rules/{rule}/rehearse           SUPERUSERS
      POST /retention/rules/{rule}/resume             SUPERUSERS
      POST /retention/rules/{rule}/run                SUPERUSERS
      GET  /schema                                    VIEWERS
      GET  /schema/map.svg                            VIEWERS
      GET  /search                                    STAFF
      GET  /search/results                            STAFF
      GET  /sign-in                                   ALL
      POST /sign-in                                   ALL
      GET  /sign-in/code                              ALL
      POST /sign-in/code                              ALL
      GET  /sign-in/forgotten                         ALL
      POST /sign-in/forgotten                         ALL
      GET  /sign-in/new-password                      ALL
      POST /sign-in/new-password                      ALL
      POST /theme                                     STAFF
      GET  /trash                                     VIEWERS
      GET  /trash/{id}                                VIEWERS
      POST /trash/{id}/hold                           EDITORS
      POST /trash/{id}/lift                           EDITORS
      POST /trash/{id}/purge                          SUPERUSERS
      POST /trash/{id}/restore                        EDITORS
      POST /undo/dismiss                              STAFF
      GET  /users                                     EDITORS
      POST /users                                     EDITORS
      GET  /users/leave                               EDITORS
      POST /users/leave                               EDITORS
      GET  /users/new                                 EDITORS
      GET  /users/{id:[a-z]+:.+}                      EDITORS
      POST /users/{id:[a-z]+:.+}/groups               SUPERUSERS
      GET  /users/{id:[a-z]+:.+}/leaving              EDITORS
      POST /users/{id:[a-z]+:.+}/password             SUPERUSERS
      POST /users/{id:[a-z]+:.+}/permissions          SUPERUSERS
      POST /users/{id:[a-z]+:.+}/planned/{plan}/cancel EDITORS
      POST /users/{id:[a-z]+:.+}/profile              EDITORS
      GET  /users/{id:[a-z]+:.+}/return               EDITORS
      POST /users/{id:[a-z]+:.+}/return               EDITORS
      POST /users/{id:[a-z]+:.+}/roles                SUPERUSERS
      """;

  /** What a form needs that is well-formed and yet does no harm, name, value, name, value. */
  private static final String[] FIELDS = {
    "password", AdminScene.PASSWORD,
    "old", "wrong",
    "name", "somebody",
    "scopes", "map:*",
    "reason", "because",
    "row", "lethe:999999",
    "way", "deactivate",
    "kind", "ACCESS",
    "subject", "customer",
    "value", "customer_id=77",
    "word", "w",
    "code", "1",
    "theme", "auto",
    "login", "nobody",
    "secret", "s",
    "directory", "lethe",
    "hold", "00000000-0000-4000-8000-000000000000"
  };

  private record Route(String method, String pattern, To to) {}

  private static Map<String, Route> table() {
    Map<String, Route> routes = new LinkedHashMap<>();
    TABLE
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .forEach(
            words ->
                routes.put(
                    words[0] + " " + words[1],
                    new Route(words[0], words[1], To.valueOf(words[2]))));
    return routes;
  }

  @Test
  void everyRouteAnswersEverybodyAsItShould() {
    try (AdminScene scene = AdminScene.plaza()) {
      Map<String, Route> table = table();
      List<String> pages =
          scene.routes().stream()
              .filter(r -> !r.contains(" /api/") && !r.contains("/error"))
              .toList();
      assertThat(table.keySet()).as("the table").containsExactlyInAnyOrderElementsOf(pages);
      List<String> wrong = new ArrayList<>();
      for (Role role : Role.values()) {
        walk(scene, role, table.values(), wrong);
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static void walk(
      AdminScene scene, Role role, Iterable<Route> routes, List<String> wrong) {
    String login = role.name().toLowerCase(Locale.ROOT);
    Account account = account(scene, role, login);
    Account target = scene.staff("target-of-" + login, "view:post");
    UUID deletion = deletion(scene, Integer.toString(100 + role.row));
    String request = request(scene, 200 + role.row);
    Visitor visitor = visitor(scene, role, account);
    for (Route route : routes) {
      if (role == Role.DEACTIVATED || route.pattern().equals("/me/sessions/end")) {
        // Each with a session of its own: the first answer ends it.
        visitor = visitor(scene, role, account);
      }
      String path = path(route.pattern(), target, deletion, request);
      Visitor.Page page =
          route.method().equals("GET") ? visitor.get(path) : visitor.post(path, FIELDS);
      String said =
          role + " " + route.method() + " " + path + " answered " + page.status() + why(page);
      boolean out = page.location().startsWith("/sign-in");
      if (page.status() >= 500) {
        wrong.add(said);
      } else if (route.to().allows(role)) {
        boolean mayLeadThere =
            route.pattern().startsWith("/sign-in") || path.contains("sessions/end");
        if (page.status() == 403 || (out && !mayLeadThere)) {
          wrong.add(said + " " + page.location() + ", though they may");
        }
      } else if (role == Role.ANONYMOUS || role == Role.DEACTIVATED) {
        if (!out) {
          wrong.add(said + " though nobody is signed in");
        }
      } else if (page.status() != 403 && page.status() != 404) {
        wrong.add(said + " " + page.location() + ", though they may not");
      }
      if (path.contains("sessions/end") || path.startsWith("/sign-in")) {
        visitor = visitor(scene, role, account);
      }
    }
  }

  /** What the page says went wrong. */
  private static String why(Visitor.Page page) {
    Matcher m = Pattern.compile("<h1>(.*?)</h1>\\s*<p>(.*?)</p>").matcher(page.body());
    return m.find() ? " (" + m.group(1) + ": " + m.group(2) + ")" : "";
  }

  private static Account account(AdminScene scene, Role role, String login) {
    return switch (role) {
      case ANONYMOUS, NO_RIGHTS -> scene.staff(login);
      case VIEWER -> scene.staff(login, "view:post", "map:*");
      case EDITOR ->
          scene.staff(
              login,
              "view:*",
              "delete:*",
              "restore:*",
              "hold:*",
              "users:*",
              "deactivate:*",
              "requests:*",
              "check:*",
              "map:*");
      case SUPERUSER -> scene.superuser(login);
      case DEACTIVATED -> scene.superuser(login);
    };
  }

  private static Visitor visitor(AdminScene scene, Role role, Account account) {
    if (role == Role.ANONYMOUS) {
      return scene.visitor();
    }
    By test = new By("test", null);
    if (role == Role.DEACTIVATED && !scene.accounts().find(account.id()).orElseThrow().active()) {
      scene.accounts().departures().reactivate(account.id(), test, DepartureOptions.ALL);
    }
    Visitor visitor = scene.signedIn(account);
    if (role == Role.DEACTIVATED) {
      scene.accounts().departures().deactivate(account.id(), test, DepartureOptions.NOTHING);
    }
    return visitor;
  }

  private static UUID deletion(AdminScene scene, String key) {
    Roots root = new Roots.Keys(new TableId("public", "todo"), List.of(List.of(key)));
    return Objects.requireNonNull(
        scene.lethe().trash().delete(root, Period.ofDays(30), new By("test", null)).deletion());
  }

  /** An erasure, which is the most that can be asked for. */
  private static String request(AdminScene scene, int customer) {
    var requests = Objects.requireNonNull(scene.settings().requests()).requests();
    return Long.toString(
        requests
            .open(
                org.lethe.subject.request.Kind.ERASURE,
                scene.lethe().person("customer", "customer_id=" + customer),
                java.time.Instant.now(),
                false,
                new By("test", null))
            .number());
  }

  private static String path(String pattern, Account target, UUID deletion, String request) {
    return pattern
        .replace("{id:[a-z]+:.+}", target.id().text())
        .replace("{number:[0-9]{1,18}}", request)
        .replace("/trash/{id}", "/trash/" + deletion)
        .replace("/approvals/{id}", "/approvals/" + UUID.randomUUID())
        .replace("/jobs/{id}", "/jobs/" + UUID.randomUUID())
        .replace("/tokens/{id}", "/tokens/999999")
        .replace("{plan}", "999999")
        .replace("{directory}", "lethe")
        .replace("{rule}", "deleted-todos")
        .replace("{format}", "json")
        .replace("/codes/{id}", "/codes/missing-index")
        .replace("delete/why", "delete/why?of=customer/5")
        .replace("{table}/{key}", "customer/5")
        .replace("{key}", "1")
        .replace("{table}", "customer");
  }
}
