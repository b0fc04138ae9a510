package org.lethe.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.Group;
import org.lethe.server.AdminScene;
import org.lethe.trash.By;

/** What people do in the admin, in a real browser. */
@SuppressWarnings("NullAway.Init")
class StoryTest {

  private static AdminScene scene;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
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
    }
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
      ada.go("/trash?state=in-trash");
      ada.go("/trash");
      assertThat(ada.text()).contains("customer");
    }
    assertThat(scene.jdbc().queryForObject(there, Long.class)).isZero();
  }
}
