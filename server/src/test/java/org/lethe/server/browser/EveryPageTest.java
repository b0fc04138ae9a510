package org.lethe.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import org.openqa.selenium.Keys;

/** Every page in a real browser: everybody can use it, and nothing of it breaks its own policy. */
@SuppressWarnings("NullAway.Init")
class EveryPageTest {

  private static final List<String> PAGES =
      List.of(
          "/",
          "/users",
          "/users?in=app&state=deactivated",
          "/users?q=nobody-at-all",
          "/users/lethe:1",
          "/users/lethe:1/leaving",
          "/users/leave?row=lethe:2",
          "/users/new",
          "/groups",
          "/records",
          "/records/customer",
          "/records/customer?q=nobody-at-all",
          "/records/customer/5",
          "/records/customer/5/delete",
          "/records/order/4/delete",
          "/records/account/17/delete",
          "/trash",
          "/trash?state=purged",
          "/retention",
          "/retention/rules/inactive-accounts",
          "/retention/purge",
          "/nowhere-at-all",
          "/requests",
          "/requests/new",
          "/requests/1",
          "/checklist",
          "/schema",
          "/schema?table=customer&depth=1",
          "/audit",
          "/approvals",
          "/jobs",
          "/me",
          "/search?q=cust");

  private static AdminScene scene;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    Visitor ada = scene.signedIn(scene.superuser("ada"));
    scene.staff("ben", "view:*");
    ada.post("/requests", "kind", "ERASURE", "subject", "customer", "value", "customer_id=21");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void nothingKeepsAnybodyFromUsingIt() {
    List<String> wrong = new ArrayList<>();
    try (Browser browser = Browser.open(scene)) {
      browser.go("/sign-in");
      browser.violations().forEach(v -> wrong.add("/sign-in " + v));
      browser.signIn("ada", AdminScene.PASSWORD);
      browser.await("What needs you");
      theme(browser, "dark");
      theme(browser, "light");
      for (String page : PAGES) {
        browser.size(1280, 900);
        browser.go(page);
        TabOrder.faults(browser).forEach(f -> wrong.add("keyboard " + page + " " + f));
        browser.violations().forEach(v -> wrong.add("light " + page + " " + v));
        browser.run("document.documentElement.dataset.bsTheme = 'dark'");
        browser.violationsOfColour().forEach(v -> wrong.add("dark " + page + " " + v));
        browser.size(390, 844);
        browser.violations().forEach(v -> wrong.add("phone " + page + " " + v));
        Object wider =
            browser.run(
                "return document.documentElement.scrollWidth > document.documentElement.clientWidth");
        if (Boolean.TRUE.equals(wider)) {
          wrong.add("phone " + page + " scrolls sideways");
        }
      }
      browser.complaints().stream()
          .filter(c -> !c.contains("/nowhere-at-all"))
          .forEach(c -> wrong.add("complaint " + c));
    }
    assertThat(wrong).isEmpty();
  }

  private static void theme(Browser browser, String theme) {
    browser.go("/");
    browser.run("document.querySelector(\"button[name='theme'][value='" + theme + "']\").click()");
    browser.await("What needs you");
    assertThat(browser.run("return document.documentElement.dataset.bsTheme")).isEqualTo(theme);
  }

  @Test
  void pagesWorkWithoutScripts() {
    try (Browser browser = Browser.open(scene, false)) {
      browser.size(1280, 900);
      browser.signIn("ada", AdminScene.PASSWORD);
      browser.await("What needs you");
      for (String page : PAGES) {
        browser.go(page);
        assertThat(browser.text()).as(page).containsAnyOf("Home", "There is no such page");
      }
      browser.go("/users");
      browser.type("q", "ben");
      browser.press("Search");
      browser.await("The ben");
      assertThat(browser.text()).doesNotContain("ada@plaza.example");
    }
  }

  @Test
  void theKeyboardIsEnough() {
    try (Browser browser = Browser.open(scene)) {
      browser.go("/sign-in");
      browser.tabTo("Name or e-mail");
      browser.keys("ada");
      browser.tabTo("Password");
      browser.keys(AdminScene.PASSWORD, Keys.ENTER);
      browser.await("What needs you");
      browser.tabTo("Skip to content");
      assertThat(browser.run("return document.activeElement.getBoundingClientRect().left"))
          .isEqualTo(0L);
      browser.keys(Keys.ENTER);
      assertThat(browser.run("return document.activeElement.id")).isEqualTo("content");
      browser.keys(Keys.TAB);
      assertThat(browser.run("return document.activeElement.closest('main') !== null"))
          .isEqualTo(true);

      browser.go("/users");
      browser.keys("/");
      assertThat(browser.run("return document.activeElement.id")).isEqualTo("list-search");
      browser.keys("ben", Keys.ENTER);
      browser.await("The ben");
      browser.run("document.activeElement.blur()");
      browser.keys("?");
      browser.await("Keyboard");
      browser.keys(Keys.ESCAPE);
      browser.control("k");
      browser.keys("trash");
      browser.awaitElement("#palette a");
      assertThat(browser.run("return document.querySelector('#palette a').getAttribute('href')"))
          .isEqualTo("/trash");
    }
  }

  @Test
  void aRowGoesAndComesBackByKeysAlone() {
    String there = "select count(*) from customer where customer_id = 9";
    try (Browser browser = Browser.open(scene)) {
      browser.signIn("ada", AdminScene.PASSWORD);
      browser.await("What needs you");
      browser.go("/records/customer/9");
      browser.tabTo("Delete …");
      browser.keys(Keys.ENTER);
      browser.await("What would happen");
      browser.tabTo("To the trash: it can come back for 30 days");
      browser.keys(Keys.SPACE);
      browser.tabTo("Why (kept with it)");
      browser.keys("asked by phone");
      browser.tabTo("Delete");
      browser.keys(Keys.ENTER);
      browser.await("is in the trash");
      assertThat(scene.jdbc().queryForObject(there, Long.class)).isZero();
      browser.tabTo("Undo");
      browser.keys(Keys.ENTER);
      browser.await("back");
      assertThat(scene.jdbc().queryForObject(there, Long.class)).isOne();
    }
  }

  @Test
  void goingBackNothingIsHiddenUnderTheHead() {
    try (Browser browser = Browser.open(scene)) {
      browser.signIn("ada", AdminScene.PASSWORD);
      browser.await("What needs you");
      browser.go("/records/customer");
      assertThat(TabOrder.hiddenGoingBack(browser)).isEmpty();
    }
  }
}
