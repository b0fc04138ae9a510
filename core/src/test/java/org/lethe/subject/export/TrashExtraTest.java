package org.lethe.subject.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.subject.Person;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;

/** Rows in the trash are handed out, too, as long as they are there. */
class TrashExtraTest {

  private final ExportScene scene =
      ExportScene.of(
          """
          create table customer (id int primary key, email text, password text);
          create table post (id int primary key, customer_id int not null references customer on delete cascade,
                             title text, price numeric(8,2), tags text[]);
          insert into customer values (1, 'ada@x.org', 'PW1'), (2, 'bob@x.org', 'PW2');
          insert into post values (1, 1, 'lives', 1.50, '{a,b}'), (2, 1, 'trashed <b>', 2.00, '{c}'), (3, 2, 'of bob', 3, null);
          """,
          """
          version: 1
          tables: { post: { columns: { price: { export: { transform: { rename: paid } } } } } }
          subjects: { customer: { table: customer, identify_by: [email, id] } }
          """);

  @BeforeEach
  void ledger() {
    LedgerSchema.migrate(scene.database);
  }

  @Test
  void rowsInTheTrashAreTheirsToo() {
    Person ada = scene.person("customer", "ada@x.org");
    trash("post", "2", "3");

    Map<String, String> files = scene.files(ada);

    assertThat(ExportScene.file(files, "csv/the-trash-post.csv"))
        .isEqualTo(
            "id,customer_id,title,paid,tags,_trash\r\n2,1,trashed <b>,2.00,\"[\"\"c\"\"]\",\"deleted on 2026-03-01, in the trash\"\r\n");
    assertThat(ExportScene.file(files, "csv/post.csv")).contains("lives").doesNotContain("trashed");
    assertThat(files.toString()).doesNotContain("of bob").doesNotContain("PW1");
  }

  @Test
  void whoIsOnlyInTheTrashHasAnArchiveOfThat() {
    trash("customer", "1");

    Map<String, String> files = scene.files(scene.person("customer", "ada@x.org"));

    assertThat(ExportScene.file(files, "csv/the-trash-customer.csv"))
        .contains("ada@x.org")
        .doesNotContain("PW1");
    assertThat(ExportScene.file(files, "csv/the-trash-post.csv")).contains("lives", "trashed <b>");
    assertThat(files.toString()).doesNotContain("of bob");
  }

  private void trash(String table, String... ids) {
    for (String id : ids) {
      scene
          .lethe
          .trash()
          .delete(
              new Roots.Keys(new TableId("public", table), List.of(List.of(id))),
              Period.ofDays(30),
              new By("jo", null));
    }
  }
}
