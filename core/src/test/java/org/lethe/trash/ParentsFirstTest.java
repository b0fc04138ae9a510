package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.DatabaseDigest;

/** A child comes back with its parents, or nothing does. */
class ParentsFirstTest {

  private final TrashFixture db = new TrashFixture();

  @BeforeEach
  void create() {
    db.create(
        """
        create table team (id int primary key, name text unique);
        create table person (
          id int primary key, name text, team_id int references team on delete cascade);
        create table task (
          id int primary key,
          owner int references person on delete cascade,
          helper int references person on delete cascade);
        insert into team values (1, 'red'), (2, 'blue');
        insert into person values (1, 'Ada', 1), (2, 'Bob', 2), (3, 'Eve', 1);
        insert into task values (1, 1, 2), (2, 3, 3);
        """);
  }

  private List<UUID> together(UUID id) {
    return db.lethe().trash().restoreWithParents(id, TrashFixture.TESTER).stream()
        .map(r -> r.deletion().id())
        .toList();
  }

  @Test
  void allItsParentsAndTheirsComeBackBeforeIt() {
    DatabaseDigest before = db.digest();
    UUID task = db.delete("task", "id = 1");
    UUID ada = db.delete("person", "id = 1");
    UUID bob = db.delete("person", "id = 2");
    UUID red = db.delete("team", "id = 1");
    UUID blue = db.delete("team", "id = 2");

    assertThat(together(task))
        .containsExactlyInAnyOrder(red, ada, blue, bob, task)
        .containsSubsequence(red, ada, task)
        .containsSubsequence(blue, bob, task);

    assertThat(db.digest().differenceFrom(before)).isEmpty();
    assertThat(db.ledger()).isEmpty();
    assertThat(db.lethe().audit(null, null, 99))
        .filteredOn(e -> e.action().equals("restore"))
        .hasSize(5);
    assertThat(db.lethe().verifyAudit()).isEmpty();
  }

  @Test
  void whatItDoesNotNeedStaysInTheTrash() {
    UUID task = db.delete("task", "id = 2");
    UUID eve = db.delete("person", "id = 3");
    UUID bob = db.delete("person", "id = 2");

    assertThat(together(task)).containsExactly(eve, task);

    assertThat(db.lethe().trash().list(Deletion.State.IN_TRASH, 9))
        .extracting(Deletion::id)
        .containsExactly(bob);
  }

  @Test
  void whatIsInTheWayOfOneKeepsAllOfThem() {
    UUID task = db.delete("task", "id = 1");
    db.delete("person", "id = 1");
    UUID red = db.delete("team", "id = 1");
    db.sql().update("insert into team values (9, 'red')");
    DatabaseDigest before = db.digest();

    assertThatThrownBy(() -> together(task))
        .isInstanceOfSatisfying(
            RestoreException.class,
            e ->
                assertThat(e.conflicts())
                    .extracting(Conflict::kind)
                    .containsExactly(Conflict.Kind.VALUE_TAKEN))
        .hasMessageStartingWith("deletion " + red + ", needed first, cannot be restored");

    assertThat(db.digest().differenceFrom(before)).isEmpty();
    assertThat(db.lethe().trash().list(Deletion.State.IN_TRASH, 9)).hasSize(3);
  }

  @Test
  void ofAParentThatWentTwiceTheFirstIsMeant() {
    UUID task = db.delete("task", "id = 2");
    UUID first = db.delete("person", "id = 3");
    db.sql().update("insert into person values (3, 'Another Eve', null)");
    UUID second = db.delete("person", "id = 3");

    assertThat(together(task)).containsExactly(first, task);

    assertThat(db.sql().queryForObject("select name from person where id = 3", String.class))
        .isEqualTo("Eve");
    assertThat(db.lethe().trash().list(Deletion.State.IN_TRASH, 9))
        .extracting(Deletion::id)
        .containsExactly(second);
  }

  @Test
  void aLongLineOfParentsComesBackOneByOne() {
    db.create(
        """
        create table note (id int primary key, above int references note on delete cascade);
        insert into note select n, nullif(n - 1, 0) from generate_series(1, 60) as n;
        """);
    DatabaseDigest before = db.digest();
    UUID last = db.delete("note", "id = 60");
    for (int id = 59; id >= 1; id--) {
      db.delete("note", "id = " + id);
    }

    assertThat(together(last)).hasSize(60).endsWith(last);

    assertThat(db.digest().differenceFrom(before)).isEmpty();
  }
}
