package org.lethe.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.Group;
import org.lethe.account.Permission;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.lethe.trash.By;

/** People leave and come back through the pages. */
@SuppressWarnings("NullAway.Init")
class DeparturePageTest {

  private static AdminScene scene;
  private static Account ada;
  private static Visitor superuser;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    ada = scene.superuser("ada");
    superuser = scene.signedIn(ada);
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void anEditorLeavesForGoodAndComesBackAsBefore() {
    Account ben = scene.staff("ben", "view:*", "delete:post");
    By setup = new By("test", null);
    Group editors = scene.accounts().directory("lethe").createGroup("editors", setup);
    scene.accounts().directory("lethe").setGroups(ben.id().key(), List.of(editors.key()), setup);
    String secret =
        scene
            .accounts()
            .tokens()
            .create(ben.id(), "nightly", Set.of(Permission.of("view:*")), null, setup)
            .secret();
    Visitor open = scene.signedIn(ben);
    String id = ben.id().text();

    Visitor.Page asked = superuser.get("/users/leave?row=" + id + "&as=offboard");
    assertThat(asked.body()).contains("What happens").contains("editors").contains("delete:post");

    Visitor.Page done =
        superuser.submit(
            "/users/leave", "row", id, "way", "offboard", "reason", "resigned <b>now</b>");
    assertThat(done.body())
        .contains("1 account is offboarded: 1 session ended, 1 token revoked.")
        .contains("Left for good")
        .contains("resigned &lt;b&gt;now&lt;/b&gt;");
    assertThat(open.get("/").status()).isEqualTo(302);
    assertThat(scene.accounts().tokens().find(secret)).isEmpty();
    assertThat(open.post("/sign-in", "login", "ben", "password", AdminScene.PASSWORD).status())
        .isEqualTo(401);

    assertThat(superuser.get("/users/" + id + "/return").body())
        .contains("editors")
        .contains("delete:post")
        .contains("Staff status");
    Visitor.Page back =
        superuser.submit(
            "/users/" + id + "/return",
            "groups",
            "true",
            "permissions",
            "true",
            "staff",
            "true",
            "reason",
            "came back");
    assertThat(back.body()).contains("The ben is back.");
    assertThat(scene.accounts().directory("lethe").groupsOf(ben.id().key()))
        .extracting(Group::name)
        .containsExactly("editors");
    Visitor again = scene.signedIn(ben);
    assertThat(again.get("/").status()).isEqualTo(200);
    assertThat(scene.lethe().audit(null, id, 10))
        .extracting(e -> e.action())
        .contains("offboarded", "reactivated");
  }

  @Test
  void nobodyDeactivatesThemselves() {
    Visitor.Page page =
        superuser.submit(
            "/users/leave", "row", ada.id().text(), "way", "deactivate", "reason", "bored");
    assertThat(page.body()).contains("alert-danger");
    assertThat(scene.accounts().find(ada.id()).orElseThrow().active()).isTrue();
  }

  @Test
  void aDayToComeIsPlannedAndCalledOff() {
    Account temp = scene.staff("temp", "view:*");
    String id = temp.id().text();
    Visitor.Page planned =
        superuser.submit(
            "/users/leave", "row", id, "way", "deactivate", "day", "2099-01-31", "reason", "temp");
    assertThat(planned.body()).contains("Leaves on 2099-01-31");
    long plan = scene.accounts().departures().planned().get(0).id();
    assertThat(superuser.submit("/users/" + id + "/planned/" + plan + "/cancel").body())
        .contains("The account stays.")
        .doesNotContain("Leaves on");
    assertThat(
            superuser
                .submit("/users/leave", "row", id, "way", "deactivate", "day", "soon", "reason", "")
                .body())
        .contains("not soon");
  }

  @Test
  void whoMayNotDeactivateIsRefusedByTheServiceToo() {
    Account cleo = scene.staff("cleo", "users:*");
    Account victim = scene.staff("victim", "view:*");
    Visitor visitor = scene.signedIn(cleo);
    String id = victim.id().text();
    assertThat(visitor.get("/users/" + id).body()).doesNotContain("Deactivate …");
    assertThat(visitor.get("/users/leave?row=" + id).status()).isEqualTo(403);
    assertThat(visitor.post("/users/leave", "row", id, "way", "deactivate", "reason", "x").status())
        .isEqualTo(403);
    assertThat(scene.accounts().find(victim.id()).orElseThrow().active()).isTrue();
  }

  @Test
  void membersOfTheApplicationLeaveToo() {
    Visitor.Page list = superuser.get("/users?in=app&q=ana.brown404");
    assertThat(list.body()).contains("ana.brown404");
    String id =
        "app:"
            + scene
                .jdbc()
                .queryForObject(
                    "select account_id::text from account where username = 'ana.brown404'",
                    String.class);
    superuser.submit("/users/leave", "row", id, "way", "deactivate", "reason", "spam");
    assertThat(
            scene
                .jdbc()
                .queryForObject(
                    "select active from account where username = 'ana.brown404'", Boolean.class))
        .isFalse();
    assertThat(superuser.get("/users?in=app&state=deactivated&q=ana.brown404").body())
        .contains("ana.brown404");
  }
}
