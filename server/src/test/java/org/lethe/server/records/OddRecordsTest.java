package org.lethe.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;

/** Names and values that would break a page, an address or a statement if they were let. */
class OddRecordsTest {

  private static final List<List<String>> KEYS =
      List.of(
          List.of("a/b", "1"),
          List.of("100%", "2"),
          List.of("it's \"quoted\"", "3"),
          List.of("Zoë 東京 🎉", "4"),
          List.of("", "5"),
          List.of("..", "6"),
          List.of("a,b;c~d", "7"),
          List.of("delete", "8"),
          List.of(" ? # & = + \\ ", "9"));

  private static AdminScene admin;
  private static Visitor root;

  @BeforeAll
  static void start() {
    admin =
        AdminScene.with(
            """
            create table "odd ""table""/x" (
              name text, n int, "q" text, "a b&c=d{e}" boolean, label text, primary key (name, n));
            create index on "odd ""table""/x" ("q");
            create table child (id int primary key, name text, n int,
              foreign key (name, n) references "odd ""table""/x");
            create table script (id int primary key, title text, token text);
            insert into script values (1, '<script>alert(1)</script>', 'sesame'),
              (2, '"><img src=x onerror=alert(1)>', null), (3, '=1+1', null);
            create table session (token text primary key, title text);
            insert into session values ('sesame-open', 'mine');
            """,
            """
            version: 1
            relations: { 'child(name, n)': cascade }
            """);
    root = admin.signedIn(admin.superuser("root"));
    for (List<String> key : KEYS) {
      admin
          .jdbc()
          .update(
              "insert into \"odd \"\"table\"\"/x\" values (?, ?, 'x', true, '')",
              key.get(0),
              Integer.parseInt(key.get(1)));
      admin
          .jdbc()
          .update(
              "insert into child values (?, ?, ?)",
              Integer.parseInt(key.get(1)),
              key.get(0),
              Integer.parseInt(key.get(1)));
    }
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  @Test
  void keysComeBackFromAddressesAsTheyWere() {
    for (List<String> key : KEYS) {
      String word = RecordAddress.key(key);
      assertThat(word).matches("[A-Za-z0-9_~,-]+");
      assertThat(RecordAddress.key(word)).isEqualTo(key);
    }
    TableId odd = new TableId("public", "odd \"table\"/x");
    Catalog catalog =
        org.lethe.Lethe.readCatalog(java.util.Objects.requireNonNull(admin.jdbc().getDataSource()));
    String address = RecordAddress.of(catalog, odd);
    assertThat(RecordAddress.table(catalog, address.substring("/records/".length())))
        .isEqualTo(odd);
  }

  @Test
  void everyRowHasAPageOfItsOwn() {
    String list = root.get("/records/odd~20~22table~22~2fx").body();
    for (List<String> key : KEYS) {
      String path = "/records/odd~20~22table~22~2fx/" + RecordAddress.key(key);
      assertThat(list).contains("href=\"" + path + "\"");
      Visitor.Page page = root.get(path + "?counts=true");
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      assertThat(page.body()).contains("child(name, n)");
      assertThat(root.get("/records/child/" + key.get(1)).body()).contains("href=\"" + path + "\"");
    }
  }

  @Test
  void columnsMayBeCalledWhatAddressesUse() {
    String path = "/records/odd~20~22table~22~2fx";
    assertThat(root.get(path + "?column.q=x").body()).contains("q = x");
    assertThat(root.get(path + "?column.q=y").body()).contains("Nothing matches");
    String list = root.get(path).body();
    assertThat(list).contains("a b&amp;c=d{e}");
    java.util.regex.Matcher link =
        java.util.regex.Pattern.compile("href=\"([^\"]*=true)\"").matcher(list);
    assertThat(link.find()).isTrue();
    Visitor.Page narrowed =
        root.get(org.springframework.web.util.HtmlUtils.htmlUnescape(link.group(1)));
    assertThat(narrowed.status()).isEqualTo(200);
    assertThat(narrowed.body()).contains("aria-current=\"true\"");
  }

  @Test
  void scriptsInDataAreShownAsText() {
    for (String path : List.of("/records/script", "/records/script/1", "/records/script/2")) {
      assertThat(root.get(path).body())
          .doesNotContain("<script>alert", "<img src=x")
          .contains("&lt;");
    }
    assertThat(root.get("/records/script?q=%3Cscript%3E").body())
        .doesNotContain("<script>alert")
        .contains("/records/script/1");
  }

  @Test
  void filesRunNoFormulas() {
    assertThat(root.get("/records/script?format=csv").body()).contains("3,'=1+1");
  }

  @Test
  void aSecretKeyIsInNoAddress() {
    assertThat(root.get("/records/session").body()).contains("mine").doesNotContain("sesame");
    assertThat(root.get("/records/session/sesame-open").status()).isEqualTo(404);
    assertThat(root.get("/records/script").body()).doesNotContain("sesame");
  }
}
