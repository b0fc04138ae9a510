package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Preview;
import org.lethe.collect.Warning;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.DeletionReport;
import org.lethe.execute.RemovalFailedException;
import org.postgresql.ds.PGSimpleDataSource;

/** An application's own triggers, rules and row security have their say; nobody is misled by it. */
class TriggersTest {

  private static final String SHOP =
      """
      create table customer (id int primary key, name text);
      create table invoice (id int primary key, customer int references customer);
      create table line (id int primary key, invoice int references invoice, note text);
      create table visit (id int primary key, customer int references customer);
      insert into customer values (1, 'a'), (2, 'b');
      insert into invoice values (1, 1), (2, 1), (3, 2);
      insert into line select i, 1 + i % 3, '' from generate_series(1, 9) i;
      insert into visit values (1, 1), (2, 2);
      """;

  private static final String[] RULES = {
    "invoice.customer: cascade", "line.invoice: cascade", "visit.customer: set_null"
  };

  private static TestDatabase shop(String table, String when, String body) {
    TestDatabase database = TestDatabase.with(SHOP);
    database.run(
        """
        create function said() returns trigger language plpgsql as $$ begin %s end $$;
        create trigger my_trigger %s on %s for each row execute function said();
        """
            .formatted(body, when, table));
    return database;
  }

  @Test
  void aTriggerThatRefusesIsQuotedAndNothingIsChanged() {
    TestDatabase database =
        shop("line", "before delete", "raise exception 'lines are for ever'; return old;");
    Lethe lethe = database.lethe(RULES);

    assertThat(
            database.refused(RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessage("lines are for ever; nothing was changed");
  }

  @Test
  void aTriggerThatSilentlyKeepsRowsIsFoundOut() {
    TestDatabase database =
        shop("line", "before delete", "if old.id = 4 then return null; end if; return old;");
    Lethe lethe = database.lethe(RULES);

    assertThat(
            database.refused(RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("rows of line are still there after they were deleted")
        .hasMessageContaining("trigger my_trigger");
    assertThat(lethe.delete(rows("customer", 2)).total()).isEqualTo(5);
  }

  @Test
  void aRuleThatDoesSomethingInsteadIsFoundOut() {
    TestDatabase database = TestDatabase.with(SHOP);
    database.run("create rule keep as on delete to line do instead nothing");
    Lethe lethe = database.lethe(RULES);

    assertThat(
            database.refused(RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("rows of line are still there")
        .hasMessageContaining("rule keep");
  }

  @Test
  void aTriggerThatKeepsAReferenceIsFoundOut() {
    TestDatabase database =
        shop("visit", "before update", "new.customer := old.customer; return new;");
    Lethe lethe = database.lethe(RULES);

    assertThat(
            database.refused(RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("the database still sees a reference")
        .hasMessageContaining("visit_customer_fkey");
  }

  @Test
  void aTriggerThatDropsAnUpdateIsFoundOutEvenWhereNoForeignKeyWould() {
    TestDatabase database = shop("visit", "before update", "return null;");
    database.run("alter table visit drop constraint visit_customer_fkey");
    Lethe lethe =
        database.lethe(
            RULES[0],
            RULES[1]
                + "\nlinks:\n- { from: visit.customer, to: customer.id, on_delete: set_null }");

    assertThat(
            database.refused(RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessage(
            "rows of visit still refer to rows that go by visit.customer after they were updated,"
                + " kept by trigger my_trigger; nothing was changed");
  }

  @Test
  void aTriggerMayWriteTheRowsThatAreAboutToGo() {
    // Every line that goes touches its invoice, which moves it to another place.
    TestDatabase database =
        shop(
            "line",
            "after delete",
            "update invoice set customer = customer where id = old.invoice; return null;");
    Lethe lethe = database.lethe(RULES);

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("customer", 1));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("customer", 1L, "invoice", 2L, "line", 6L));
    assertThat(report.counts().updated()).isEqualTo(Map.of("visit.customer", 1L));
  }

  @Test
  void aTriggerMayWriteTheRowsThatAreAboutToChange() {
    TestDatabase database =
        shop(
            "visit",
            "after update",
            "update customer set name = name || '!' where id = old.customer; return null;");
    Lethe lethe = database.lethe(RULES);

    assertThat(lethe.delete(rows("customer", 1)).total()).isEqualTo(9);
    assertThat(database.count("customer")).isEqualTo(1);
  }

  @Test
  void aTriggerMayDeleteRowsThatGoAnyway() {
    TestDatabase database =
        shop("line", "after delete", "delete from line where invoice = old.invoice; return null;");
    Lethe lethe = database.lethe(RULES);

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("customer", 1));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("customer", 1L, "invoice", 2L, "line", 6L));
  }

  @Test
  void aTriggerThatAddsAReferenceMakesItFailWhole() {
    TestDatabase database =
        shop(
            "line",
            "after delete",
            "insert into visit select 100 + old.id, customer from invoice where id = old.invoice;"
                + " return null;");
    Lethe lethe = database.lethe(RULES);

    assertThat(
            database.refused(RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("the database still sees a reference")
        .hasMessageContaining("visit_customer_fkey");
  }

  @Test
  void aDeferredTriggerThatRefusesAtTheEndMakesItFailWhole() {
    TestDatabase database = TestDatabase.with(SHOP);
    database.run(
        """
        create function said() returns trigger language plpgsql as $$
          begin raise exception 'not today'; end $$;
        create constraint trigger late after delete on line deferrable initially deferred
          for each row execute function said();
        """);
    Lethe lethe = database.lethe(RULES);

    assertThat(
            database.refused(RemovalFailedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessage("not today; nothing was changed");
  }

  @Test
  void thePreviewTellsOfTriggers() {
    TestDatabase database = shop("line", "before delete", "return old;");
    database.run("create rule log as on update to visit do also notify visits");
    Lethe lethe = database.lethe(RULES);

    List<Warning> warnings =
        lethe.preview(rows("customer", 1), Preview.Cap.NO_TREE).selection().warnings();

    assertThat(warnings).extracting(Warning::kind).containsOnly(Warning.Kind.TRIGGER);
    assertThat(warnings)
        .extracting(Warning::text)
        .containsExactlyInAnyOrder(
            "the trigger my_trigger of line fires on delete and runs public.said",
            "the rewrite rule log of visit applies on update");
  }

  private static PGSimpleDataSource as(TestDatabase database, String role) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(String.valueOf(database.source().getUrl()));
    source.setUser(role);
    return source;
  }

  @Test
  void rowsThatRowSecurityHidesStopTheRemovalInsteadOfBeingLeftBehind() {
    TestDatabase database = TestDatabase.with(SHOP);
    String role = "clerk_" + database.source().getDatabaseName();
    database.run(
        """
        create role %1$s login;
        grant all on all tables in schema public to %1$s;
        alter table visit enable row level security;
        create policy own on visit to %1$s using (id = 2);
        """
            .formatted(role));
    Lethe lethe =
        Lethe.builder(as(database, role)).decisions(database.lethe(RULES).decisions()).build();

    assertThat(
            database.refused(NotPermittedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("visit")
        .hasMessageContaining("nothing was changed");
    // Who may see everything may also delete.
    database.run("alter table visit disable row level security");
    assertThat(lethe.delete(rows("customer", 1)).total()).isEqualTo(9);
  }

  @Test
  void aRoleThatMayNotDeleteChangesNothing() {
    TestDatabase database = TestDatabase.with(SHOP);
    String role = "reader_" + database.source().getDatabaseName();
    database.run(
        """
        create role %1$s login;
        grant select, update on all tables in schema public to %1$s;
        grant delete on customer, invoice to %1$s;
        """
            .formatted(role));
    Lethe lethe =
        Lethe.builder(as(database, role)).decisions(database.lethe(RULES).decisions()).build();

    assertThat(
            database.refused(NotPermittedException.class, () -> lethe.delete(rows("customer", 1))))
        .hasMessageContaining("line");
  }
}
