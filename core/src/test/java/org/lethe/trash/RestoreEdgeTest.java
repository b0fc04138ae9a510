package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.testkit.DatabaseDigest;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What happens between a deletion and its restore: triggers, roles, other deletions, other keys.
 */
class RestoreEdgeTest {

  private final TrashFixture it = new TrashFixture();

  @Test
  void aRoleThatMayNotTurnTriggersOffIsRefused() {
    it.create(
        """
        create table person (id int primary key, touched int default 0);
        create table visit (id int primary key, person int references person);
        insert into person (id) values (1), (2);
        insert into visit values (1, 1);
        create function touch() returns trigger language plpgsql as $$ begin
          new.touched := new.touched + 1; return new; end $$;
        create trigger touching before insert on person for each row execute function touch();
        do $$ begin if not exists (select from pg_roles where rolname = 'clerk') then
          create role clerk login password 'clerk'; end if; end $$;
        grant all on person, visit to clerk;
        grant usage on schema lethe to clerk;
        grant all on all tables in schema lethe to clerk;
        """);
    UUID id = it.delete("person", "id = 1", "visit.person: cascade");
    DatabaseDigest between = it.digest();
    List<String> ledger = it.ledger();

    assertThatThrownBy(() -> asClerk().trash().restore(id, TrashFixture.TESTER))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("trigger touching of person")
        .hasMessageContaining("Restore as the owner of the table")
        .hasMessageNotContaining("\n");
    assertThat(it.digest().differenceFrom(between)).isEmpty();
    assertThat(it.ledger()).isEqualTo(ledger);
    it.sql().execute("drop trigger touching on person");
    assertThat(asClerk().trash().restore(id, TrashFixture.TESTER).counts().total()).isEqualTo(2);
  }

  private Lethe asClerk() {
    PGSimpleDataSource clerk = new PGSimpleDataSource();
    clerk.setUrl(Objects.requireNonNull(it.database().getURL()));
    clerk.setUser("clerk");
    clerk.setPassword("clerk");
    return Lethe.builder(clerk).decisions(it.lethe("visit.person: cascade").decisions()).build();
  }

  @Test
  void rulesAndTriggersInEveryStateOfOn() {
    it.create(
        """
        create table person (id int primary key, touched int default 0);
        create table visit (id int primary key, person int references person, touched int default 0);
        create table log (what text);
        insert into person (id) values (1), (2);
        insert into visit (id, person) values (1, 1), (2, 1), (3, 2);
        create function touch() returns trigger language plpgsql as $$ begin
          new.touched := new.touched + 1; return new; end $$;
        create trigger a_always before insert on person for each row execute function touch();
        create trigger a_replica before insert or update on person for each row execute function touch();
        create trigger a_off before insert on person for each row execute function touch();
        create trigger "A ""quoted" before update on visit for each row execute function touch();
        alter table person enable always trigger a_always, enable replica trigger a_replica, disable trigger a_off;
        alter table visit enable always trigger "A ""quoted";
        create rule aside as on insert to person do instead insert into log values ('insert');
        create rule "Also" as on insert to person do also insert into log values ('also');
        alter table person enable always rule "Also";
        create rule off as on insert to person do instead nothing;
        alter table person disable rule off;
        """);

    it.roundTrip("person", "id = 1", "visit.person: set_null");
    it.roundTrip("person", "id = 1", "visit.person: cascade");
  }

  @Test
  void aRowChangedOverTwoRelations() {
    it.create(
        """
        create table person (id int primary key);
        create table team (id int primary key);
        create table task (id int primary key, person int references person, helper int references person,
                           other int default 2 references person, team int references team);
        insert into team values (1);
        insert into person values (1), (2), (3);
        insert into task values (1, 1, 1, 1, 1), (2, 1, 2, 3, 1), (3, 3, 1, 1, null), (4, 2, 2, 2, 1);
        """);

    it.roundTrip(
        "person",
        "id in (1, 3)",
        "task.person: set_null",
        "task.helper: { reassign: 2 }",
        "task.other: set_default");
  }

  @Test
  void aRowChangedByOneDeletionAndRemovedByTheNext() {
    it.create(
        """
        create table person (id int primary key);
        create table task (id int primary key, person int references person, n int);
        insert into person values (1), (2);
        insert into task values (1, 1, 5), (2, 1, 6), (3, 2, 7);
        """);
    DatabaseDigest before = it.digest();
    String[] rules = {"task.person: set_null"};
    UUID first = it.delete("person", "id = 1", rules);
    UUID second = it.delete("task", "id = 1", rules);

    RestoreReport report = it.lethe(rules).trash().restore(first, TrashFixture.TESTER);
    assertThat(report.conflicts())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.kind()).isEqualTo(Conflict.Kind.CHANGED_SINCE);
              assertThat(c.rows()).isEqualTo(1);
              assertThat(c.message())
                  .contains(
                      "changed again or gone since", "will come back from there as they were");
            });
    it.lethe(rules).trash().restore(second, TrashFixture.TESTER);
    assertThat(it.sql().queryForList("select n from task order by id", Integer.class))
        .containsExactly(5, 6, 7);
    assertThat(it.sql().queryForList("select person from task order by id", Integer.class))
        .as("as the first deletion found it, since that was undone")
        .containsExactly(1, 1, 2);
    assertThat(it.digest().differenceFrom(before)).isEmpty();

    UUID third = it.delete("person", "id = 1", rules);
    UUID fourth = it.delete("task", "id = 2", rules);
    it.lethe(rules).trash().restore(fourth, TrashFixture.TESTER);
    it.lethe(rules).trash().restore(third, TrashFixture.TESTER);
    assertThat(it.digest().differenceFrom(before)).isEmpty();
  }

  @Test
  void rowsThatChangedAreFoundByTheKeyTheyHadThen() {
    it.create(
        """
        create table person (id int primary key);
        create table task (id int primary key, code int not null, person int references person, n int);
        insert into person values (1), (2);
        insert into task values (1, 2, 1, 5), (2, 1, null, 6), (3, 3, 1, 7);
        """);
    DatabaseDigest before = it.digest();
    String[] rules = {"task.person: set_null"};
    UUID id = it.delete("person", "id = 1", rules);
    it.sql().execute("alter table task drop constraint task_pkey, add primary key (code)");

    assertThat(it.lethe(rules).trash().restore(id, TrashFixture.TESTER).conflicts()).isEmpty();
    assertThat(it.digest().differenceFrom(before)).isEmpty();

    UUID again = it.delete("person", "id = 1", rules);
    it.sql().execute("alter table task drop constraint task_pkey");
    assertThat(it.lethe(rules).trash().restore(again, TrashFixture.TESTER).conflicts()).isEmpty();
    assertThat(it.digest().differenceFrom(before)).isEmpty();
  }

  @Test
  void aPolicyThatChangedSinceChangesNothing() {
    it.create(
        """
        create table person (id int primary key);
        create table task (id int primary key, person int references person);
        create table note (task int references task, person int references person);
        insert into person values (1), (2);
        insert into task values (1, 1), (2, 2);
        insert into note values (1, 2), (2, 1);
        """);
    DatabaseDigest before = it.digest();
    UUID id =
        it.delete(
            "person",
            "id = 1",
            "task.person: cascade",
            "note.task: cascade",
            "note.person: set_null");

    it.lethe("task.person: set_null", "note.task: protect", "note.person: protect")
        .trash()
        .restore(id, TrashFixture.TESTER);

    assertThat(it.digest().differenceFrom(before)).isEmpty();
  }

  @Test
  void aRowThatWasInTheTrashMeanwhileGetsItsReferenceBackToo() {
    it.create(
        """
        create table person (id int primary key);
        create table task (id int primary key, person int references person);
        insert into person values (1), (2);
        insert into task values (1, 1), (2, 2);
        """);
    DatabaseDigest before = it.digest();
    UUID person = it.delete("person", "id = 1", "task.person: set_null");
    UUID task = it.delete("task", "id = 1");

    it.lethe("task.person: set_null").trash().restore(person, TrashFixture.TESTER);
    it.lethe("task.person: set_null").trash().restore(task, TrashFixture.TESTER);

    assertThat(it.digest().differenceFrom(before)).isEmpty();
  }
}
