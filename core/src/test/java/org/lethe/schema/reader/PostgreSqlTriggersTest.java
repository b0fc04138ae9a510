package org.lethe.schema.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.lethe.schema.reader.Databases.readNew;
import static org.lethe.schema.reader.Databases.table;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Catalog;
import org.lethe.schema.Trigger;
import org.lethe.schema.Trigger.Event;
import org.lethe.schema.Trigger.Kind;

class PostgreSqlTriggersTest {

  private static final String FUNCTION =
      """
      create schema "Audit";
      create function "Audit".note() returns trigger language plpgsql as
        $$ begin return null; end $$;
      """;

  @Test
  void readsTheUsersTriggersOnly() throws Exception {
    Catalog catalog =
        readNew(
            FUNCTION
                + """
                create table p (id int primary key);
                create table t (id int primary key, p int references p on delete cascade,
                                name text unique deferrable);
                create trigger a after delete on t for each row execute function "Audit".note();
                create trigger b before insert or update of name on t
                  for each statement execute function "Audit".note();
                create trigger c after truncate on t execute function "Audit".note();
                create constraint trigger d after insert or update or delete on t
                  deferrable initially deferred for each row execute function "Audit".note();
                """);

    String note = "\"Audit\".note";
    assertThat(table(catalog, "t").triggers())
        .containsExactly(
            new Trigger("a", Kind.AFTER, Set.of(Event.DELETE), true, note, true),
            new Trigger("b", Kind.BEFORE, Set.of(Event.INSERT, Event.UPDATE), false, note, true),
            new Trigger("c", Kind.AFTER, Set.of(Event.TRUNCATE), false, note, true),
            new Trigger(
                "d",
                Kind.AFTER,
                Set.of(Event.INSERT, Event.UPDATE, Event.DELETE),
                true,
                note,
                true));
    assertThat(table(catalog, "p").triggers()).isEmpty();
  }

  @Test
  void knowsWhichFireInAnOrdinarySession() throws Exception {
    Catalog catalog =
        readNew(
            FUNCTION
                + """
                create table t (id int primary key);
                create trigger origin after delete on t execute function "Audit".note();
                create trigger always after delete on t execute function "Audit".note();
                create trigger replica after delete on t execute function "Audit".note();
                create trigger disabled after delete on t execute function "Audit".note();
                alter table t enable always trigger always;
                alter table t enable replica trigger replica;
                alter table t disable trigger disabled;
                """);

    assertThat(table(catalog, "t").triggers())
        .filteredOn(Trigger::enabled)
        .extracting(Trigger::name)
        .containsExactly("always", "origin");
    assertThat(table(catalog, "t").triggers()).hasSize(4);
  }

  @Test
  void readsRewriteRules() throws Exception {
    Catalog catalog =
        readNew(
            """
            create table t (id int primary key, gone bool);
            create rule keep as on delete to t do instead
              update t set gone = true where id = old.id;
            create rule nothing as on insert to t do also nothing;
            create rule same as on update to t do also nothing;
            alter table t disable rule same;
            """);

    assertThat(table(catalog, "t").triggers())
        .allSatisfy(t -> assertThat(t.kind()).isEqualTo(Kind.RULE))
        .extracting(Trigger::name, Trigger::events, Trigger::enabled)
        .containsExactly(
            tuple("keep", Set.of(Event.DELETE), true),
            tuple("nothing", Set.of(Event.INSERT), true),
            tuple("same", Set.of(Event.UPDATE), false));
    assertThat(table(catalog, "t").triggers().get(0).function())
        .contains("UPDATE public.t SET gone = true");
  }

  @Test
  void readsTheTriggersOfPartitions() throws Exception {
    Catalog catalog =
        readNew(
            FUNCTION
                + """
                create table t (id int) partition by range (id);
                create table t1 partition of t for values from (0) to (10);
                create trigger whole after delete on t
                  for each row execute function "Audit".note();
                create trigger part after delete on t1
                  for each row execute function "Audit".note();
                """);

    assertThat(table(catalog, "t").triggers()).extracting(Trigger::name).containsExactly("whole");
    assertThat(table(catalog, "t1").triggers())
        .extracting(Trigger::name)
        .containsExactly("part", "whole");
  }
}
