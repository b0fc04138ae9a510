package org.lethe.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.Group;
import org.lethe.server.AdminScene;
import org.lethe.testkit.Plaza;
import org.lethe.trash.By;

/** What people do in the admin, in a real browser. */
@SuppressWarnings("NullAway.Init")
class StoryTest {

  private static final List<String> MAILS = new CopyOnWriteArrayList<>();
  private static final String LINK =
      """

      requests:
        mail: { smtp: "smtp://127.0.0.1:25", from: privacy@plaza.example, link: "https://lethe.plaza.example/confirm?word={word}" }
      """;

  private static AdminScene scene;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza(Plaza.policyYaml() + LINK, (how, to, text) -> MAILS.add(text));
    scene.superuser("ada");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void anEditorIsDeactivatedAndComesBack() {
    Account ben = scene.staff("ben", "requests:*");
    By setup = new By("test", null);
    Group editors = scene.accounts().directory("lethe").createGroup("editors", setup);
    scene.accounts().directory("lethe").setGroups(ben.id().key(), List.of(editors.key()), setup);
    try (Browser ada = Browser.open(scene);
        Browser his = Browser.open(scene)) {
      his.signIn("ben", AdminScene.PASSWORD);
      his.await("What needs you");
      his.go("/requests/new");
      his.choose("kind", "ACCESS");
      his.type("value", "customer_id=31");
      his.press("Take it up");
      his.await("is taken up");
      String token = tokenMadeBy(his);
      assertThat(calling(token)).isEqualTo(200);

      ada.signIn("ada", AdminScene.PASSWORD);
      ada.await("What needs you");
      ada.go("/users?q=ben");
      ada.press("ben");
      ada.await("What this account may do");
      ada.press("Deactivate …");
      ada.press("Offboard …");
      ada.await("What happens");
      ada.type("reason", "resigned");
      ada.press("Deactivate");
      ada.await("1 session ended");
      assertThat(calling(token)).isEqualTo(401);

      his.go("/");
      his.await("Your session has ended");
      his.type("login", "ben");
      his.type("password", AdminScene.PASSWORD);
      his.press("Sign in");
      his.await("This account is deactivated");

      ada.go("/requests");
      ada.await("The ben");

      ada.go("/users/" + ben.id().text());
      ada.press("Reactivate …");
      ada.await("editors");
      ada.press("Reactivate");
      ada.await("The ben is back.");
      assertThat(scene.accounts().directory("lethe").groupsOf(ben.id().key()))
          .extracting(Group::name)
          .containsExactly("editors");

      his.signIn("ben", AdminScene.PASSWORD);
      his.await("What needs you");
      // What ended stays ended.
      assertThat(calling(token)).isEqualTo(401);
    }
  }

  private static String tokenMadeBy(Browser somebody) {
    somebody.go("/me");
    somebody.type("name", "nightly");
    somebody.type("scopes", "requests:*");
    somebody.press("Make it");
    somebody.await("Copy it now");
    Matcher token = Pattern.compile("lethe_\\w+").matcher(somebody.text());
    assertThat(token.find()).isTrue();
    return token.group();
  }

  private static int calling(String token) {
    return scene
        .visitor()
        .send(
            HttpRequest.newBuilder(scene.at("/api/v1/requests"))
                .header("Authorization", "Bearer " + token)
                .build())
        .status();
  }

  @Test
  void aCustomerIsDeletedBroughtBackAndDeletedForGood() {
    String there = "select count(*) from customer where customer_id = 2";
    try (Browser ada = Browser.open(scene)) {
      ada.size(1280, 1000);
      ada.signIn("ada", AdminScene.PASSWORD);
      ada.await("What needs you");
      ada.go("/records/customer/2");
      ada.press("Delete …");
      ada.await("What would happen");
      ada.press("Show them as a tree");
      ada.await("sign_in_attempt");
      ada.choose("how", "trash");
      ada.type("reason", "asked by phone");
      ada.press("Delete");
      ada.await("is in the trash");
      assertThat(scene.jdbc().queryForObject(there, Long.class)).isZero();

      // It is offered on every page until somebody takes it.
      ada.go("/users");
      ada.press("Undo");
      ada.await("back");
      assertThat(scene.jdbc().queryForObject(there, Long.class)).isOne();

      ada.go("/records/customer/2/delete");
      ada.choose("how", "trash");
      ada.press("Delete");
      ada.await("is in the trash");
      String deleted =
          String.valueOf(ada.run("return document.querySelector('.undo strong').textContent"));
      ada.go("/trash?state=in-trash");
      ada.press("customer 2 " + deleted);
      ada.await("Purge now");
      String name =
          String.valueOf(
              ada.run("return document.querySelector('.danger-zone strong').textContent"));
      ada.type("name", "somebody else");
      ada.type("password", AdminScene.PASSWORD);
      ada.press("Purge for good");
      ada.await("not its name");
      ada.type("name", name);
      ada.type("password", "wrong");
      ada.press("Purge for good");
      ada.await("not your password");
      ada.type("name", name);
      ada.type("password", AdminScene.PASSWORD);
      ada.press("Purge for good");
      ada.await("are gone for good");
      ada.go("/trash");
      assertThat(ada.text()).contains("purged").doesNotContain(deleted);
    }
    assertThat(scene.jdbc().queryForObject(there, Long.class)).isZero();
    assertThat(scene.jdbc().queryForObject("select count(*) from lethe.archived_row", Long.class))
        .isZero();
  }

  @Test
  void somebodyIsForgottenFromTheMailedLinkToTheCertificate() {
    String email =
        scene
            .jdbc()
            .queryForObject("select email from customer where customer_id = 41", String.class);
    try (Browser ada = Browser.open(scene);
        Browser person = Browser.open(scene)) {
      ada.signIn("ada", AdminScene.PASSWORD);
      ada.await("What needs you");
      ada.go("/requests/new");
      ada.choose("kind", "ERASURE");
      ada.type("value", "customer_id=41");
      ada.press("Take it up");
      ada.await("is taken up");
      String request = ada.path();
      ada.press("Mail them a link");
      ada.await("Mailed to");

      Matcher link = Pattern.compile("/confirm\\?word=\\S+").matcher(MAILS.get(0));
      assertThat(link.find()).isTrue();
      person.go(link.group());
      person.await("Was that you?");
      person.press("Yes, that was me");
      person.await("is confirmed");

      ada.go(request);
      ada.press("Collect");
      ada.press("See what came of it");
      ada.press("what the erasure would do");
      ada.await("What the erasure would do to this database now");
      ada.go(request);
      ada.press("Approve");
      ada.await("Type your password");
      ada.type("password", AdminScene.PASSWORD);
      ada.press("Run it");
      ada.press("See what came of it");
      ada.await("What became of the data");
      assertThat(ada.text()).contains("completed").doesNotContain(email);

      String number = request.substring(request.lastIndexOf('/') + 1);
      ada.press("Certificate");
      ada.openDownload("request-%s.html".formatted(number));
      ada.await("Certificate");
      assertThat(ada.text()).contains("completed").doesNotContain(email);
    }
  }
}
