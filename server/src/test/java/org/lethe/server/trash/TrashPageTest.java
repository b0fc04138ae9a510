package org.lethe.server.trash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.server.AdminScene;
import org.lethe.server.Fields;
import org.lethe.server.Visitor;
import org.lethe.trash.By;

/** The trash: who sees what of it, and what they can do with a deletion. */
class TrashPageTest {

  private AdminScene admin;
  private Visitor root;

  @BeforeEach
  void start() {
    admin =
        AdminScene.with(
            """
            create table person (id int primary key, name text, email text unique);
            create table post (id int primary key, author_id int references person on delete cascade, title text);
            create index on post (author_id);
            insert into person select i, 'Person ' || i, 'p' || i || '@example.org' from generate_series(1, 70) i;
            insert into person values (100, '<b onclick=x>Ada</b>', 'ada@example.org');
            insert into post values (1, 100, 'Hello'), (2, 1, 'Other');
            """,
            "version: 1\n");
    root = admin.signedIn(admin.superuser("root"));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private UUID delete(String table, int id, String actor, String reason) {
    Roots one = new Roots.Keys(new TableId("public", table), List.of(List.of("" + id)));
    return Objects.requireNonNull(
        admin.lethe().trash().delete(one, Period.ofDays(12), new By(actor, reason)).deletion());
  }

  private long rows(String table) {
    return Objects.requireNonNull(
        admin.jdbc().queryForObject("select count(*) from " + table, Long.class));
  }

  @Test
  void listsDeletionsPageByPageAndFindsThem() {
    assertThat(root.get("/trash").body()).contains("The trash is empty");
    for (int i = 1; i <= 60; i++) {
      delete("person", i, i % 2 == 0 ? "bob" : "eve", "spring cleaning");
    }
    String me = admin.accounts().byLogin("root").orElseThrow().id().text();
    UUID ada = delete("person", 100, me, "she asked");
    Visitor.Page first = root.get("/trash");
    assertThat(Fields.all(first, "<span>([^<]+)</span>"))
        .as("whom to narrow the list to")
        .contains("The root", "bob", "eve")
        .doesNotContain(me);
    assertThat(root.get("/trash?actor=" + me).body()).contains("/trash/" + ada);
    assertThat(first.body())
        .contains("purges in 11 days", "&lt;b onclick=x&gt;Ada", "she asked")
        .doesNotContain("<b onclick");
    Visitor.Page second = root.get(Fields.next(first));
    assertThat(second.body()).contains("Person 1<", "Person 11<").doesNotContain("Person 60<");
    assertThat(Fields.next(second)).isEmpty();
    assertThat(root.get("/trash?q=ada").body())
        .contains("/trash/" + ada)
        .doesNotContain("Person 1");
    assertThat(root.get("/trash?actor=bob").body()).doesNotContain("/trash/" + ada);
    assertThat(root.get("/trash?q=nobody").body()).contains("Nothing matches");
    assertThat(root.get("/trash?after=x").status()).isEqualTo(400);
  }

  @Test
  void bringsBackWhatOneDeletionTook() {
    UUID id = delete("person", 100, "bob", "wrong one");
    Visitor.Page page = root.get("/trash/" + id);
    assertThat(page.body())
        .contains("wrong one", "nothing is in the way", "<dt>post</dt><dd>1</dd>");
    assertThat(root.submit("/trash/" + id + "/restore").body()).contains("2 rows came back");
    assertThat(rows("post where id = 1")).isEqualTo(1);
    assertThat(root.get("/trash/" + id).body())
        .contains("restored")
        .doesNotContain("Purge for good");
    assertThat(root.post("/trash/" + id + "/restore").status()).isEqualTo(400);
  }

  @Test
  void namesWhatIsInTheWay() {
    UUID id = delete("person", 100, "bob", "x");
    admin.jdbc().update("insert into person values (101, 'Other', 'ada@example.org')");
    assertThat(root.get("/trash/" + id).body()).contains("in the way");
    Visitor.Page refused = root.post("/trash/" + id + "/restore");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body())
        .contains("nothing came back", "person")
        .doesNotContain("ada@example.org");
    assertThat(rows("person where id = 100")).isZero();
  }

  @Test
  void bringsBackParentsFirst() {
    UUID post = delete("post", 1, "bob", "x");
    UUID person = delete("person", 100, "bob", "x");
    Visitor.Page page = root.get("/trash/" + post);
    assertThat(page.body()).contains("Restore those first", "/trash/" + person);
    assertThat(root.post("/trash/" + post + "/restore").status()).isEqualTo(409);
    assertThat(root.post("/trash/" + post + "/restore", "parents", "true").status()).isEqualTo(302);
    assertThat(rows("post where id = 1")).isEqualTo(1);
  }

  @Test
  void holdsAndLifts() {
    UUID id = delete("person", 100, "bob", "x");
    String at = "/trash/" + id;
    assertThat(root.post(at + "/hold", "reason", " ").status()).isEqualTo(400);
    assertThat(root.post(at + "/hold", "reason", "court", "until", "2001-01-01").status())
        .isEqualTo(400);
    Visitor.Page held = root.submit(at + "/hold", "reason", "court", "until", "2099-12-31");
    assertThat(held.body()).contains("court", "2100-01-01", "lift the hold first");
    assertThat(root.get("/trash").body()).contains(">held<");
    assertThat(
            root.post(
                    at + "/purge",
                    "name",
                    "person 100 <b onclick=x>Ada</b>",
                    "password",
                    AdminScene.PASSWORD)
                .status())
        .isEqualTo(400);
    assertThat(rows("lethe.archived_row")).isEqualTo(2);
    root.post(at + "/lift", "hold", Fields.of(held, "hold").get(0));
    assertThat(root.get(at).body()).doesNotContain("lift the hold first");
  }

  @Test
  void purgesOnlyWithNameAndPassword() {
    UUID id = delete("person", 100, "bob", "x");
    String at = "/trash/" + id + "/purge";
    String name = "person 100 <b onclick=x>Ada</b>";
    assertThat(root.post(at, "name", "Ada", "password", AdminScene.PASSWORD).status())
        .isEqualTo(400);
    assertThat(root.post(at, "name", name, "password", "no").status()).isEqualTo(403);
    assertThat(rows("lethe.archived_row")).isEqualTo(2);
    assertThat(root.submit(at, "name", name, "password", AdminScene.PASSWORD).body())
        .contains("2 rows are gone for good");
    assertThat(rows("lethe.archived_row")).isZero();
    assertThat(root.get("/trash/" + id).body()).contains("purged").doesNotContain("Ada");
  }

  @Test
  void tellsNobodyWhatTheyMayNotSee() {
    UUID person = delete("person", 100, "bob", "because Ada said so");
    UUID post = delete("post", 2, "bob", "typo");
    Visitor viewer = admin.signedIn(admin.staff("vera", "view:post"));
    assertThat(viewer.get("/trash").body())
        .contains("/trash/" + person, "/trash/" + post, "Other")
        .doesNotContain("Ada");
    assertThat(viewer.get("/trash?q=ada").body()).doesNotContain("/trash/" + person);
    assertThat(viewer.get("/trash/" + person).body())
        .doesNotContain("Ada", "Purge for good", ">Restore<");
    for (String act : List.of("restore", "hold", "lift", "purge")) {
      Visitor.Page refused =
          viewer.post(
              "/trash/" + person + "/" + act,
              "reason",
              "r",
              "hold",
              UUID.randomUUID().toString(),
              "password",
              AdminScene.PASSWORD);
      assertThat(refused.status()).as(act).isEqualTo(403);
    }
    Visitor nobody = admin.signedIn(admin.staff("nobody"));
    assertThat(nobody.get("/trash").status()).isEqualTo(403);
    assertThat(root.get("/trash/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(root.get("/trash/x").status()).isEqualTo(404);
  }
}
