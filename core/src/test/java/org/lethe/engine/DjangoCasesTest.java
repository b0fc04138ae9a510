package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.row;
import static org.lethe.engine.TestDatabase.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Blocker;
import org.lethe.collect.PathStep;
import org.lethe.collect.Preview;
import org.lethe.collect.UnusableTargetException;
import org.lethe.collect.Warning;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Tolerance;
import org.lethe.policy.OnDelete;

/**
 * Cases whose answers are known from Django's own tests of {@code on_delete} ({@code
 * tests/delete/tests.py}), and the rules of the policy one by one.
 */
class DjangoCasesTest {

  /** Artist, album and song: the song goes with its artist, and holds on to its album. */
  private static final String DIAMOND =
      """
      create table artist (id int primary key);
      create table album (id int primary key, artist int not null references artist);
      create table song (
        id int primary key,
        artist int not null references artist,
        album int not null references album);
      insert into artist values (1), (2);
      insert into album values (1, 1), (2, 2);
      insert into song values (1, 1, 1);
      """;

  private static final String[] DIAMOND_RULES = {
    "album.artist: cascade", "song.artist: cascade", "song.album: restrict"
  };

  @Test
  void restrictGivesWayWhereTheSameRowAlsoCascades() {
    TestDatabase database = TestDatabase.with(DIAMOND);
    Lethe lethe = database.lethe(DIAMOND_RULES);

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("artist", 1));

    assertThat(report.total()).isEqualTo(3);
    assertThat(deleted(lethe, report)).isEqualTo(Map.of("artist", 1L, "album", 1L, "song", 1L));
  }

  @Test
  void restrictAloneBlocks() {
    TestDatabase database = TestDatabase.with(DIAMOND);
    Lethe lethe = database.lethe(DIAMOND_RULES);

    Blocker blocker = only(database.blocked(lethe, rows("album", 1)));

    assertThat(blocker.relation().name()).isEqualTo("song.album");
    assertThat(blocker.kind()).isEqualTo(OnDelete.Kind.RESTRICT);
    assertThat(blocker.rows()).isEqualTo(1);
    assertThat(path(blocker)).containsExactly("album 1", "song 1 over song.album");
  }

  @Test
  void aRootThatFreesAnotherIsDeletedWithIt() {
    TestDatabase database = TestDatabase.with(DIAMOND);
    // The song now belongs to artist 2 and stands on an album of artist 1.
    database.run("update song set artist = 2");
    Lethe lethe = database.lethe(DIAMOND_RULES);

    Blocker blocker = only(database.blocked(lethe, rows("artist", 1)));
    assertThat(blocker.relation().name()).isEqualTo("song.album");
    assertThat(path(blocker))
        .containsExactly("artist 1", "album 1 over album.artist", "song 1 over song.album");

    database.run("delete from album where id = 2");
    DeletionReport report = database.deleteAsPreviewed(lethe, rows("artist", 1, 2));
    assertThat(report.total()).isEqualTo(4);
    assertThat(deleted(lethe, report)).isEqualTo(Map.of("artist", 2L, "album", 1L, "song", 1L));
  }

  @Test
  void protectBlocksEvenWhereTheSameRowAlsoCascades() {
    TestDatabase database = TestDatabase.with(DIAMOND);
    Lethe lethe =
        database.lethe("album.artist: cascade", "song.artist: cascade", "song.album: protect");

    Blocker blocker = only(database.blocked(lethe, rows("artist", 1)));

    assertThat(blocker.kind()).isEqualTo(OnDelete.Kind.PROTECT);
    assertThat(blocker.relation().name()).isEqualTo("song.album");
    assertThat(blocker.rows()).isEqualTo(1);
  }

  @Test
  void restrictCountsOnlyTheRowsThatStay() {
    TestDatabase database = TestDatabase.with(DIAMOND);
    database.run("insert into song select i, 1 + i % 2, 1 from generate_series(2, 11) i");
    Lethe lethe = database.lethe(DIAMOND_RULES);

    // Songs 3, 5, 7, 9, 11 are artist 2's; 1, 2, 4 and so on go with artist 1.
    assertThat(database.number("select count(*) from song where artist = 2 and album = 1"))
        .isEqualTo(5);
    assertThat(only(database.blocked(lethe, rows("artist", 1))).rows()).isEqualTo(5);
  }

  @Test
  void everyBlockerIsNamedAtOnceWithItsCountAndPath() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table customer (id int primary key);
            create table invoice (id int primary key, customer int references customer);
            create table line (id int primary key, invoice int references invoice);
            create table payment (id int primary key, invoice int references invoice);
            create table letter (id int primary key, customer int references customer);
            create table untouched (id int primary key, customer int references customer);
            insert into customer values (1), (2);
            insert into invoice select i, 1 from generate_series(1, 3) i;
            insert into line select i, 1 + i % 3 from generate_series(1, 7) i;
            insert into payment values (1, 2), (2, 3);
            insert into letter values (1, 1), (2, 2);
            insert into untouched values (1, 2);
            """);
    Lethe lethe =
        database.lethe(
            "invoice.customer: cascade",
            "line.invoice: protect",
            "payment.invoice: restrict",
            "untouched.customer: protect");

    List<Blocker> blockers = database.blocked(lethe, rows("customer", 1));

    assertThat(blockers)
        .extracting(b -> b.relation().name() + " " + b.kind().word() + " " + b.rows())
        .containsExactlyInAnyOrder(
            "letter.customer undecided 1", "line.invoice protect 7", "payment.invoice restrict 2");
    for (Blocker blocker : blockers) {
      List<String> path = path(blocker);
      assertThat(path.get(0)).isEqualTo("customer 1");
      assertThat(path.get(path.size() - 1)).endsWith(" over " + blocker.relation().name());
    }
    assertThat(database.refused(RuntimeException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("7 rows over line.invoice (protect)")
        .hasMessageContaining("2 rows over payment.invoice (restrict)")
        .hasMessageContaining("1 row over letter.customer (undecided)")
        .hasMessageContaining("nothing was changed");
  }

  @Test
  void aBlockerNamesTheForeignKeyThatTrulyBlocks() {
    // Two keys between the same tables: Django once named whichever it met first.
    TestDatabase database =
        TestDatabase.with(
            """
            create table person (id int primary key);
            create table message (
              id int primary key,
              sender int references person,
              recipient int references person);
            insert into person values (1), (2);
            insert into message values (1, 1, 2), (2, 1, 2);
            """);
    Lethe lethe = database.lethe("message.sender: cascade", "message.recipient: protect");

    Blocker blocker = only(database.blocked(lethe, rows("person", 2)));
    assertThat(blocker.relation().name()).isEqualTo("message.recipient");
    assertThat(blocker.rows()).isEqualTo(2);

    assertThat(lethe.delete(rows("person", 1)).total()).isEqualTo(3);
  }

  @Test
  void undecidedBlocksAndPrintsWhatToPaste() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table customer (id int primary key);
            create table "Order" (id int primary key, "from" int references customer);
            insert into customer values (1);
            insert into "Order" values (1, 1);
            """);

    Blocker blocker = only(database.blocked(database.lethe(), rows("customer", 1)));

    assertThat(blocker.kind()).isEqualTo(OnDelete.Kind.UNDECIDED);
    String snippet = String.valueOf(blocker.snippet());
    assertThat(snippet).isEqualTo("relations:\n  Order.from: cascade");
    // Pasted as it is, it decides.
    Lethe decided = database.lethe(snippet.lines().skip(1).map(String::strip).toList().get(0));
    assertThat(decided.delete(rows("customer", 1)).total()).isEqualTo(2);
  }

  @Test
  void setNullLeavesTheRowsAndCountsThem() {
    TestDatabase database = shop("cart.customer: set_null");

    assertThat(
            database.texts(
                "select id || ':' || coalesce(customer::text, '-') from cart order by 1"))
        .containsExactly("1:-", "2:-", "3:2");
  }

  @Test
  void setDefaultSetAndReassignPointElsewhere() {
    for (String rule :
        List.of("set_default", "{ set: 3 }", "{ on_delete: { set: 3 } }", "{ reassign: 3 }")) {
      TestDatabase database = shop("cart.customer: " + rule);
      assertThat(database.texts("select id || ':' || customer from cart order by 1"))
          .as(rule)
          .containsExactly("1:3", "2:3", "3:2");
    }
  }

  /** Deletes customer 1 of a shop whose carts 1 and 2 are theirs. */
  private static TestDatabase shop(String rule) {
    TestDatabase database = TestDatabase.with(SHOP);
    Lethe lethe = database.lethe(rule);
    DeletionReport report = database.deleteAsPreviewed(lethe, rows("customer", 1));
    assertThat(deleted(lethe, report)).isEqualTo(Map.of("customer", 1L));
    assertThat(report.counts().updated()).isEqualTo(Map.of("cart.customer", 2L));
    assertThat(database.count("cart")).isEqualTo(3);
    return database;
  }

  private static final String SHOP =
      """
      create table customer (id int primary key);
      create table cart (id int primary key, customer int default 3 references customer);
      insert into customer values (1), (2), (3);
      insert into cart values (1, 1), (2, 1), (3, 2);
      """;

  @Test
  void aDefaultThatPointsAtTheRowBeingDeletedIsRefused() {
    TestDatabase database = TestDatabase.with(SHOP);
    database.run("update cart set customer = 3 where id = 2");
    String message =
        "cart.customer: %s would point the remaining rows at a row of customer that goes in this same removal";

    for (String rule : List.of("set_default", "{ set: 3 }", "{ reassign: 3 }")) {
      Lethe lethe = database.lethe("cart.customer: " + rule);
      String said = rule.replace("{ ", "").replace(" }", "");
      assertThat(
              database.refused(
                  UnusableTargetException.class, () -> lethe.delete(rows("customer", 3))))
          .hasMessageContaining(message.formatted(said));
      database.refused(
          UnusableTargetException.class,
          () -> lethe.preview(rows("customer", 3), Preview.Cap.DEFAULT));
      database.refused(UnusableTargetException.class, () -> lethe.plan(rows("customer", 3)));
    }
  }

  @Test
  void theDatabasesOwnSetDefaultThatPointsAtTheRowIsRefusedToo() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table customer (id int primary key);
            create table cart (
              id int primary key,
              customer int default 3 references customer on delete set default);
            insert into customer values (1), (3);
            insert into cart values (1, 1), (2, 3);
            """);
    database.refused(
        UnusableTargetException.class, () -> database.lethe().delete(rows("customer", 3)));

    assertThat(database.lethe().delete(rows("customer", 1)).counts().updated())
        .isEqualTo(Map.of("cart.customer", 1L));
    assertThat(database.number("select customer from cart where id = 1")).isEqualTo(3);
  }

  @Test
  void aRowThatIsReassignedToMustExist() {
    TestDatabase database = TestDatabase.with(SHOP);
    Lethe lethe = database.lethe("cart.customer: { reassign: 99 }");

    assertThat(
            database.refused(
                UnusableTargetException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("cart.customer: reassign: 99 needs a row of customer");
  }

  @Test
  void doNothingLeavesWhatTheDatabaseDoesNotCheckAndBlocksWhereItDoes() {
    TestDatabase database = TestDatabase.with(SHOP);
    database.run("create table visit (id int primary key, customer int)");
    database.run("insert into visit values (1, 1), (2, 1), (3, 2)");
    String link = "links:\n- { from: visit.customer, to: customer.id, on_delete: do_nothing }";
    Lethe lethe = database.lethe("cart.customer: set_null\n" + link);

    Preview preview = lethe.preview(rows("customer", 1), Preview.Cap.NO_TREE);
    assertThat(preview.selection().warnings())
        .extracting(Warning::kind)
        .containsExactly(Warning.Kind.DANGLING);
    assertThat(preview.selection().warnings().get(0).text()).contains("2 rows of visit");
    assertThat(lethe.delete(rows("customer", 1)).total()).isEqualTo(1);
    assertThat(database.count("visit")).isEqualTo(3);

    Lethe stubborn = database.lethe("cart.customer: do_nothing");
    Blocker blocker = only(database.blocked(stubborn, rows("customer", 2)));
    assertThat(blocker.kind()).isEqualTo(OnDelete.Kind.DO_NOTHING);
    assertThat(blocker.rows()).isEqualTo(1);
  }

  @Test
  void aNotNullSelfReferenceWithoutDeferrableKeysGoesWhole() {
    TestDatabase database =
        TestDatabase.with(
            """
            create table node (id int primary key, parent int not null references node);
            create table leaf (id int primary key, node int not null references node);
            insert into node values (1, 1), (2, 1), (3, 2), (4, 3), (9, 9);
            insert into leaf select i, 1 + i % 4 from generate_series(1, 8) i;
            insert into leaf values (99, 9);
            """);
    Lethe lethe = database.lethe("node.parent: cascade", "leaf.node: cascade");

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("node", 1));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("node", 4L, "leaf", 8L));
    assertThat(database.texts("select id::text from node")).containsExactly("9");
  }

  @Test
  void aNotNullSelfReferenceThatProtectsBlocksAlsoItself() {
    // As in Django: a row that refers to itself by a protecting key can never go.
    TestDatabase database =
        TestDatabase.with(
            """
            create table node (id int primary key, parent int not null references node);
            insert into node values (1, 1), (2, 1);
            """);
    assertThat(
            only(database.blocked(database.lethe("node.parent: protect"), rows("node", 1))).rows())
        .isEqualTo(2);
    Lethe restricting = database.lethe("node.parent: restrict");
    assertThat(only(database.blocked(restricting, rows("node", 1))).rows()).isEqualTo(1);
    assertThat(restricting.delete(rows("node", 1, 2)).total()).isEqualTo(2);
  }

  @Test
  void aPlanDoesWhatADeleteDoes() {
    TestDatabase database = TestDatabase.with(DIAMOND);
    Lethe lethe = database.lethe(DIAMOND_RULES);

    DeletionReport report = lethe.apply(lethe.plan(row("artist", 1)), Tolerance.NONE);

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("artist", 1L, "album", 1L, "song", 1L));
    assertThat(database.count("song")).isZero();
  }

  private static Blocker only(List<Blocker> blockers) {
    assertThat(blockers).hasSize(1);
    return blockers.get(0);
  }

  private static List<String> path(Blocker blocker) {
    return blocker.path().stream().map(DjangoCasesTest::text).toList();
  }

  private static String text(PathStep step) {
    String row = step.row().table().name() + " " + String.join(",", step.row().key());
    return step.relation() == null ? row : row + " over " + step.relation();
  }
}
