package org.lethe.trash;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyReader;
import org.lethe.retention.PurgeLimits;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A shop where somebody deletes into the trash, restores or purges, and may die in between. */
final class TrashScene {

  private static final By TESTER = new By("tester", null);
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** A circle, rows without key, rows that stay, and triggers that a restore must turn off. */
  private static final String SHOP =
      """
      create table customer (id int primary key, latest int);
      create table invoice (id int primary key, customer int references customer);
      alter table customer add foreign key (latest) references invoice deferrable;
      create table line (invoice int not null references invoice, n int, touched int default 0);
      create table visit (id int primary key, customer int references customer, touched int default 0);
      insert into customer values (1, null), (2, null);
      insert into invoice select i, 1 + i % 2 from generate_series(1, 40) i;
      update customer set latest = 41 - id;
      insert into line select 1 + i % 40, i / 80 from generate_series(1, 120) i;
      insert into visit select i, 1 + i % 2 from generate_series(1, 20) i;
      create function touch() returns trigger language plpgsql as $$ begin
        new.touched := new.touched + 1; return new; end $$;
      create trigger touch before insert on line for each row execute function touch();
      create trigger touch before update on visit for each row execute function touch();
      create rule heard as on insert to invoice do also notify heard;
      """;

  private static final String POLICY =
      """
      version: 1
      relations:
        customer.latest: set_null
        invoice.customer: cascade
        line.invoice: cascade
        visit.customer: set_null
      """;

  /** Every row of the ledger, and whether triggers and rules are on. */
  private static final String LEDGER =
      """
      select regexp_replace(line, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'id', 'g') as line
        from (select 'deletion ' || d::text from lethe.deletion as d
              union all select 'table ' || d::text from lethe.archived_table as d
              union all select 'row ' || d::text from lethe.archived_row as d
              union all select 'changed ' || d::text from lethe.changed_row as d
              union all select 'trigger ' || tgname || tgenabled::text from pg_trigger where not tgisinternal
              union all select 'rule ' || rulename || ev_enabled::text from pg_rewrite where ev_type = '3')
             as found (line)
       order by 1
      """;

  private TrashScene() {}

  /** What is done to the shop, and what must have been done before. */
  enum Act {
    DELETE {
      @Override
      void run(Lethe lethe) {
        delete(lethe, 1);
      }
    },
    RESTORE {
      @Override
      void prepare(Lethe lethe) {
        delete(lethe, 1);
      }

      @Override
      void run(Lethe lethe) {
        lethe.trash().restore(lethe.trash().list(Deletion.State.IN_TRASH, 1).get(0).id(), TESTER);
      }
    },
    PURGE {
      @Override
      void prepare(Lethe lethe) {
        delete(lethe, 1);
        delete(lethe, 2);
      }

      @Override
      Instant now() {
        return START.plus(Duration.ofDays(40));
      }

      @Override
      void run(Lethe lethe) {
        lethe.purger().run(PurgeLimits.NONE, "purger");
      }
    };

    void prepare(Lethe lethe) {}

    abstract void run(Lethe lethe);

    Instant now() {
      return START;
    }

    /** A shop in which it can be done. */
    PGSimpleDataSource shop() {
      PGSimpleDataSource database = TrashScene.shop();
      prepare(lethe(database, decisions(database), START));
      return database;
    }

    /** Does it, at its time. */
    void run(DataSource database, Decisions decisions) {
      run(lethe(database, decisions, now()));
    }
  }

  /** All there is: the application's rows, and the ledger's with the switches of triggers. */
  record State(DatabaseDigest tables, List<String> ledger) {

    static State of(DataSource database) {
      try {
        return new State(
            DatabaseDigest.of(database),
            new JdbcTemplate(database).queryForList(LEDGER, String.class));
      } catch (SQLException e) {
        throw new AssertionError("the database cannot be read: " + e.getMessage(), e);
      }
    }
  }

  static PGSimpleDataSource shop() {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, SHOP);
    LedgerSchema.migrate(database);
    return database;
  }

  static PGSimpleDataSource copy(PGSimpleDataSource template) {
    return PostgresServer.shared().createDatabase(String.valueOf(template.getDatabaseName()));
  }

  static Decisions decisions(DataSource database) {
    Policy policy = PolicyReader.read("test", POLICY);
    return Lethe.of(database, policy).decisions();
  }

  static Lethe lethe(DataSource database, Decisions decisions, Instant now) {
    return Lethe.builder(database)
        .decisions(decisions)
        .clock(Clock.fixed(now, ZoneOffset.UTC))
        .build();
  }

  static UUID delete(Lethe lethe, int customer) {
    Roots roots =
        new Roots.Keys(
            new TableId("public", "customer"), List.of(List.of(Integer.toString(customer))));
    return Objects.requireNonNull(
        lethe.trash().delete(roots, Period.ofDays(30), TESTER).deletion());
  }

  /** Waits until the database has noticed that its client is dead. */
  static void awaitQuiet(PGSimpleDataSource database) {
    new JdbcTemplate(database)
        .execute(
            """
            do $$ begin
              for i in 1..3000 loop
                perform pg_stat_clear_snapshot();
                exit when not exists (
                  select 1 from pg_stat_activity
                   where datname = current_database() and pid <> pg_backend_pid()
                     and backend_type = 'client backend');
                perform pg_sleep(0.01);
              end loop;
            end $$
            """);
  }
}
