package org.lethe.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.server.AdminProcess;
import org.lethe.server.AdminScene;
import org.lethe.server.Fields;
import org.lethe.server.Visitor;

/**
 * A table of a million rows: pages cost the same wherever they are, and nothing counts them all.
 */
class BigTableTest {

  /**
   * In megabytes; an admin that does nothing holds about 40, a set of a million keys as much again.
   */
  private static final int HEAP = 80;

  private static AdminScene admin;
  private static Visitor root;

  @BeforeAll
  static void start() {
    admin =
        AdminScene.with(
            """
            create table owner (id int primary key, name text);
            insert into owner values (1, 'Everything'), (2, 'Nothing');
            create table big (id bigint primary key, owner_id int, name text, made date, open boolean);
            insert into big select i, 1, 'Row ' || i, case when i % 3 > 0 then date '2000-01-01' + i % 9000 end, i % 2 = 0
              from generate_series(1, 1000000) i;
            alter table big add foreign key (owner_id) references owner on delete cascade;
            create index on big (owner_id);
            create index on big (made);
            create index on big (name);
            analyze big;
            """,
            "version: 1\naccounts: { table: big, active: open, login: name, joined: made }\n");
    root = admin.signedIn(admin.superuser("root"));
    root.get("/records/owner");
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  private static Visitor.Page answered(String path) {
    Visitor.Page page = root.get(path);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page;
  }

  @Test
  void pagesAnswerWhereverTheyAre() {
    Visitor.Page first = answered("/records/big");
    assertThat(first.body()).contains("about 1,000,000 rows", "all rows, more than 10,000");
    assertThat(Fields.of(answered(Fields.next(first)), "row")).startsWith("51");
    assertThat(Fields.of(answered("/records/big?after=900000"), "row")).startsWith("900001");
    answered("/records/big?sort=made");
    answered("/records/big?sort=-made");
    assertThat(Fields.of(answered("/records/big?sort=made&after=~v,2020-01-01,500000"), "row"))
        .hasSize(50);
    assertThat(Fields.of(answered("/records/big?sort=made&after=~n,500001"), "row"))
        .startsWith("500004");
    assertThat(Fields.of(answered("/records/big?q=777777"), "row")).containsExactly("777777");
    answered("/records/big?owner_id=1");
    answered("/records/big?open=true");
    assertThat(answered("/records/owner/1?counts=true").body()).contains("more than 1,000 rows");
  }

  @Test
  void accountsAreListedWhereverTheyAre() {
    Visitor.Page first = answered("/users?in=app");
    assertThat(first.body()).contains(">Row 1<", "500,000").doesNotContain(">Row 2<");
    Visitor.Page second = answered(Fields.next(first));
    assertThat(Fields.of(second, "row")).hasSize(50).doesNotContainAnyElementsOf(rows(first));
    assertThat(rows(answered("/users?in=app&sort=-login"))).startsWith("app:999999", "app:999998");
    // A third of them does not say when it joined: those come first, and last downwards.
    assertThat(rows(answered("/users?in=app&sort=joined"))).startsWith("app:3", "app:6");
    Visitor.Page latest = answered("/users?in=app&sort=-joined");
    assertThat(rows(latest)).startsWith("app:998999");
    assertThat(rows(answered(Fields.next(latest)))).hasSize(50);
    assertThat(rows(answered("/users?in=app&q=777777+row"))).containsExactly("app:777777");
    assertThat(rows(answered("/users?in=app&state=deactivated"))).startsWith("app:1", "app:100001");
  }

  private static List<String> rows(Visitor.Page page) {
    return Fields.of(page, "row");
  }

  @Test
  void asksBeforeAMillionRowsGo() {
    Visitor.Page ask = root.get("/records/owner/1/delete");
    assertThat(ask.status()).isEqualTo(200);
    assertThat(ask.body()).contains(">1,000,001<");
    assertThat(root.get("/records/owner/1/delete/tree").body()).contains("and 999,995 more");
  }

  @Test
  void asksInAHeapThatHoldsNoMillionRows(@TempDir Path folder) {
    try (AdminProcess small = AdminProcess.start(admin, folder, HEAP)) {
      Visitor visitor = small.visitor();
      visitor.signIn("root", AdminScene.PASSWORD);
      Visitor.Page ask = visitor.get("/records/owner/1/delete");
      assertThat(ask.body()).contains(">1,000,001<", "Show them as a tree");
      assertThat(visitor.get("/records/owner/1/delete/tree").body()).contains("and 999,995 more");
      assertThat(
              visitor.get("/records/owner/delete/picture.svg?rows=owner:1&rows=big:1000000").body())
          .contains("1,000,000");
      Visitor.Page plan = visitor.post("/records/owner/delete/plan.json", "row", "1");
      assertThat(plan.header("content-disposition")).contains("attachment");
      assertThat(plan.body()).contains("\"total\" : 1000001");
      assertThat(visitor.get("/records/big").status()).isEqualTo(200);
      assertThat(small.lives()).as(small.said()).isTrue();
      assertThat(small.said()).doesNotContain("OutOfMemory", "WARN", "ERROR");
    }
  }
}
