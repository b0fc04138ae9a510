package org.lethe.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;

/** Accounts, groups and permissions through the pages. */
@SuppressWarnings("NullAway.Init")
class UserPagesTest {

  private static AdminScene scene;
  private static Visitor superuser;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    superuser = scene.signedIn(scene.superuser("ada"));
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void accountsAreMadeAndCanSignIn() {
    Visitor.Page made =
        superuser.submit(
            "/users",
            "login",
            "newcomer",
            "name",
            "<script>alert(1)</script>",
            "email",
            "new@plaza.example",
            "password",
            AdminScene.PASSWORD,
            "staff",
            "true");
    assertThat(made.body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert");
    assertThat(superuser.get("/users?q=newcomer").body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>alert");
    Visitor visitor = scene.visitor();
    visitor.signIn("newcomer", AdminScene.PASSWORD);
    assertThat(visitor.open("/").body()).contains("Nothing here for you yet");
    assertThat(visitor.get("/users").status()).isEqualTo(403);
  }

  @Test
  void aBadPasswordMakesNoAccount() {
    Visitor.Page page = superuser.post("/users", "login", "weak", "password", "short");
    assertThat(page.status()).isEqualTo(400);
    assertThat(superuser.get("/users?q=weak").body()).contains("Nothing matches");
  }

  @Test
  void listsAreSearchedSortedFilteredAndPaged() {
    String first = superuser.get("/users?in=app").body();
    assertThat(first).contains("Next page").contains("deactivated");
    assertThat(superuser.get("/users?in=app&sort=-last_login").body())
        .contains("aria-sort=\"descending\"");
    assertThat(superuser.get("/users?in=app&q=zzzzzz").body()).contains("Show everything");
    Visitor.Page csv = superuser.get("/users?in=app&format=csv");
    assertThat(csv.body().lines().count()).isGreaterThan(500);
    assertThat(csv.header("content-disposition")).contains("users.csv");
    assertThat(scene.lethe().audit(null, "accounts of app", 9))
        .extracting(e -> e.action())
        .containsExactly("download");
  }

  @Test
  void whatIsNotMappedIsNotANo() {
    Visitor.Page list = superuser.get("/users?in=app");
    assertThat(list.body())
        .contains("The policy maps no column for <span>staff, superuser</span>")
        .doesNotContain("role=staff");
    assertThat(superuser.get("/users?in=lethe").body())
        .contains("role=staff")
        .doesNotContain("The policy maps no column");
    assertThat(superuser.get("/users/app:5").body())
        .contains("<dt>Staff</dt><dd class=\"nothing\">not mapped</dd>", "accounts.staff")
        .doesNotContain("Save roles");
    String own =
        scene.accounts().byLogin("ada").map(Account::id).map(AccountId::text).orElseThrow();
    assertThat(superuser.get("/users/" + own).body())
        .contains("<dt>Staff</dt><dd>yes</dd>", "Save roles");
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() {
    Account manager = scene.staff("manager", "users:*", "permissions:*", "view:post");
    Account other = scene.staff("other");
    Visitor visitor = scene.signedIn(manager);
    String page = "/users/" + other.id().text();
    assertThat(visitor.submit(page + "/permissions", "permissions", "view:post").body())
        .contains("Saved.");
    assertThat(visitor.post(page + "/permissions", "permissions", "delete:*").status())
        .isEqualTo(403);
    assertThat(visitor.post(page + "/roles", "superuser", "true").status()).isEqualTo(403);
    assertThat(visitor.post(page + "/password", "password", AdminScene.PASSWORD).status())
        .isEqualTo(403);
    String boss =
        "/users/"
            + scene.accounts().byLogin("ada").map(Account::id).map(AccountId::text).orElseThrow();
    assertThat(visitor.post(boss + "/profile", "login", "mine").status()).isEqualTo(403);
    assertThat(scene.accounts().directory("lethe").permissions(other.id().key()))
        .extracting(p -> p.text())
        .containsExactly("view:post");
  }

  @Test
  void groupsCarryPermissions() {
    Visitor.Page made = superuser.submit("/groups", "directory", "lethe", "name", "readers");
    assertThat(made.body()).contains("readers");
    String key = scene.accounts().directory("lethe").groups().get(0).key();
    assertThat(
            superuser
                .submit(
                    "/groups/lethe/" + key, "name", "readers", "permissions", "view:poll\nmap:*")
                .body())
        .contains("Saved.")
        .contains("view:poll");
    assertThat(superuser.post("/groups/lethe/" + key, "permissions", "fly:*").status())
        .isEqualTo(400);
    Account reader = scene.staff("reader");
    superuser.submit("/users/" + reader.id().text() + "/groups", "group", key);
    assertThat(superuser.get("/users/" + reader.id().text()).body())
        .contains("view:poll")
        .contains("readers");
  }

  @Test
  void searchFindsPagesPeopleAndTables() {
    assertThat(superuser.get("/search?q=cust").body()).contains("/records/customer");
    assertThat(superuser.get("/search?q=ada").body()).contains("The ada");
    assertThat(superuser.get("/search/results?q=trash").body())
        .contains("/trash")
        .doesNotContain("<html");
    Visitor limited = scene.signedIn(scene.staff("limited", "view:post"));
    assertThat(limited.get("/search?q=cust").body()).doesNotContain("/records/customer");
    assertThat(limited.get("/search?q=ada").body()).doesNotContain("The ada");
  }
}
