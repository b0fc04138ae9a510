package org.lethe.server.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.lethe.testkit.Django;
import org.postgresql.ds.PGSimpleDataSource;

/** Pages and a real Django over the same tables: what is done on a page holds there at once. */
@SuppressWarnings("NullAway.Init")
class DjangoPagesTest {

  private static final String PASSWORD = "a password of Django";
  private static final String NEW = "set on a page of Lethe";

  private static PGSimpleDataSource database;
  private static AdminScene scene;

  /** A session of Django as a browser has one. */
  private static String session;

  private static String other;

  @BeforeAll
  static void open() {
    Optional<String> missing = Django.missing();
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    database = Django.database();
    List<String> sessions =
        django(
                """
                ada = User.objects.create_user("ada", "ada@example.org", "%1$s", is_staff=True, first_name="Ada")
                ada.groups.add(Group.objects.create(name="editors"))
                User.objects.create_superuser("root", "root@example.org", "%1$s")
                for name in "ada", "root":
                    request = HttpRequest()
                    request.session = SessionStore()
                    login(request, authenticate(username=name, password="%1$s"))
                    request.session.save()
                    print(request.session.session_key)
                """
                    .formatted(PASSWORD))
            .lines()
            .toList();
    session = sessions.get(0);
    other = sessions.get(1);
    scene = AdminScene.on(database, "version: 1\naccounts: { preset: django }\n");
  }

  @AfterAll
  static void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private static String django(String script) {
    return Django.run(
            database,
            """
            from django.contrib.auth import authenticate, get_user, login
            from django.contrib.auth.models import User, Group
            from django.contrib.sessions.backends.db import SessionStore
            from django.contrib.sessions.models import Session
            from django.http import HttpRequest
            def whose(key):
                request = HttpRequest()
                request.session = SessionStore(session_key=key)
                return get_user(request).get_username() or "nobody"
            """
                + script)
        .strip();
  }

  /** What Django says of ada's password and groups, and of both sessions. */
  private static String ada(String password) {
    return django(
        """
        ada = User.objects.get(username="ada")
        print(authenticate(username="ada", password="%s"), ada.is_active, ada.is_staff,
              [g.name for g in ada.groups.all()], whose("%s"), whose("%s"), Session.objects.count())
        """
            .formatted(password, session, other));
  }

  @Test
  void whoLeavesOnAPageIsOutOfDjangoAndComesBack() {
    assertThat(ada(PASSWORD)).isEqualTo("ada True True ['editors'] ada root 2");
    Visitor root = scene.visitor();
    root.signIn("root", PASSWORD);
    Visitor ada = scene.visitor();
    ada.signIn("ada", PASSWORD);
    assertThat(ada.get("/").status()).isEqualTo(200);
    String id = scene.accounts().directory("app").byLogin("ada").orElseThrow().id().text();

    assertThat(root.get("/users?in=app").body()).contains("Ada", "href=\"/users/" + id + "\"");
    assertThat(
            root.submit("/users/leave", "row", id, "way", "offboard", "reason", "resigned").body())
        .contains("1 account is offboarded: 2 sessions ended");

    assertThat(ada.get("/").location()).startsWith("/sign-in");
    assertThat(ada.post("/sign-in", "login", "ada", "password", PASSWORD).status()).isEqualTo(401);
    assertThat(ada(PASSWORD)).isEqualTo("None False False [] nobody root 1");

    root.submit(
        "/users/" + id + "/return",
        "groups",
        "true",
        "permissions",
        "true",
        "staff",
        "true",
        "reason",
        "came back");

    assertThat(ada(PASSWORD))
        .as("all but the session")
        .isEqualTo("ada True True ['editors'] nobody root 1");
    Visitor again = scene.visitor();
    again.signIn("ada", PASSWORD);

    assertThat(root.submit("/users/" + id + "/password", "password", NEW).body())
        .contains("The password is set.");
    assertThat(ada(NEW)).startsWith("ada True");
    assertThat(ada(PASSWORD)).startsWith("None True");
    assertThat(again.get("/").location()).startsWith("/sign-in");
    again.signIn("ada", NEW);
  }
}
