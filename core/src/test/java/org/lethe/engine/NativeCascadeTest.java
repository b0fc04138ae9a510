package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.rows;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.collect.Counts;
import org.lethe.schema.TableId;

/** Whoever deletes, Lethe or the database, tells the same of rows that could both change and go. */
class NativeCascadeTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rowsThatLoseAReferenceAreToldFromThoseThatGo(boolean nativeCascade) {
    TestDatabase database =
        TestDatabase.with(
            """
            create table person (id int primary key);
            create table note (
              id int primary key,
              recipient int not null references person on delete cascade,
              actor int references person on delete set null);
            insert into person values (1), (2);
            insert into note values (1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 2, 2), (5, 2, null);
            """);

    Counts counts = database.lethe(nativeCascade).delete(rows("person", 1)).counts();

    assertThat(counts.deleted())
        .isEqualTo(Map.of(new TableId("public", "person"), 1L, new TableId("public", "note"), 2L));
    assertThat(counts.updated()).isEqualTo(Map.of("note.actor", 1L));
  }

  /** A second person goes along with the first, and with it a note that else would have changed. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void soAreThoseThatGoWithAFurtherRowOfTheFirstTable(boolean nativeCascade) {
    TestDatabase database =
        TestDatabase.with(
            """
            create table person (id int primary key);
            create table team (
              id int primary key, lead int not null references person on delete cascade);
            alter table person add team int references team on delete cascade;
            create table note (
              id int primary key,
              recipient int not null references person on delete cascade,
              actor int references person on delete set null);
            insert into person values (1), (2), (3);
            insert into team values (1, 1);
            update person set team = 1 where id = 2;
            insert into note values (1, 2, 1), (2, 3, 1), (3, 3, 2), (4, 3, 3);
            """);

    Counts counts = database.lethe(nativeCascade).delete(rows("person", 1)).counts();

    assertThat(counts.deleted())
        .isEqualTo(
            Map.of(
                new TableId("public", "person"), 2L,
                new TableId("public", "team"), 1L,
                new TableId("public", "note"), 1L));
    assertThat(counts.updated()).isEqualTo(Map.of("note.actor", 2L));
  }
}
