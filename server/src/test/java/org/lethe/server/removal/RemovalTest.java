package org.lethe.server.removal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import org.lethe.server.Fields;
import org.lethe.server.Visitor;

/** Asking before rows are deleted, deleting them, and all that can keep one from it. */
class RemovalTest {

  private static final String SCHEMA =
      """
      create table team (id int primary key, name text);
      create table person (id int primary key, name text not null,
        team_id int references team on delete set null);
      create table post (id int primary key, author_id int references person, title text);
      create table note (id int primary key, post_id int references post on delete cascade, body text);
      create table receipt (id int primary key, person_id int references person);
      create table tag (name text, lang text, primary key (name, lang));
      create index on post (author_id);
      create index on note (post_id);
      create index on receipt (person_id);
      create index on person (team_id);
      insert into team values (1, 'Red');
      insert into person values (1, 'Ada <script>alert(1)</script>', 1), (2, 'Bob', 1), (3, 'Eve', null);
      insert into post select i, 1, 'Post ' || i from generate_series(1, 8) i;
      insert into note select i, 1 + i % 8, 'Note ' || i from generate_series(1, 16) i;
      insert into receipt values (1, 2);
      insert into tag values ('a/b', '100%'), ('plain', 'en');
      """;

  private static final String POLICY =
      """
      version: 1
      relations:
        post.author_id: cascade
        receipt.person_id: protect
      """;

  private AdminScene admin;
  private Visitor root;

  @BeforeEach
  void start() {
    admin = AdminScene.with(SCHEMA, POLICY);
    root = admin.signedIn(admin.superuser("root"));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private long rows(String table) {
    return Objects.requireNonNull(
        admin.jdbc().queryForObject("select count(*) from " + table, Long.class));
  }

  private static String seen(Visitor.Page page, String way) {
    return Fields.of(page, "seen-" + way).get(0);
  }

  @Test
  void showsWhatGoesAndDeletesItIntoTheTrashAndBack() {
    Visitor.Page ask = root.get("/records/person/1/delete");
    assertThat(ask.status()).as(ask.body()).isEqualTo(200);
    assertThat(ask.body())
        .contains("25", "post.author_id", "note.post_id", "word-removed")
        .contains("&lt;script&gt;alert")
        .doesNotContain("<script>alert", "checked");

    Visitor.Page done =
        root.post(
            "/records/person/delete/confirm",
            "row",
            "1",
            "how",
            "trash",
            "seen-trash",
            seen(ask, "trash"),
            "reason",
            "asked");
    assertThat(done.location()).as(done.body()).isEqualTo("/records/person");
    assertThat(rows("person")).isEqualTo(2);
    Visitor.Page list = root.get("/records/person");
    assertThat(list.body()).contains("is in the trash", "25 rows");
    String undo = Fields.all(list, "action=\"(/trash/[^\"]+/restore)\"").get(0);
    assertThat(root.submit(undo).body()).contains("25 rows came back");
    assertThat(rows("note")).isEqualTo(16);
    assertThat(root.get("/records/person").body()).doesNotContain("is in the trash");
  }

  @Test
  void asksForTheNameAndThePasswordBeforeItGoesForGood() {
    Visitor.Page ask = root.get("/records/person/3/delete");
    String seen = seen(ask, "good");
    assertThat(root.post("/records/person/delete/confirm", "row", "3", "seen-good", seen).status())
        .isEqualTo(400);
    assertThat(
            root.post(
                    "/records/person/delete/confirm",
                    "row",
                    "3",
                    "how",
                    "good",
                    "seen-good",
                    seen,
                    "name",
                    "Eve",
                    "password",
                    "wrong")
                .status())
        .isEqualTo(403);
    assertThat(
            root.post(
                    "/records/person/delete/confirm",
                    "row",
                    "3",
                    "how",
                    "good",
                    "seen-good",
                    seen,
                    "name",
                    "Bob",
                    "password",
                    AdminScene.PASSWORD)
                .status())
        .isEqualTo(400);
    assertThat(rows("person")).isEqualTo(3);
    assertThat(
            root.post(
                    "/records/person/delete/confirm",
                    "row",
                    "3",
                    "how",
                    "good",
                    "seen-good",
                    seen,
                    "name",
                    " Eve ",
                    "password",
                    AdminScene.PASSWORD)
                .status())
        .isEqualTo(302);
    assertThat(rows("person")).isEqualTo(2);
    assertThat(rows("lethe.deletion")).isZero();
  }

  @Test
  void doesNothingWhenTheDataHasChangedSince() {
    String seen = seen(root.get("/records/person/1/delete"), "trash");
    admin.jdbc().update("insert into post values (99, 1, 'New')");

    Visitor.Page stale =
        root.post("/records/person/delete/confirm", "row", "1", "how", "trash", "seen-trash", seen);

    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.body())
        .contains("The data has changed", "post: 9 rows now, 8 when you looked");
    assertThat(rows("person")).isEqualTo(3);
    admin.jdbc().update("delete from note where post_id = 1");
    admin.jdbc().update("insert into note values (98, 99, 'x'), (97, 99, 'y')");
    assertThat(
            root.post(
                    "/records/person/delete/confirm",
                    "row",
                    "1",
                    "how",
                    "trash",
                    "seen-trash",
                    seen(stale, "trash"))
                .body())
        .contains("not the same ones");
    assertThat(
            root.post(
                    "/records/person/delete/confirm",
                    "row",
                    "1",
                    "how",
                    "trash",
                    "seen-trash",
                    "{\"hash\":\"made up\"}")
                .status())
        .isEqualTo(409);
    assertThat(rows("person")).isEqualTo(3);
  }

  @Test
  void saysWhatIsInTheWayAndHowToMendIt() {
    Visitor.Page ask = root.get("/records/person/2/delete");
    assertThat(ask.body())
        .contains("What is in the way", "receipt.person_id", "are protected", "→ receipt 1")
        .doesNotContain("value=\"trash\"");
    assertThat(
            root.post(
                    "/records/person/delete/confirm",
                    "row",
                    "2",
                    "how",
                    "trash",
                    "seen-trash",
                    seen(ask, "trash"))
                .status())
        .isEqualTo(409);
    assertThat(rows("person")).isEqualTo(3);
  }

  @Test
  void deletesManyByKeyAndByFilter() {
    Visitor.Page some = root.post("/records/note/delete", "row", "1", "row", "2");
    assertThat(some.body()).contains("2 rows of note");
    Visitor.Page all = root.post("/records/note/delete", "all", "true", "post_id", "3");
    assertThat(all.status()).as(all.body()).isEqualTo(200);
    assertThat(Fields.of(all, "post_id")).containsExactly("3");
    root.post(
        "/records/note/delete/confirm",
        "all",
        "true",
        "post_id",
        "3",
        "how",
        "trash",
        "seen-trash",
        seen(all, "trash"));
    assertThat(rows("note where post_id = 3")).isZero();
    assertThat(rows("note")).isEqualTo(14);
    assertThat(root.post("/records/note/delete").status()).isEqualTo(400);
    Visitor.Page odd = root.post("/records/note/delete", "all", "true", "q", "' or true) -- \\");
    assertThat(odd.body()).contains("0 rows of note");
  }

  @Test
  void handlesKeysWithAnythingInThem() {
    Visitor.Page list = root.get("/records/tag");
    String word = Fields.of(list, "row").get(0);
    assertThat(word).isEqualTo("a~2fb,100~25");
    Visitor.Page ask = root.get("/records/tag/" + word + "/delete");
    assertThat(ask.status()).as(ask.body()).isEqualTo(200);
    root.post(
        "/records/tag/delete/confirm",
        "row",
        word,
        "how",
        "trash",
        "seen-trash",
        seen(ask, "trash"));
    assertThat(admin.jdbc().queryForList("select name from tag", String.class))
        .isEqualTo(List.of("plain"));
  }

  @Test
  void showsTheTreeThePictureThePlanAndWhy() {
    Visitor.Page tree = root.get("/records/person/1/delete/tree");
    assertThat(tree.body()).contains("8 removed", "and 3 more", "/delete/why?of=post/1", "<html");
    assertThat(root.get("/records/person/1/delete/why?of=note/8").body())
        .contains("which you chose", "by note.post_id");
    Visitor.Page ask = root.get("/records/person/1/delete");
    String picture = Fields.all(ask, "<img[^>]* src=\"([^\"]+picture.svg[^\"]*)\"").get(0);
    Visitor.Page svg = root.get(picture);
    assertThat(svg.header("Content-Type")).contains("image/svg+xml");
    assertThat(svg.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
    assertThat(svg.body()).contains("<svg", "post");
    Visitor.Page plan = root.post("/records/person/delete/plan.json", "row", "1");
    assertThat(plan.header("Content-Disposition")).contains("plan.json");
    assertThat(plan.body()).contains("\"hash\"", "\"total\" : 25");
    assertThat(root.post("/records/person/delete/tree", "row", "1", "row", "3").body())
        .contains("person 3 Eve");
  }

  @Test
  void letsNobodyDeleteMoreThanTheyMay() {
    Visitor viewer = admin.signedIn(admin.staff("vera", "view:post"));
    assertThat(viewer.get("/records/post/1/delete").status()).isEqualTo(403);
    assertThat(viewer.get("/records/person/1/delete").status()).isEqualTo(403);

    Visitor editor = admin.signedIn(admin.staff("ed", "view:post", "delete:post", "delete:note"));
    Visitor.Page ask = editor.get("/records/post/1/delete");
    assertThat(ask.body()).contains("value=\"trash\"").doesNotContain("value=\"good\"");
    assertThat(editor.get("/records/post/1/delete/tree").body())
        .contains("a row of note")
        .doesNotContain("Note 8", "Note 16");
    assertThat(
            editor
                .post(
                    "/records/post/delete/confirm",
                    "row",
                    "1",
                    "how",
                    "good",
                    "seen-good",
                    seen(ask, "trash"),
                    "name",
                    "Post 1",
                    "password",
                    AdminScene.PASSWORD)
                .status())
        .isEqualTo(403);
    assertThat(rows("post")).isEqualTo(8);

    Visitor narrow = admin.signedIn(admin.staff("nora", "view:*", "delete:post"));
    Visitor.Page refused = narrow.get("/records/post/1/delete");
    assertThat(refused.body()).contains("Not with your permissions", "<strong>note</strong>");
    assertThat(
            narrow
                .post(
                    "/records/post/delete/confirm",
                    "row",
                    "1",
                    "how",
                    "trash",
                    "seen-trash",
                    seen(refused, "trash"))
                .status())
        .isEqualTo(403);
    assertThat(rows("post")).isEqualTo(8);
  }
}
