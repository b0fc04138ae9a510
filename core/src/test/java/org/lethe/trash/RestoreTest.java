package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.error.InputException;
import org.lethe.policy.PolicyReader;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a restore does when the world has moved on. */
class RestoreTest {

  private static final By TESTER = new By("tester", null);

  private static final String SCHEMA =
      """
      create table team (id int primary key, name text unique);
      create table person (id int primary key, team_id int references team, boss_id int references person,
                           email text unique, touched int not null default 0);
      create table note (id int primary key, person_id int not null references person, text text);
      create table visit (person_id int references person, at date);
      insert into team values (1, 'red'), (2, 'blue');
      insert into person (id, team_id, boss_id, email) values
        (1, 1, null, 'a@x'), (2, 1, 1, 'b@x'), (3, 2, 1, 'c@x');
      insert into note values (1, 1, 'one'), (2, 1, null), (3, 2, 'three');
      insert into visit values (1, '2026-01-01'), (1, '2026-01-01'), (1, null), (2, '2026-01-02');
      """;

  private static final String POLICY =
      """
      version: 1
      relations:
        person.team_id: cascade
        person.boss_id: set_null
        note.person_id: cascade
        visit.person_id: cascade
      """;

  private PGSimpleDataSource database = new PGSimpleDataSource();
  private JdbcTemplate sql = new JdbcTemplate();

  @BeforeEach
  void create() {
    database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SCHEMA);
    LedgerSchema.migrate(database);
    sql = new JdbcTemplate(database);
  }

  @Test
  void rowsWithoutKeyComeBackAsOftenAsTheyWent() throws SQLException {
    DatabaseDigest before = DatabaseDigest.of(database);
    UUID id = delete("person", "1");
    assertThat(sql.queryForObject("select count(*) from visit", Long.class)).isEqualTo(1);

    lethe().trash().restore(id, TESTER);

    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @Test
  void overlappingDeletionsComeBackInEitherOrder() throws SQLException {
    DatabaseDigest before = DatabaseDigest.of(database);
    UUID note = delete("note", "1");
    UUID person = delete("person", "1");

    assertThat(lethe().trash().preview(note).conflicts())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.kind()).isEqualTo(Conflict.Kind.PARENT_IN_TRASH);
              assertThat(c.deletions()).containsExactly(person);
            });
    assertThatThrownBy(() -> lethe().trash().restore(note, TESTER))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("in the trash themselves; restore that first");

    lethe().trash().restore(person, TESTER);
    assertThat(sql.queryForList("select id from note order by id", Integer.class))
        .as("what went before stays in the trash")
        .containsExactly(2, 3);
    lethe().trash().restore(note, TESTER);
    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @Test
  void aReferenceChangedSinceIsLeftAlone() {
    UUID id = delete("person", "1");
    sql.update("update person set boss_id = 2 where id = 3");

    RestoreReport report = lethe().trash().restore(id, TESTER);

    assertThat(report.conflicts())
        .singleElement()
        .extracting(Conflict::kind, Conflict::rows)
        .containsExactly(Conflict.Kind.CHANGED_SINCE, 1L);
    assertThat(sql.queryForList("select boss_id from person order by id", Integer.class))
        .containsExactly(null, 1, 2);
  }

  @Test
  void aValueTakenMeanwhileIsNamedAndNothingChanges() throws SQLException {
    UUID id = delete("person", "1");
    sql.update("insert into person (id, email) values (9, 'a@x')");
    DatabaseDigest between = DatabaseDigest.of(database);

    assertThatThrownBy(() -> lethe().trash().restore(id, TESTER))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("another row has the value of person.email by now")
        .hasMessageNotContaining("a@x");
    assertThat(DatabaseDigest.of(database).differenceFrom(between)).isEmpty();

    sql.update("update person set email = 'new@x' where id = 9");
    assertThat(lethe().trash().restore(id, TESTER).counts().total()).isEqualTo(6);
  }

  @Test
  void aParentThatIsGoneForGoodIsNamed() {
    UUID id = delete("note", "3");
    sql.update("delete from visit");
    sql.update("delete from person where id = 2");

    assertThat(lethe().trash().preview(id).conflicts())
        .singleElement()
        .extracting(Conflict::kind, Conflict::subject)
        .containsExactly(Conflict.Kind.PARENT_GONE, "note.person_id");
  }

  @Test
  void aSchemaThatMovedOnIsMetWithWhatFits() {
    UUID id = delete("note", "3");
    sql.execute("alter table note add colour text default 'white', add length int");
    assertThat(lethe().trash().preview(id).conflicts())
        .extracting(Conflict::kind)
        .containsExactly(Conflict.Kind.COLUMN_ADDED, Conflict.Kind.COLUMN_ADDED);
    lethe().trash().restore(id, TESTER);
    assertThat(sql.queryForObject("select colour from note where id = 3", String.class))
        .isEqualTo("white");

    UUID again = delete("note", "3");
    sql.execute("alter table note drop text");
    assertThat(lethe().trash().preview(again).conflicts())
        .singleElement()
        .extracting(Conflict::kind)
        .isEqualTo(Conflict.Kind.COLUMN_DROPPED);
    UUID empty = delete("note", "2");
    assertThat(lethe().trash().preview(empty).blocked()).isFalse();
  }

  @Test
  void triggersFireAndWhatTheyDoToOurRowsIsPutRight() throws SQLException {
    PostgresServer.execute(
        database,
        """
        create table count (n int);
        insert into count select count(*) from note;
        create function counted() returns trigger language plpgsql as $$ begin
          update count set n = n + case tg_op when 'INSERT' then 1 else -1 end; return null; end $$;
        create trigger counted after insert or delete on note for each row execute function counted();
        create function touch() returns trigger language plpgsql as $$ begin
          new.touched := new.touched + 1; return new; end $$;
        create trigger touch before insert or update on person for each row execute function touch();
        create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;
        create trigger swallow before insert on visit for each row execute function swallow();
        """);
    DatabaseDigest before = DatabaseDigest.of(database);

    lethe().trash().restore(delete("person", "1"), TESTER);

    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
    assertThat(
            sql.queryForObject(
                "select count(*) from pg_trigger where tgenabled = 'O' and not tgisinternal"
                    + " and tgrelid in ('note'::regclass, 'person'::regclass, 'visit'::regclass)",
                Long.class))
        .as("all triggers are on again")
        .isEqualTo(3);
  }

  @Test
  void everySortOfValueComesBackAsItWas() throws SQLException {
    PostgresServer.execute(database, EVERY_TYPE);
    DatabaseDigest before = DatabaseDigest.of(database);

    lethe().trash().restore(deleteWhere("every_type", "true"), TESTER);

    assertThat(DatabaseDigest.of(database).differenceFrom(before)).isEmpty();
  }

  @Test
  void onceIsEnough() {
    UUID id = delete("note", "3");
    lethe().trash().restore(id, TESTER);

    assertThatThrownBy(() -> lethe().trash().restore(id, TESTER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("already restored");
    assertThatThrownBy(() -> lethe().trash().preview(new UUID(0, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is known");
    assertThat(sql.queryForObject("select count(*) from lethe.archived_row", Long.class)).isZero();
    assertThat(lethe().trash().list(null, 10))
        .singleElement()
        .extracting(Deletion::state, Deletion::label)
        .containsExactly(Deletion.State.RESTORED, null);
  }

  private Lethe lethe() {
    return Lethe.of(database, PolicyReader.read("test", POLICY));
  }

  private UUID delete(String table, String key) {
    Lethe lethe = lethe();
    Roots roots = new Roots.Keys(lethe.catalog().find(table).orElseThrow(), List.of(List.of(key)));
    return Objects.requireNonNull(
        lethe.trash().delete(roots, Period.ofDays(30), TESTER).deletion());
  }

  private UUID deleteWhere(String table, String predicate) {
    Lethe lethe = lethe();
    Roots roots = new Roots.Where(lethe.catalog().find(table).orElseThrow(), predicate);
    return Objects.requireNonNull(
        lethe.trash().delete(roots, Period.ofDays(30), TESTER).deletion());
  }

  private static final String EVERY_TYPE =
      """
      create type mood as enum ('sad', 'so "so"', 'happy, very');
      create type pair as (a int, b text);
      create domain padded as bpchar check (length(value) < 50);
      create domain positive as numeric check (value > 0);
      create table every_type (
        id int generated always as identity primary key,
        doubled int generated always as (id * 2) stored,
        i2 int2, i8 int8, n numeric, n2 numeric(20, 5), r real, d double precision, m money,
        t text, v varchar(40), c char(8), bc bpchar, one "char", na name, by bytea, b bool,
        da date, ti time, tz timetz, ts timestamp, tt timestamptz, ts3 timestamp(3), iv interval,
        u uuid, j json, jb jsonb, x xml, ine inet, ci cidr, ma macaddr, ma8 macaddr8,
        bi bit(5), vb bit varying, tv tsvector, tq tsquery, p point, l line, ls lseg, bo box, pa path,
        po polygon, ci2 circle, ir int4range, nr numrange, tr tstzrange, mr int4multirange,
        mo mood, pr pair, pd padded, ps positive, ia int[], ta text[], i2a int[][], moa mood[], pra pair[],
        bca bpchar[], oi oid, rc regclass, lsn pg_lsn);
      insert into every_type (i2, i8, n, n2, r, d, m, t, v, c, bc, one, na, by, b, da, ti, tz, ts, tt, ts3, iv,
        u, j, jb, x, ine, ci, ma, ma8, bi, vb, tv, tq, p, l, ls, bo, pa, po, ci2, ir, nr, tr, mr,
        mo, pr, pd, ps, ia, ta, i2a, moa, pra, bca, oi, rc, lsn)
      values
      (-32768, 9223372036854775807, 1e-300, 12345.60000, '1.17549435e-38', 'infinity', '-12.34',
       E'line\\nbreak\\ttab "quote" ''single'' \\\\ back, {brace} Ünïcödé 漢字 العربية 🙂', 'null', 'ab', 'blanks   ', 'z', 'na me',
       '\\x00ff5c27', true, '4713-01-01 BC', '24:00:00', '23:59:59.999999+15:59', '294276-12-31 23:59:59.999999',
       '0044-03-15 12:00:00.123456+00 BC', '2026-01-01 00:00:00.125', '-1 year 2 mons -3 days 04:05:06.789',
       'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{"b": 1,   "a": [ 1, 2 ], "b": 2}', '{"z": null, "a": 1.10}', '<a b="c">d &amp; e</a>',
       '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', B'10101', B'1', 'a:1A fat:2B', 'fat & !cat',
       '(1.1,-2)', '{1,-1,0}', '[(1,2),(3,4)]', '(3,4),(1,2)', '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '<(1,2),3>',
       '[1,5)', 'empty', '(,"2026-01-01 00:00:00+00"]', '{[1,3),[7,9)}', 'so "so"', '(1,"a ""b"", c")', 'pad   ', 0.00000001,
       '[0:2]={1,NULL,3}', '{"NULL",NULL,"a,b","{}","\\""}', '{{1,2},{3,4}}', '{sad,"happy, very"}', '{"(1,)","(,x)"}', '{"a  ",b}', 4294967295, 'pg_class', '16/B374D848'),
      (0, -9223372036854775808, 'NaN', 0.00000, 'NaN', '-infinity', '92233720368547758.07', '', '', '', '', '', '', '', false,
       'infinity', '00:00', '00:00-15:59', '-infinity', 'infinity', '1999-12-31 23:59:59.999', '178000000 years',
       '00000000-0000-0000-0000-000000000000', 'null', 'null', '', '::1/128', '::/0', '00:00:00:00:00:00', '00:00:00:00:00:00:00:00', B'00000', B'', '', '',
       '(NaN,infinity)', '{0,1,5e-324}', '[(0,0),(0,0)]', '(0,0),(0,0)', '((0,0))', '((0,0))', '<(0,0),0>',
       '(,)', '[1.5,1.5]', 'empty', '{}', 'sad', '(,)', '', 1e100, '{}', '{}', '{}', '{}', '{}', '{}', 0, 'every_type', '0/0'),
      (null, null, 'infinity', null, '-0', '-0', null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
       null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
       null, null, null, null, null, null, null, null, null, null, null, null, null);
      """;
}
