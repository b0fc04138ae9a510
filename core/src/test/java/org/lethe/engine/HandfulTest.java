package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.lethe.engine.TestDatabase.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.LetheBuilder;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Counts;
import org.lethe.collect.Preview;
import org.lethe.execute.RemovalFailedException;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Decisions;

/** A removal of a handful of rows takes one query to collect, and is the same as any other. */
class HandfulTest {

  private final TestDatabase database =
      TestDatabase.with(
          """
          create table person (id int primary key, name text unique, mentor int references person);
          create table post (id int primary key, author int not null references person);
          create table comment (
            id int primary key,
            author int not null references person,
            post int not null references post,
            answers int references comment);
          create table badge (id int primary key, person text references person (name));
          create table seal (id int primary key, person int not null references person);
          create index on person (mentor);
          create index on post (author);
          create index on comment (author);
          create index on comment (post);
          create index on comment (answers);
          insert into person select n, 'person ' || n, nullif(n - 1, 0) from generate_series(1, 20) as n;
          insert into post select n, 1 + n % 20 from generate_series(1, 100) as n;
          insert into comment
            select n, 1 + n % 19, 1 + n % 100, case when n > 7 and n % 7 > 0 then n - n % 7 end from generate_series(1, 1000) as n
             order by n;
          insert into badge select n, 'person ' || 1 + n % 20 from generate_series(1, 40) as n;
          insert into seal values (1, 20);
          """);
  private final StatementCounter counter = new StatementCounter(database.source());
  private Decisions decisions;

  @BeforeEach
  void decide() {
    decisions =
        database
            .lethe(
                "person.mentor: set_null",
                "post.author: cascade",
                "comment.author: cascade",
                "comment.post: cascade",
                "comment.answers: cascade",
                "badge.person: cascade",
                "seal.person: protect")
            .decisions();
  }

  private LetheBuilder builder() {
    return Lethe.builder(counter).decisions(decisions).nativeCascade(false);
  }

  @Test
  void takesAHandfulOfStatements() {
    counter.reset();
    Lethe lethe = builder().build();

    Counts counts = lethe.delete(rows("person", 5)).counts();

    assertThat(counter.statements().stream().filter(s -> s.contains("temporary"))).isEmpty();
    assertThat(counter.statements()).as("%s", counter.statements()).hasSizeLessThanOrEqualTo(4);
    assertThat(counts.total()).isGreaterThan(100);
    assertThat(counts.updated()).isEqualTo(Map.of("person.mentor", 1L));
    assertThat(database.number("select count(*) from person where id = 6 and mentor is null"))
        .isOne();
  }

  @Test
  void doesTheSameAsAnyOther() {
    for (int person = 1; person < 20; person++) {
      Preview few = builder().build().preview(rows("person", person), Preview.Cap.DEFAULT);
      Preview many =
          builder().handful(0).build().preview(rows("person", person), Preview.Cap.DEFAULT);
      assertThat(few).isEqualTo(many);
    }
    assertThat(builder().build().plan(rows("person", 3, 4)))
        .isEqualTo(builder().handful(0).build().plan(rows("person", 3, 4)));
  }

  @Test
  void aPlanMadeByOneWayIsCarriedOutByTheOther() {
    Lethe few = builder().build();
    Lethe many = builder().handful(0).build();
    long first = few.apply(many.plan(rows("person", 7)), Tolerance.NONE).counts().total();
    long second = many.apply(few.plan(rows("person", 8)), Tolerance.NONE).counts().total();
    assertThat(List.of(first, second)).allMatch(n -> n > 50);
  }

  @Test
  void oneRowMoreThanAHandfulIsCollectedTableByTable() {
    Preview preview = builder().build().preview(rows("person", 9), Preview.Cap.NO_TREE);
    int rows = (int) preview.selection().counts().touched();
    counter.reset();
    assertThat(builder().handful(rows - 1).build().delete(rows("person", 9)).counts().touched())
        .isEqualTo(rows);
    assertThat(counter.statements()).anyMatch(s -> s.contains("temporary"));
  }

  @Test
  void whatBlocksIsSaidAsEver() {
    assertThatThrownBy(() -> builder().build().delete(rows("person", 20)))
        .isInstanceOf(BlockedException.class)
        .hasMessageContaining("1 row over seal.person (protect)");
  }

  @Test
  void anErrorInOneOfTheStepsTellsNoValues() {
    database.run(
        """
        create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'not today'; end $$;
        """);
    decide();
    // After the catalog was read, so that it is not known.
    database.run("create trigger no before delete on post for each row execute function refuse()");
    assertThatThrownBy(() -> builder().build().delete(rows("person", 6)))
        .isInstanceOf(RemovalFailedException.class)
        .hasMessage("not today; nothing was changed");
    assertThat(database.number("select count(*) from person where id = 6")).isOne();
  }
}
