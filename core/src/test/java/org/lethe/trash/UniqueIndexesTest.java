package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.testkit.DatabaseDigest;

/** Values taken under unique indexes that are no keys, and under exclusion constraints. */
class UniqueIndexesTest {

  private static final String PERSON =
      """
      create extension if not exists btree_gist;
      create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create table person (id int primary key, email text, "Or der" text collate "C", active bool, at int4range,
                           twice int generated always as (id * 2) stored);
      insert into person values (1, 'secret@x', 'one', true, '[1,3)'), (2, null, null, false, null), (3, 'three@x', 'x', true, '[8,9)');
      """;

  private final TrashFixture it = new TrashFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "create unique index taken on person (email) where active # 'secret@x', 'other', true, '[5,6)'",
        "create unique index taken on person (lower(email)) # 'SECRET@x', 'other', false, '[5,6)'",
        "create unique index taken on person (lower(email), (at is null)) include (id) where active and \"Or der\" <> 'no' # 'SECRET@x', 'other', true, '[5,6)'",
        "create unique index taken on person ((email || \"Or der\")) # 'secret@xone', '', true, '[5,6)'",
        "create unique index taken on person (email, coalesce(\"Or der\", '')) # 'secret@x', 'one', true, '[5,6)'",
        "create unique index taken on person (email collate blind) where email <> '-' # 'Secret@X', 'other', true, '[5,6)'",
        "create unique index taken on person (\"Or der\") where \"Or der\" > 'a' collate \"C\" # '', 'one', true, '[5,6)'",
        "alter table person add constraint taken exclude (email with =) # 'secret@x', 'other', true, '[5,6)'",
        "alter table person add constraint taken exclude using gist (at with &&) # '', 'other', true, '[2,6)'",
        "alter table person add constraint taken exclude using gist (at with &&, (lower(\"Or der\")) with =) where (active) # '', 'ONE', true, '[2,6)'",
      })
  void aTakenValueIsNamedBeforehand(String index, String taker) {
    it.create(PERSON + index);
    UUID id = it.delete("person", "id in (1, 2)");
    assertThat(it.lethe().trash().preview(id).conflicts()).isEmpty();
    it.sql().update("insert into person values (9, " + taker + ")");
    DatabaseDigest between = it.digest();

    assertThat(it.lethe().trash().preview(id).conflicts())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.kind()).isEqualTo(Conflict.Kind.VALUE_TAKEN);
              assertThat(c.subject()).isEqualTo("person.taken");
              assertThat(c.rows()).isEqualTo(1);
            });
    assertThatThrownBy(() -> it.lethe().trash().restore(id, TrashFixture.TESTER))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("what the index person.taken allows only once, for 1 row")
        .hasMessageContaining("nothing was changed")
        .hasMessageNotContaining("ecret");
    assertThat(it.digest().differenceFrom(between)).isEmpty();
    it.sql().update("delete from person where id = 9");
    assertThat(it.lethe().trash().restore(id, TrashFixture.TESTER).counts().total()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "create unique index free on person (email) where active # 'secret@x', 'other', false, '[5,6)'",
        "create unique index free on person (lower(email)) # null, 'other', true, '[5,6)'",
        "create unique index free on person (email, lower(\"Or der\")) # 'secret@x', null, true, '[5,6)'",
        "alter table person add constraint free exclude using gist (at with &&) where (active) # 'secret@x', 'one', false, '[2,6)'",
        "alter table person add constraint free exclude using gist (at with &&) # 'secret@x', 'one', true, '[3,6)'",
        "create index free on person (lower(email)) # 'secret@x', 'one', true, '[5,6)'",
      })
  void aFreeValueIsNot(String index, String other) {
    it.create(PERSON + index);
    UUID id = it.delete("person", "id in (1, 2)");
    it.sql().update("insert into person values (9, " + other + ")");

    assertThat(it.lethe().trash().restore(id, TrashFixture.TESTER).conflicts()).isEmpty();
  }

  @Test
  void nullsThatAreEqual() {
    it.create(PERSON + "create unique index taken on person (email, active) nulls not distinct");
    UUID id = it.delete("person", "id in (1, 2)");
    it.sql().update("insert into person values (9, null, null, false, null)");

    assertThat(it.lethe().trash().preview(id).conflicts())
        .singleElement()
        .extracting(Conflict::kind, Conflict::rows)
        .containsExactly(Conflict.Kind.VALUE_TAKEN, 1L);
  }

  @Test
  void whatOnlyTheDatabaseCanWorkOutItRefusesItself() {
    it.create(PERSON + "create unique index taken on person ((twice % 6))");
    UUID id = it.delete("person", "id = 1");
    it.sql().update("insert into person values (7, null, null, true, null)");
    assertThat(it.lethe().trash().preview(id).conflicts()).isEmpty();

    assertThatThrownBy(() -> it.lethe().trash().restore(id, TrashFixture.TESTER))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("taken")
        .hasMessageContaining("nothing was changed");
  }
}
