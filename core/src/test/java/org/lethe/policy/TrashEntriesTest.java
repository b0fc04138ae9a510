package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.Lethe;
import org.lethe.schema.Catalog;
import org.lethe.schema.CatalogFixture;
import org.lethe.schema.Column;
import org.lethe.schema.TableId;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** What a policy says of the trash: how long, and by which columns rows are marked. */
class TrashEntriesTest {

  private static Catalog catalog = new CatalogFixture().build();

  @BeforeAll
  static void tables() {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        database,
        """
        create table todo (id int primary key, deleted boolean not null default false,
                           deleted_at timestamptz, deletion_id uuid, note text);
        create table memo (id int primary key, delete_time timestamp, "Gone" boolean, by text);
        create table plain (id int primary key, at timestamptz not null,
                            twice int generated always as (id * 2) stored);
        create table bare (id int, deleted boolean);
        create table log (id int primary key, deleted_at date) partition by range (id);
        create table log_1 partition of log for values from (0) to (10);
        """);
    catalog = Lethe.readCatalog(database);
  }

  @Test
  void aMonthIsUsualUnlessThePolicySaysOtherwise() {
    assertThat(resolve("{}", "todo").keep()).isEqualTo(Period.ofDays(30));
    assertThat(resolve("{ todo: { trash: { keep: P1Y } } }", "todo").keep())
        .isEqualTo(Period.ofYears(1));
    Decisions all =
        decisions("trash: { keep: P7D }\ntables: { todo: { trash: { strategy: flag } } }");
    assertThat(all.trash(table("todo")).keep()).isEqualTo(Period.ofDays(7));
    assertThat(all.trash(table("memo")).keep()).isEqualTo(Period.ofDays(7));
  }

  @Test
  void theUsualNamesOfTheColumnsNeedNotBeWritten() {
    assertThat(flags("{ todo: { trash: { strategy: flag } } }", "todo"))
        .containsExactly("deleted", "deleted_at", "deletion_id");
    assertThat(flags("{ memo: { trash: { strategy: flag } } }", "memo"))
        .containsExactly("delete_time");
    assertThat(
            flags(
                "{ memo: { trash: { strategy: flag, deleted: gone, deletion_id: by } } }", "memo"))
        .containsExactly("Gone", "delete_time", "by");
    assertThat(resolve("{ todo: { trash: { keep: P1D } } }", "todo").flag()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ plain: { trash: { strategy: flag } } }|no column that could mark deleted rows",
        "{ plain: { trash: { strategy: flag, deleted_at: at } } }|at (timestamp with time zone not null) cannot say so",
        "{ todo: { trash: { strategy: flag, deleted: note } } }|note (text) cannot say so",
        "{ todo: { trash: { strategy: flag, deleted: delited } } }|no column delited",
        "{ todo: { trash: { strategy: flag, deletion_id: deleted } } }|deleted (boolean not null) cannot say so",
        "{ todo: { trash: { strategy: archive, deleted: deleted } } }|rows are not marked",
        "{ bare: { trash: { strategy: flag } } }|no key",
        "{ log_1: { trash: { strategy: flag } } }|is a partition",
        "{ todo: { trash: { keep: PT5M } } }|for days, not hours",
        "{ todo: { trash: { keep: P99999999999D } } }|longer than anything lasts",
        "{ todo: { trash: { keep: P9999Y } } }|longer than anything lasts",
      })
  void whatCannotBeIsRefused(String tables, String why) {
    assertThatThrownBy(() -> decisions("tables: " + tables))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(why);
  }

  private static List<String> flags(String tables, String table) {
    FlagColumns flag = resolve(tables, table).flag();
    return flag == null ? List.of() : flag.all().stream().map(Column::name).toList();
  }

  private static TrashRule resolve(String tables, String table) {
    return decisions("tables: " + tables).trash(table(table));
  }

  private static TableId table(String name) {
    return catalog.find(name).orElseThrow();
  }

  private static Decisions decisions(String yaml) {
    return Decisions.resolve(PolicyReader.read("lethe.yaml", "version: 1\n" + yaml), catalog);
  }
}
