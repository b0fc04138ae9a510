package org.lethe.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.AccountChange;
import org.lethe.account.DepartureOptions;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.lethe.trash.By;

/** Who gets in, who does not, and what ends a session. */
@SuppressWarnings("NullAway.Init")
class SignInTest {

  private static AdminScene scene;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void staffGetInAndOutAgain() {
    Account ada = scene.superuser("ada");
    Visitor visitor = scene.visitor();
    assertThat(visitor.get("/").location()).isEqualTo("/sign-in");
    visitor.signIn("ada", AdminScene.PASSWORD);
    assertThat(visitor.open("/").body()).contains("What needs you").contains("The ada");
    assertThat(scene.accounts().find(ada.id()).orElseThrow().lastLogin()).isNotNull();
    assertThat(visitor.post("/sign-out").location()).isEqualTo("/sign-in?out");
    assertThat(visitor.get("/").location()).isEqualTo("/sign-in");
  }

  @Test
  void nobodyLearnsWhetherThereIsAnAccount() {
    scene.staff("bertha", "view:*");
    String wrong = scene.visitor().post("/sign-in", "login", "bertha", "password", "wrong").body();
    String nobody = scene.visitor().post("/sign-in", "login", "nobody", "password", "wrong").body();
    assertThat(wrong).contains("do not fit together");
    assertThat(withoutTokens(nobody)).isEqualTo(withoutTokens(wrong));
  }

  private static String withoutTokens(String page) {
    return page.replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
  }

  @Test
  void manyWrongPasswordsShutTheDoorEvenToTheRightOne() {
    scene.staff("carla", "view:*");
    int status = 0;
    for (int i = 0; i < 20 && status != 429; i++) {
      status = scene.visitor().post("/sign-in", "login", "carla", "password", "no").status();
    }
    assertThat(status).isEqualTo(429);
    Visitor.Page page =
        scene.visitor().post("/sign-in", "login", "carla", "password", AdminScene.PASSWORD);
    assertThat(page.status()).isEqualTo(429);
    assertThat(page.body()).contains("Too many attempts");
    scene.jdbc().update("delete from lethe.sign_in_throttle");
  }

  @Test
  void whoIsDeactivatedIsOutWithTheNextClick() {
    Account dora = scene.staff("dora", "view:*");
    Visitor visitor = scene.signedIn(dora);
    assertThat(visitor.get("/").status()).isEqualTo(200);
    scene
        .accounts()
        .departures()
        .deactivate(dora.id(), new By("test", "left"), DepartureOptions.NOTHING);
    assertThat(visitor.get("/").status()).isEqualTo(302);
    assertThat(visitor.open("/").body()).contains("Sign in");
    Visitor.Page again = visitor.post("/sign-in", "login", "dora", "password", AdminScene.PASSWORD);
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.body()).contains("This account is deactivated");
    Visitor.Page guessed = visitor.post("/sign-in", "login", "dora", "password", "guessed");
    assertThat(guessed.body()).doesNotContain("deactivated");
  }

  @Test
  void whoIsNoStaffAnyMoreIsOutToo() {
    Account emil = scene.staff("emil", "view:*");
    Visitor visitor = scene.signedIn(emil);
    assertThat(visitor.get("/").status()).isEqualTo(200);
    scene
        .accounts()
        .directory("lethe")
        .change(
            emil.id().key(),
            new AccountChange(null, null, null, false, null),
            new By("test", null));
    assertThat(visitor.get("/").location()).isEqualTo("/sign-in?ended");
  }

  @Test
  void outsidersAreToldOnlyWithTheRightPassword() {
    scene.outsider("fritz");
    Visitor.Page page =
        scene.visitor().post("/sign-in", "login", "fritz", "password", AdminScene.PASSWORD);
    assertThat(page.status()).isEqualTo(401);
    assertThat(page.body()).contains("may not sign in here");
  }

  @Test
  void formsOfOtherSitesDoNothing() {
    Visitor visitor = scene.signedIn(scene.staff("gerda", "view:*"));
    Visitor.Page page =
        visitor.send(
            HttpRequest.newBuilder(scene.at("/sign-out"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(page.status()).isEqualTo(403);
    assertThat(visitor.get("/").status()).isEqualTo(200);
  }

  @Test
  void everyPageTellsTheBrowserWhatNotToDo() {
    Visitor visitor = scene.signedIn(scene.staff("hans", "view:*"));
    for (String path : new String[] {"/", "/sign-in", "/nowhere"}) {
      Visitor.Page page = visitor.get(path);
      assertThat(page.header("content-security-policy"))
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(page.header("x-frame-options")).isEqualTo("DENY");
      assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    }
    assertThat(visitor.get("/nowhere").status()).isEqualTo(404);
  }

  @Test
  void theSessionIsAnotherOneAfterSigningIn() {
    scene.staff("ida", "view:*");
    Visitor visitor = scene.visitor();
    visitor.get("/sign-in");
    String before = visitor.cookie("LETHE_SESSION");
    visitor.signIn("ida", AdminScene.PASSWORD);
    assertThat(visitor.cookie("LETHE_SESSION")).isNotEmpty().isNotEqualTo(before);
  }
}
