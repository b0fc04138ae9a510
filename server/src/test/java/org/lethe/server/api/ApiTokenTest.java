package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.AccountChange;
import org.lethe.account.ApiTokens;
import org.lethe.account.DepartureOptions;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.lethe.trash.By;

/** Who gets in with a token, and how far. */
@SuppressWarnings("NullAway.Init")
class ApiTokenTest {

  private static final By SETUP = new By("test", null);

  private static AdminScene scene;
  private static Account boss;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    boss = scene.superuser("ada");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static void refused(Program.Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.header("www-authenticate")).startsWith("Bearer");
    assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:lethe:problem:unauthorized");
    assertThat(answer.headers()).doesNotContainKey("set-cookie");
  }

  @Test
  void nobodyGetsInWithoutAGoodToken() {
    refused(new Program(scene, null).get("/me"));
    refused(new Program(scene, null).get("/nowhere"));
    refused(new Program(scene, "nonsense").get("/me"));
    refused(new Program(scene, "lethe_" + "a".repeat(32)).get("/me"));
    refused(new Program(scene, null).call("GET", "/me", null, "Authorization", "Basic YTpi"));
  }

  @Test
  void aCookieIsNoToken() {
    Visitor visitor = scene.signedIn(boss);
    Visitor.Page page = visitor.send(HttpRequest.newBuilder(scene.at("/api/v1/me")).GET().build());
    assertThat(visitor.cookie("LETHE_SESSION")).isNotEmpty();
    assertThat(page.status()).isEqualTo(401);
  }

  @Test
  void aTokenOpensNoPagesAndGetsNoCookie() {
    Program program = Program.of(scene, boss, "*:*");
    Program.Answer me = program.get("/me");
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.json().get("id").stringValue()).isEqualTo(boss.id().text());
    assertThat(me.json().has("last_login")).isTrue();
    assertThat(me.headers()).doesNotContainKey("set-cookie");
    assertThat(program.call("GET", "/../../users", null).status()).isNotEqualTo(200);
  }

  @Test
  void aRevokedTokenIsNoGood() {
    ApiTokens.Created token = Program.token(scene, boss, "users:*");
    Program program = new Program(scene, token.secret());
    assertThat(program.get("/users").status()).isEqualTo(200);
    assertThat(program.call("DELETE", "/me/tokens/" + token.token().id(), null).status())
        .isEqualTo(204);
    refused(program.get("/users"));
  }

  @Test
  void whoIsDeactivatedIsOutAtOnce() {
    Account ben = scene.staff("ben", "users:*");
    Program program = Program.of(scene, ben, "users:*");
    assertThat(program.get("/users").status()).isEqualTo(200);
    scene.accounts().departures().deactivate(List.of(ben.id()), SETUP, DepartureOptions.NOTHING);
    refused(program.get("/users"));
  }

  @Test
  void whoIsNoStaffAnyMoreIsOutAtOnce() {
    Account eve = scene.staff("eve", "users:*");
    Program program = Program.of(scene, eve, "users:*");
    assertThat(program.get("/me").status()).isEqualTo(200);
    scene
        .accounts()
        .directory("lethe")
        .change(eve.id().key(), new AccountChange(null, null, null, false, null), SETUP);
    refused(program.get("/me"));
  }

  @Test
  void aTokenMayNoMoreThanItsScopesAndItsOwner() {
    Account cy = scene.staff("cy", "users:*", "audit:*");
    Program narrow = Program.of(scene, cy, "audit:*");
    assertThat(narrow.get("/users").status()).isEqualTo(403);
    Program wide = Program.of(scene, cy, "*:*");
    assertThat(wide.get("/users").status()).isEqualTo(200);
    Program.Answer no = wide.get("/requests");
    assertThat(no.status()).isEqualTo(403);
    assertThat(no.json().get("detail").stringValue()).contains("requests:*");
  }

  @Test
  void aTokenPassesOnNoMoreThanItsScopes() {
    Account manager = scene.staff("manager", "users:*", "permissions:*", "delete:*", "view:*");
    Account other = scene.staff("other");
    Program program = Program.of(scene, manager, "users:*", "permissions:*", "view:*");
    String path = "/users/" + other.id().text() + "/permissions";
    Program.Answer given = program.call("PUT", path, "{\"permissions\": [\"view:post\"]}");
    assertThat(given.status()).isEqualTo(200);
    assertThat(given.json().at("/permissions/0/permission").stringValue()).isEqualTo("view:post");
    assertThat(program.call("PUT", path, "{\"permissions\": [\"delete:post\"]}").status())
        .isEqualTo(403);
    assertThat(scene.accounts().directory("lethe").permissions(other.id().key()))
        .extracting(p -> p.text())
        .containsExactly("view:post");
  }

  @Test
  void noTokenMakesSuperusers() {
    Program program = Program.of(scene, boss, "*:*");
    assertThat(program.post("/users", "{\"login\": \"root\", \"superuser\": true}").status())
        .isEqualTo(403);
    assertThat(scene.accounts().byLogin("root")).isEmpty();
  }

  /** What the token is good for counts, not that its account may do everything. */
  @Test
  void aNarrowTokenOfASuperuserDoesNothingToSuperusers() {
    Account other = scene.superuser("grace");
    String id = other.id().text();
    Program narrow = Program.of(scene, boss, "deactivate:*", "users:*");
    Program.Answer left =
        narrow.post(
            "/departures",
            "{\"accounts\": [\"%s\"], \"way\": \"deactivate\", \"reason\": \"no\"}".formatted(id));
    assertThat(left.json().get("done").size()).isZero();
    assertThat(left.json().get("refused").toString()).contains(id, "only a superuser");
    assertThat(
            narrow
                .post(
                    "/departures/planned",
                    "{\"accounts\": [\"%s\"], \"way\": \"offboard\", \"day\": \"2099-01-01\"}"
                        .formatted(id))
                .status())
        .isEqualTo(403);
    assertThat(narrow.call("PATCH", "/users/" + id, "{\"name\": \"X\"}").status()).isEqualTo(403);
    scene.accounts().departures().deactivate(other.id(), SETUP, DepartureOptions.NOTHING);
    assertThat(narrow.post("/users/" + id + "/return", "{}").status()).isEqualTo(403);
    assertThat(scene.accounts().find(other.id()).orElseThrow().active()).isFalse();
    assertThat(scene.accounts().departures().planned()).isEmpty();
    String staff = scene.staff("hal").id().text();
    Program.Answer gone =
        narrow.post(
            "/departures",
            "{\"accounts\": [\"%s\"], \"way\": \"deactivate\", \"reason\": \"left\"}"
                .formatted(staff));
    assertThat(gone.json().get("done").size()).as(gone.body()).isEqualTo(1);
  }
}
