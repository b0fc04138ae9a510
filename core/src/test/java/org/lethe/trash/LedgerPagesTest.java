package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;

/** Lists of the trash: pages that miss and repeat nothing, search, and counts of each kind. */
class LedgerPagesTest {

  private final TrashFixture db = new TrashFixture();

  @BeforeEach
  void create() {
    db.create(
        """
        create table team (id int primary key, name text);
        create table person (id int primary key, name text);
        insert into team select i, 'Team 100%' from generate_series(1, 3) i;
        insert into person select i, 'Ada ' || i from generate_series(1, 9) i;
        """);
    for (int i = 1; i <= 9; i++) {
      remove("person", i, i % 3 == 0 ? "bob" : "eve");
    }
    db.lethe().trash().restore(remove("team", 1, "bob"), TrashFixture.TESTER);
    remove("team", 2, "bob");
  }

  private UUID remove(String table, int id, String actor) {
    Roots one = new Roots.Keys(new TableId("public", table), List.of(List.of("" + id)));
    UUID deletion =
        db.lethe().trash().delete(one, Period.ofDays(30), new By(actor, "_why_")).deletion();
    return java.util.Objects.requireNonNull(deletion);
  }

  private List<Deletion> page(DeletionQuery query) {
    return db.lethe().trash().page(query, null, 100);
  }

  private static DeletionQuery text(String text, List<String> readable) {
    return new DeletionQuery(null, null, null, text, readable);
  }

  @Test
  void pagesFollowOnEachOther() {
    List<UUID> all = page(DeletionQuery.ALL).stream().map(Deletion::id).toList();
    assertThat(all).hasSize(11);

    List<UUID> found = new ArrayList<>();
    DeletionQuery.Place after = null;
    List<Deletion> page;
    do {
      page = db.lethe().trash().page(DeletionQuery.ALL, after, 2);
      for (Deletion d : page) {
        found.add(d.id());
        after = new DeletionQuery.Place(d.deletedAt(), d.id());
      }
    } while (!page.isEmpty());

    assertThat(found).isEqualTo(all);
  }

  @Test
  void narrowsByStateActorAndTable() {
    assertThat(page(new DeletionQuery(Deletion.State.RESTORED, null, null, "", null))).hasSize(1);
    assertThat(page(new DeletionQuery(null, "bob", null, "", null))).hasSize(5);
    assertThat(page(new DeletionQuery(null, "bob", "person", "", null))).hasSize(3);
  }

  @Test
  void findsTextAsItIsWritten() {
    assertThat(page(text("ada 7", List.of("person")))).hasSize(1);
    assertThat(page(text("100%", List.of("team")))).hasSize(1);
    assertThat(page(text("_why_", List.of("team", "person")))).hasSize(11);
    assertThat(page(text("why%", List.of("team", "person")))).isEmpty();
    UUID id = page(DeletionQuery.ALL).get(0).id();
    assertThat(page(text(id.toString().substring(0, 12), List.of())))
        .extracting(Deletion::id)
        .containsExactly(id);
  }

  @Test
  void tellsNobodyByTheWayWhatTheyMayNotRead() {
    assertThat(page(text("ada 7", List.of("team")))).isEmpty();
    assertThat(page(text("_why_", List.of("team")))).hasSize(2);
    assertThat(page(text("eve", List.of()))).hasSize(6);
  }

  @Test
  void countsEachKindAsIfItWereNotNarrowedItself() {
    DeletionTally tally =
        db.lethe().trash().tally(new DeletionQuery(Deletion.State.IN_TRASH, "bob", null, "", null));

    assertThat(tally.whole()).isTrue();
    assertThat(tally.states())
        .containsEntry(Deletion.State.IN_TRASH, 4L)
        .containsEntry(Deletion.State.RESTORED, 1L);
    assertThat(tally.actors()).containsEntry("eve", 6L).containsEntry("bob", 4L);
    assertThat(tally.rootTables()).containsEntry("person", 3L).containsEntry("team", 1L);
  }

  @Test
  void knowsHoldsOfOneDeletion() {
    Deletion one = page(DeletionQuery.ALL).get(0);
    Deletion other = page(DeletionQuery.ALL).get(3);
    UUID hold = db.lethe().trash().hold(one.id(), null, new By("bob", "court"));

    assertThat(db.lethe().trash().holds(one.id())).extracting(Hold::id).containsExactly(hold);
    assertThat(db.lethe().trash().holds(other.id())).isEmpty();
    db.lethe().trash().lift(hold, new By("bob", null));
    assertThat(db.lethe().trash().holds(one.id())).isEmpty();
  }
}
