package org.lethe.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.account.Account;
import org.lethe.server.AdminScene;
import org.lethe.testkit.Plaza;

/** What people do in the admin, in a real browser that runs no script. */
@SuppressWarnings("NullAway.Init")
class WithoutScriptsTest {

  @TempDir private static Path folder;
  private static AdminScene scene;
  private static Browser ada;

  @BeforeAll
  static void open() {
    scene =
        AdminScene.plaza(Plaza.policyYaml() + "\nrequests: { folder: \"%s\" }\n".formatted(folder));
    scene.superuser("ada");
    ada = Browser.open(scene, false);
    ada.signIn("ada", AdminScene.PASSWORD);
    ada.await("What needs you");
  }

  @AfterAll
  static void close() {
    if (ada != null) {
      ada.close();
    }
    scene.close();
  }

  private static long count(String from) {
    Long count = scene.jdbc().queryForObject("select count(*) from " + from, Long.class);
    return count == null ? 0 : count;
  }

  @Test
  void allThatMatchesGoesAndComesBack() {
    String mine = "todo where account_id = 20 and deleted_at is null";
    long before = count(mine);
    assertThat(before).isPositive();
    ada.go("/records/todo?account_id=20");
    Matcher all = Pattern.compile("Delete .* that match…").matcher(ada.text());
    assertThat(all.find()).isTrue();
    assertThat(all.group()).contains(String.valueOf(count("todo where account_id = 20")));
    ada.press(all.group());
    ada.await("What would happen");
    ada.press("Show them as a tree");
    ada.await("What goes along");
    ada.go("/records/todo?account_id=20");
    ada.press(all.group());
    ada.choose("how", "trash");
    ada.type("reason", "all of them");
    ada.press("Delete");
    ada.await("in the trash");
    assertThat(count(mine)).isZero();
    ada.press("Undo");
    ada.await("back");
    assertThat(count(mine)).isEqualTo(before);
  }

  @Test
  void aRowIsFoundAndDeletedAndComesBack() {
    ada.go("/records/customer");
    ada.type("q", "12");
    ada.press("Search");
    ada.await("This is the row with that key");
    ada.go("/records/customer/12");
    ada.press("Delete …");
    ada.choose("how", "trash");
    ada.press("Delete");
    ada.await("is in the trash");
    assertThat(count("customer where customer_id = 12")).isZero();
    ada.go("/users");
    ada.press("Undo");
    ada.await("back");
    assertThat(count("customer where customer_id = 12")).isOne();
  }

  @Test
  void somebodyIsOffboarded() {
    Account ben = scene.staff("ben", "view:*");
    ada.go("/users/" + ben.id().text());
    ada.press("Deactivate …");
    ada.press("Offboard …");
    ada.await("What happens");
    ada.type("reason", "resigned");
    ada.press("Deactivate");
    ada.await("0 sessions ended");
    ada.go("/users/" + ben.id().text());
    ada.await("Left for good");
    assertThat(scene.accounts().find(ben.id()).orElseThrow().active()).isFalse();
  }

  @Test
  void aRequestIsAnswered() {
    ada.go("/requests/new");
    ada.choose("kind", "ACCESS");
    ada.type("value", "customer_id=33");
    ada.press("Take it up");
    ada.await("is taken up");
    ada.type("reason", "came with a passport");
    ada.press("It is them");
    ada.press("Collect");
    // The page of a job looks again by itself, without scripts too.
    ada.press("See what came of it");
    ada.press("Approve");
    ada.await("Your password");
    ada.type("password", AdminScene.PASSWORD);
    ada.press("Run it");
    ada.press("See what came of it");
    ada.await("Download the archive");
  }
}
