package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lethe.error.LetheException;
import org.lethe.testkit.DatabaseDigest;

/** Rows that no key names, and that change: as many as changed get their old values back. */
class KeylessChangesTest {

  private final TrashFixture it = new TrashFixture();

  @Test
  void equalRowsWithoutKeyThatChange() {
    it.create(
        """
        create table person (id int primary key);
        create table visit (at date, person int references person, guide int references person, n numeric);
        insert into person values (1), (2), (3);
        insert into visit values
          ('2026-01-01', 1, 2, 1.0), ('2026-01-01', 1, 2, 1.0), ('2026-01-01', 1, 1, 1.00),
          ('2026-01-01', null, 2, 1.0), (null, 1, null, null), (null, 1, null, null),
          (null, null, null, null), ('2026-01-01', 2, 1, 1.0), ('2026-01-01', 3, 1, 1.0);
        """);

    it.roundTrip("person", "id = 1", "visit.person: set_null", "visit.guide: set_null");
    it.roundTrip("person", "id < 3", "visit.person: set_null", "visit.guide: cascade");
    it.roundTrip("person", "id < 3", "visit.person: { set: 3 }", "visit.guide: set_null");
    it.roundTrip("person", "true", "visit.person: set_null", "visit.guide: set_null");
  }

  @Test
  void rowsWhoseKeyItselfChanges() {
    it.create(
        """
        create table person (id int primary key);
        create table member (person int references person, club int, since date, guide int references person,
                             primary key (club, person));
        insert into person values (1), (2), (3);
        insert into member values (1, 1, '2026-01-01', 1), (1, 2, null, null), (2, 1, '2026-01-01', 1), (2, 3, null, 1);
        """);

    it.roundTrip("person", "id = 1", "member.person: { reassign: 3 }", "member.guide: set_null");
    it.roundTrip("person", "id = 1", "member.person: { reassign: 3 }", "member.guide: cascade");
    it.roundTrip("person", "id = 2", "member.person: { reassign: 3 }", "member.guide: protect");
  }

  @Test
  void aRowWithoutKeyThatChangedAgainIsLeftAlone() {
    it.create(
        """
        create table person (id int primary key);
        create table visit (at date, person int references person);
        insert into person values (1), (2);
        insert into visit values ('2026-01-01', 1), ('2026-01-01', 1), ('2026-01-01', 1);
        """);
    String[] rules = {"visit.person: set_null"};
    UUID id = it.delete("person", "id = 1", rules);
    it.sql()
        .update(
            "update visit set person = 2 where ctid = (select ctid from visit order by ctid limit 1)");

    RestoreReport report = it.lethe(rules).trash().restore(id, TrashFixture.TESTER);

    assertThat(report.conflicts())
        .singleElement()
        .extracting(Conflict::kind, Conflict::rows)
        .containsExactly(Conflict.Kind.CHANGED_SINCE, 1L);
    assertThat(it.sql().queryForList("select person from visit order by 1", Integer.class))
        .containsExactly(1, 1, 2);
  }

  @Test
  void aTriggerThatMakesSomethingElseOfThemIsRefused() {
    it.create(
        """
        create table person (id int primary key);
        create table visit (person int references person, touched int default 0);
        insert into person values (1), (2);
        insert into visit values (1, 0), (1, 0), (2, 0), (null, 0);
        create function touch() returns trigger language plpgsql as $$ begin
          new.touched := new.touched + 1; return new; end $$;
        create trigger touching before update on visit for each row execute function touch();
        """);
    DatabaseDigest before = it.digest();

    assertThatThrownBy(() -> it.delete("person", "id = 1", "visit.person: set_null"))
        .isInstanceOf(LetheException.class)
        .hasMessageContaining("rows of visit have no key")
        .hasMessageContaining("by trigger touching")
        .hasMessageContaining("nothing was changed");
    assertThat(it.digest().differenceFrom(before)).isEmpty();
    assertThat(it.ledger()).isEmpty();
  }

  @Test
  void aTriggerThatCameSinceIsOffWhileTheyComeBack() {
    it.create(
        """
        create table person (id int primary key);
        create table visit (person int references person, touched int default 0);
        insert into person values (1), (2);
        insert into visit values (1, 0), (1, 0), (2, 0), (null, 0);
        create function touch() returns trigger language plpgsql as $$ begin
          new.touched := new.touched + 1; return new; end $$;
        """);
    DatabaseDigest before = it.digest();
    UUID id = it.delete("person", "id = 1", "visit.person: set_null");
    it.sql()
        .execute(
            "create trigger touching before update on visit for each row execute function touch()");

    RestoreReport report =
        it.lethe("visit.person: set_null").trash().restore(id, TrashFixture.TESTER);

    assertThat(report.counts().updated()).containsOnly(Map.entry("visit", 2L));
    assertThat(it.digest().differenceFrom(before)).isEmpty();
    assertThat(it.switches()).filteredOn(s -> s.equals("visittouchingO")).hasSize(1);
  }

  @Test
  void equalRowsAreCountedAndNotOnlyFound() {
    String five = "insert into visit select '2026-01-01', 1 from generate_series(1, 5)";
    it.create("create table visit (at date, person int); " + five);
    UUID id = it.delete("visit", "true");
    it.create(
        five
            + """
            ;
            create function thin() returns trigger language plpgsql as $$ begin
              delete from visit where ctid = (select max(ctid) from visit); return null; end $$;
            create trigger thin after insert on visit for each statement execute function thin();
            """);
    DatabaseDigest between = it.digest();

    assertThatThrownBy(() -> it.lethe().trash().restore(id, TrashFixture.TESTER))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("1 row of visit would come back other than they were")
        .hasMessageContaining("thin");
    assertThat(it.digest().differenceFrom(between)).isEmpty();
  }

  @Test
  void equalInTheEyesOfACollationIsNotTheSame() {
    it.create(
        """
        create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        create table person (id int primary key);
        create table visit (place text collate blind, person int references person, guide int references person);
        insert into person values (1), (2);
        insert into visit values ('oslo', 1, 2), ('OSLO', 1, 2), ('Oslo', null, 2), ('OSLO', 2, 1), ('oslo', null, null), ('OSLO', 1, null);
        """);

    it.roundTrip("person", "id = 1", "visit.person: set_null", "visit.guide: cascade");
    it.roundTrip("person", "true", "visit.person: cascade", "visit.guide: set_null");
  }

  @Test
  void rowsThatGoAndRowsThatChangeInOneTableMayLookAlike() {
    it.create(
        """
        create table person (id int primary key);
        create table visit (person int references person, guide int references person);
        insert into person values (1), (2), (3);
        insert into visit values (1, 3), (1, 3), (2, 3), (2, 3), (null, 3), (3, 3), (1, 2), (2, 1), (1, 1);
        """);

    it.roundTrip("person", "id = 1", "visit.person: { set: 2 }", "visit.guide: cascade");
    it.roundTrip("person", "id < 3", "visit.person: { set: 3 }", "visit.guide: cascade");
    it.roundTrip("person", "id in (1, 3)", "visit.person: set_null", "visit.guide: cascade");
  }
}
