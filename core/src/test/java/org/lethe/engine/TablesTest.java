package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.row;
import static org.lethe.engine.TestDatabase.rows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.error.InputException;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Tolerance;
import org.lethe.schema.TableId;

/** Tables of every shape: partitioned, inherited, without a key. */
class TablesTest {

  private static final String PAYMENTS =
      """
      create table customer (id int primary key);
      create table payment (id int, month int, customer int %s, primary key (id, month))
        partition by range (month);
      create table payment_1 partition of payment for values from (1) to (2);
      create table payment_2 partition of payment for values from (2) to (3)
        partition by hash (id);
      create table payment_2a partition of payment_2 for values with (modulus 2, remainder 0);
      create table payment_2b partition of payment_2 for values with (modulus 2, remainder 1);
      create table payment_rest partition of payment default;
      create table refund (id int primary key, payment int, month int,
        foreign key (payment, month) references payment);
      insert into customer values (1), (2);
      insert into payment select i, 1 + i %% 4, 1 + i / 40 from generate_series(0, 79) i;
      insert into refund select id, id, month from payment where id %% 2 = 0;
      """;

  @ParameterizedTest
  @ValueSource(strings = {"references customer", "references customer on delete cascade"})
  void partitionedTablesGoAsOne(String key) {
    TestDatabase database = TestDatabase.with(PAYMENTS.formatted(key));
    Lethe lethe = database.lethe("payment.customer: cascade", "refund(payment, month): cascade");

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("customer", 1));

    assertThat(deleted(lethe, report))
        .isEqualTo(Map.of("customer", 1L, "payment", 40L, "refund", 20L));
    assertThat(database.number("select count(*) from payment where customer = 2")).isEqualTo(40);
  }

  @Test
  void aRootMayBeAPartitionOrARowOfOne() {
    TestDatabase database = TestDatabase.with(PAYMENTS.formatted("references customer"));
    Lethe lethe = database.lethe("refund(payment, month): cascade");

    Map<String, Long> byPartition =
        deleted(lethe, database.deleteAsPreviewed(lethe, row("payment_1", 4, 1)));
    assertThat(byPartition.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
    assertThat(deleted(lethe, database.deleteAsPreviewed(lethe, row("payment", 1, 2))))
        .isEqualTo(Map.of("payment", 1L));
    Roots.Where all = new Roots.Where(new TableId("public", "payment_2"), "customer = 1");
    assertThat(database.deleteAsPreviewed(lethe, all).total()).isEqualTo(9);
  }

  @Test
  void anUpdateMayMoveRowsToAnotherPartition() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table region (id int primary key);
            create table clerk (id int primary key);
            create table sale (id int, region int references region, clerk int references clerk)
              partition by list (region);
            create table sale_1 partition of sale for values in (1);
            create table sale_2 partition of sale for values in (2);
            create table sale_none partition of sale default;
            create table office (id int primary key, region int references region);
            alter table clerk add office int references office;
            insert into region values (1), (2);
            insert into office values (1, 1), (2, 2);
            insert into clerk values (1, 1), (2, 2);
            insert into sale select i, 1 + i % 2, 1 + i / 5 from generate_series(0, 9) i;
            """);
    Lethe lethe =
        database.lethe(
            "sale.region: { reassign: 2 }",
            "sale.clerk: set_null",
            "office.region: cascade",
            "clerk.office: cascade");
    // Sales 0, 2, 4 are of region 1 and clerk 1, who both go; 1, 3 of clerk 1 and region 2.
    DeletionReport report = database.deleteAsPreviewed(lethe, rows("region", 1));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("region", 1L, "office", 1L, "clerk", 1L));
    assertThat(report.counts().updated()).isEqualTo(Map.of("sale.region", 5L, "sale.clerk", 5L));
    assertThat(database.number("select count(*) from sale where region = 2")).isEqualTo(10);
    assertThat(database.number("select count(*) from sale where clerk is null")).isEqualTo(5);
    assertThat(database.count("sale_2")).isEqualTo(10);
  }

  private static final String ANIMALS =
      """
      create table owner (id int primary key);
      create table animal (id int primary key, owner int references owner, name text);
      create table dog (breed text, primary key (id)) inherits (animal);
      alter table dog add foreign key (owner) references owner;
      create table puppy (age int, primary key (id)) inherits (dog);
      create table visit (id int primary key, animal int references animal);
      create table walk (id int primary key, dog int references dog);
      insert into owner values (1), (2);
      insert into animal values (1, 1, 'cat'), (2, 2, 'cow');
      insert into dog values (11, 1, 'rex', 'x'), (12, 2, 'tyke', 'y');
      insert into puppy values (21, 1, 'spot', 'z', 1), (22, 2, 'dot', 'z', 1);
      insert into visit values (1, 1), (2, 2);
      insert into walk values (1, 11), (2, 12);
      """;

  private static final String[] ANIMAL_RULES = {
    "animal.owner: cascade", "dog.owner: cascade", "visit.animal: cascade", "walk.dog: cascade"
  };

  @Test
  void inheritedTablesKeepKeysOfTheirOwn() {
    TestDatabase database = TestDatabase.with(ANIMALS);
    Lethe lethe = database.lethe(ANIMAL_RULES);

    // The table puppy declares no key to owner, so nothing ties its rows to one.
    DeletionReport report = database.deleteAsPreviewed(lethe, rows("owner", 1));

    assertThat(deleted(lethe, report))
        .isEqualTo(Map.of("owner", 1L, "animal", 1L, "dog", 1L, "visit", 1L, "walk", 1L));
    assertThat(database.texts("select id::text from animal order by 1"))
        .containsExactly("12", "2", "21", "22");
  }

  @Test
  void aRootOfAnInheritedTableIsFoundWhereverItsRowIs() {
    TestDatabase database = TestDatabase.with(ANIMALS);
    Lethe lethe = database.lethe(ANIMAL_RULES);

    assertThat(deleted(lethe, database.deleteAsPreviewed(lethe, rows("animal", 11))))
        .isEqualTo(Map.of("dog", 1L, "walk", 1L));
    assertThat(deleted(lethe, database.deleteAsPreviewed(lethe, rows("animal", 1, 21))))
        .isEqualTo(Map.of("animal", 1L, "puppy", 1L, "visit", 1L));
    Roots.Where rest = new Roots.Where(new TableId("public", "animal"), "animal.id > 0");
    assertThat(deleted(lethe, database.deleteAsPreviewed(lethe, rest)))
        .isEqualTo(Map.of("animal", 1L, "dog", 1L, "puppy", 1L, "visit", 1L, "walk", 1L));
  }

  private static final String KEYLESS =
      """
      create table person (id int primary key);
      create table event (person int references person, what text);
      create table tag (code text unique);
      create table tagged (code text references tag (code), person int references person);
      insert into person values (1), (2);
      insert into event select 1 + i % 2, 'same' from generate_series(1, 20) i;
      insert into event values (null, 'nobody');
      insert into tag values ('a'), ('b'), (null), (null);
      insert into tagged select 'a', 1 from generate_series(1, 3);
      insert into tagged values ('b', 2), ('b', 1), (null, 1);
      """;

  @Test
  void rowsWithoutAnyKeyAreCountedWithTheirDoubles() {
    TestDatabase database = TestDatabase.with(KEYLESS);
    Lethe lethe =
        database.lethe("event.person: cascade", "tagged.code: cascade", "tagged.person: set_null");

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("person", 1));
    assertThat(deleted(lethe, report)).isEqualTo(Map.of("person", 1L, "event", 10L));
    assertThat(report.counts().updated()).isEqualTo(Map.of("tagged.person", 5L));

    // The root itself has no key either; its two nulls are twins.
    TableId tag = new TableId("public", "tag");
    assertThat(database.deleteAsPreviewed(lethe, new Roots.Where(tag, "code = 'a'")).total())
        .isEqualTo(4);
    assertThat(database.deleteAsPreviewed(lethe, new Roots.Where(tag, "code is null")).total())
        .isEqualTo(2);
    assertThat(database.texts("select code from tag")).containsExactly("b");
    assertThat(
            database.refused(
                InputException.class, () -> lethe.delete(TestDatabase.rows("tag", "b"))))
        .hasMessageContaining("tag has no primary key");
  }

  @Test
  void rowsWithoutAnyKeyCanBePlanned() {
    TestDatabase database = TestDatabase.with(KEYLESS);
    Lethe lethe =
        database.lethe("event.person: cascade", "tagged.code: cascade", "tagged.person: cascade");

    DeletionReport report = lethe.apply(lethe.plan(rows("person", 1)), Tolerance.NONE);

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("person", 1L, "event", 10L, "tagged", 5L));
  }

  @Test
  void aSelfReferenceWithoutPrimaryKey() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table node (id int unique, parent int references node (id));
            insert into node values (1, null), (2, 1), (3, 2), (null, 3), (null, 3), (7, null);
            """);
    Lethe lethe = database.lethe("node.parent: cascade");

    Roots.Where root = new Roots.Where(new TableId("public", "node"), "id = 1");
    assertThat(database.deleteAsPreviewed(lethe, root).total()).isEqualTo(5);
    assertThat(database.texts("select id::text from node")).containsExactly("7");
  }
}
