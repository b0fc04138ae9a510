package org.lethe.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PlazaTest {

  /** Changes only when plaza does, on purpose; the same on PostgreSQL 15 to 18, in any locale. */
  private static final String FINGERPRINT = "8ae4fdb1-4076-3c3e-b143-7152cf324055";

  private static final String FOREIGN_KEYS_WITHOUT_INDEX =
      """
      select k.conrelid::regclass || '(' || string_agg(a.attname, ', ' order by a.attnum) || ')'
        from pg_constraint k
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
       where k.contype = 'f' and k.conparentid = 0
         and not exists (
           select 1 from pg_index i
            where i.indrelid = k.conrelid
              and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
       group by k.oid, k.conrelid
       order by 1
      """;

  @Test
  void isTheSameEveryTime() throws Exception {
    PGSimpleDataSource again = PostgresServer.shared().createDatabase();
    PostgresServer.execute(
        again, "alter database %s set timezone = 'Asia/Tokyo'".formatted(again.getDatabaseName()));
    Plaza.load(again);

    DatabaseDigest first = DatabaseDigest.of(Samples.plaza());

    assertThat(DatabaseDigest.of(again).differenceFrom(first)).isEmpty();
    assertThat(UUID.nameUUIDFromBytes(first.tables().toString().getBytes(UTF_8)))
        .hasToString(FINGERPRINT);
  }

  @Test
  void holdsAHundredThousandRows() throws Exception {
    DatabaseDigest digest = DatabaseDigest.of(Samples.plaza());

    List<String> counts = new ArrayList<>();
    digest.tables().forEach((table, t) -> counts.add(table + " " + t.rows()));
    assertThat(counts)
        .containsExactly(
            "public.\"group\" 6",
            "public.\"order\" 4000",
            "public.access_log 10054",
            "public.account 600",
            "public.account_group 718",
            "public.action_type 12",
            "public.address 1198",
            "public.api_token 250",
            "public.attachment 1500",
            "public.chargeback 5",
            "public.choice 480",
            "public.comment 11000",
            "public.customer 800",
            "public.employee 24",
            "public.event 4000",
            "public.group_permission 51",
            "public.invoice 3400",
            "public.invoice_line 8500",
            "public.message 6000",
            "public.newsletter_subscription 1000",
            "public.order_line 10000",
            "public.payment 3200",
            "public.permission 20",
            "public.poll 120",
            "public.post 2400",
            "public.product 150",
            "public.recent_action 8000",
            "public.session 900",
            "public.sign_in_attempt 9000",
            "public.team 12",
            "public.todo 3000",
            "public.vote 6000",
            "support.ticket 900",
            "support.ticket_message 2700");
    assertThat(digest.rows()).isEqualTo(100_000);
  }

  @Test
  void leavesTwoForeignKeysWithoutIndexForTheChecklist() throws Exception {
    assertThat(texts(Samples.plaza(), FOREIGN_KEYS_WITHOUT_INDEX))
        .containsExactly("access_log(account_id)", "api_token(account_id)");
  }

  @Test
  void numbersNewRowsAfterItsOwn() throws Exception {
    PGSimpleDataSource plaza = Samples.plaza();

    PostgresServer.execute(
        plaza,
        """
        insert into customer (first_name, last_name, email, created_at, updated_at)
        values ('New', 'One', 'new.one@example.org', now(), now());
        insert into payment (paid_on, invoice_id, method, amount) values ('2025-05-05', 1, 'card', 1);
        insert into todo (account_id, title) values (1, 'New');
        """);

    assertThat(texts(plaza, "select max(customer_id)::text from customer")).containsExactly("801");
  }

  @Test
  void leavesNothingInThePooledConnectionNorInADatabaseThatIsNotEmpty() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    PostgresServer.execute(database, "create table access_log (mine int)");

    assertThatThrownBy(() -> Plaza.load(database))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("plaza/schema/5-activity.sql")
        .hasMessageContaining("already exists");

    assertThat(DatabaseDigest.of(database).tables()).containsOnlyKeys("public.access_log");
  }

  @Test
  void shipsItsPolicy() {
    assertThat(Plaza.policyYaml()).startsWith("# yaml-language-server").contains("version: 1");
  }

  static List<String> texts(PGSimpleDataSource database, String sql) throws SQLException {
    try (var c = database.getConnection();
        var s = c.createStatement();
        var rs = s.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rs.next()) {
        texts.add(rs.getString(1));
      }
      return texts;
    }
  }
}
