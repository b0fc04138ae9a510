package org.lethe.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The rows that {@code docs/sample-plaza.md} sends people to, counted by SQL of their own. */
class PlazaCasesTest {

  /** What goes with customer 1, by the policy. */
  private static final String GOES_WITH_CUSTOMER_1 =
      """
      with c as (select * from customer where customer_id = 1),
           a as (select account.* from account, c where lower(btrim(account.email)) = lower(btrim(c.email))),
           o as (select * from "order" where customer_id in (select customer_id from c)),
           i as (select * from invoice where customer_id in (select customer_id from c)),
           t as (select * from support.ticket where customer_id in (select customer_id from c))
      select 'customer ' || count(*) from c
      union all select 'account ' || count(*) from a
      union all select 'address ' || count(*) from address where customer_id in (select customer_id from c)
      union all select 'order ' || count(*) from o
      union all select 'order_line ' || count(*) from order_line where order_id in (select order_id from o)
      union all select 'invoice ' || count(*) from i
      union all select 'invoice_line ' || count(*) from invoice_line where invoice_id in (select invoice_id from i)
      union all select 'payment ' || count(*) from payment where invoice_id in (select invoice_id from i)
      union all select 'support.ticket ' || count(*) from t
      union all select 'support.ticket_message ' || count(*) from support.ticket_message where ticket_id in (select ticket_id from t)
      union all select 'attachment ' || count(*) from attachment where object_type = 'ticket' and object_id in (select ticket_id from t)
      union all select 'newsletter_subscription ' || count(*) from newsletter_subscription n where lower(btrim(n.email)) in (select lower(email) from a union select lower(email) from c)
      union all select 'sign_in_attempt ' || count(*) from sign_in_attempt s where lower(btrim(s.email)) in (select lower(email) from a)
      union all select 'event ' || count(*) from event where payload #>> '{customer,id}' in (select customer_id::text from c)
      union all select 'recent_action ' || count(*) from recent_action r
        where account_id in (select account_id from a) or object_type = 'customer' and object_id in (select customer_id from c)
           or object_type = 'order' and object_id in (select order_id from o) or object_type = 'ticket' and object_id in (select ticket_id from t)
      union all select 'session ' || count(*) from session where account_id in (select account_id from a)
      union all select 'api_token ' || count(*) from api_token where account_id in (select account_id from a)
      union all select 'account_group ' || count(*) from account_group where account_id in (select account_id from a)
      union all select 'vote ' || count(*) from vote where account_id in (select account_id from a)
      union all select 'todo ' || count(*) from todo where account_id in (select account_id from a)
      union all select 'access_log ' || count(*) from access_log where account_id in (select account_id from a)
      """;

  /** What stays, but changes, when customer 1 goes. */
  private static final String CHANGES_WITH_CUSTOMER_1 =
      """
      with c as (select * from customer where customer_id = 1),
           a as (select account.* from account, c where lower(btrim(account.email)) = lower(btrim(c.email))),
           o as (select * from "order" where customer_id in (select customer_id from c)),
           i as (select * from invoice where customer_id in (select customer_id from c)),
           t as (select * from support.ticket where customer_id in (select customer_id from c))
      select 'post.author_id ' || count(*) from post where author_id in (select account_id from a)
      union all select 'comment.author_id ' || count(*) from comment where author_id in (select account_id from a)
      union all select 'poll.created_by ' || count(*) from poll where created_by in (select account_id from a)
      union all select 'message.sender_id ' || count(*) from message where sender_id in (select account_id from a)
      union all select 'message.recipient_id ' || count(*) from message where recipient_id in (select account_id from a)
      union all select 'todo.assigned_to ' || count(*) from todo where assigned_to in (select account_id from a) and account_id not in (select account_id from a)
      union all select 'customer.referred_by ' || count(*) from customer where referred_by in (select customer_id from c)
      union all select 'account_group.added_by ' || count(*) from account_group where added_by in (select account_id from a)
      """;

  private static final String CHARGEBACKS_OF =
      """
      select count(*) from chargeback
        join payment using (payment_id, paid_on)
        join invoice using (invoice_id)
       where customer_id = %d
      """;

  private static final String PRESENTS_TO =
      """
      select count(*) from "order" where ship_customer_id = %1$d and customer_id <> %1$d
      """;

  private final PGSimpleDataSource plaza = Samples.plaza();

  @Test
  void customer1IsInEveryCorner() throws Exception {
    assertThat(PlazaTest.texts(plaza, GOES_WITH_CUSTOMER_1))
        .containsExactly(
            "customer 1",
            "account 1",
            "address 1",
            "order 15",
            "order_line 21",
            "invoice 15",
            "invoice_line 21",
            "payment 15",
            "support.ticket 3",
            "support.ticket_message 9",
            "attachment 1",
            "newsletter_subscription 2",
            "sign_in_attempt 13",
            "event 10",
            "recent_action 22",
            "session 2",
            "api_token 1",
            "account_group 2",
            "vote 9",
            "todo 6",
            "access_log 15");
    assertThat(PlazaTest.texts(plaza, CHANGES_WITH_CUSTOMER_1))
        .containsExactly(
            "post.author_id 5",
            "comment.author_id 17",
            "poll.created_by 1",
            "message.sender_id 5",
            "message.recipient_id 14",
            "todo.assigned_to 0",
            "customer.referred_by 8",
            "account_group.added_by 0");
  }

  @Test
  void nothingHoldsCustomer1() throws Exception {
    assertThat(one("select count(*) from team where lead_id = 101")).isZero();
    assertThat(one(PRESENTS_TO.formatted(1))).isZero();
    assertThat(one(CHARGEBACKS_OF.formatted(1))).isZero();
  }

  @Test
  void customer13IsHeldByAChargebackAndAPresent() throws Exception {
    assertThat(one(CHARGEBACKS_OF.formatted(13))).isEqualTo(1);
    assertThat(one(PRESENTS_TO.formatted(13))).isEqualTo(1);
  }

  @Test
  void everyTeamHasALeadWhoIsHeld() throws Exception {
    assertThat(PlazaTest.texts(plaza, "select lead_id::text from team order by lead_id"))
        .containsExactly("11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22");
  }

  @Test
  void order4HasAnInvoiceAndOrder1HasNone() throws Exception {
    assertThat(one("select count(*) from invoice where order_id = 4")).isEqualTo(1);
    assertThat(one("select count(*) from invoice where order_id = 1")).isZero();
    assertThat(one("select count(*) from order_line where order_id = 1")).isEqualTo(2);
  }

  @Test
  void employee3OnlyChangesOthers() throws Exception {
    assertThat(one("select count(*) from employee where reports_to = 3")).isEqualTo(6);
    assertThat(one("select count(*) from customer where support_rep_id = 3")).isEqualTo(30);
    assertThat(one("select count(*) from support.ticket where assignee_id = 3")).isEqualTo(32);
  }

  @Test
  void post1000HoldsAThreadOf400() throws Exception {
    assertThat(
            one(
                """
                with recursive thread as (
                  select comment_id, 1 as depth from comment where post_id = 1000 and comment_id = 1
                  union all
                  select c.comment_id, depth + 1 from comment c
                    join thread t on c.post_id = 1000 and c.parent_id = t.comment_id)
                select max(depth) from thread
                """))
        .isEqualTo(400);
    assertThat(one("select count(*) from comment where post_id = 1000")).isEqualTo(405);
    assertThat(one("select pinned_comment_id from post where post_id = 1000")).isEqualTo(400);
  }

  @Test
  void customer7HasThousandsOfRowsAndCustomer800None() throws Exception {
    assertThat(one("select count(*) from \"order\" where customer_id = 7")).isEqualTo(402);
    assertThat(one("select count(*) from comment where author_id = 107")).isEqualTo(1116);
    assertThat(one("select count(*) from \"order\" where customer_id = 800")).isZero();
    assertThat(one("select count(*) from address where customer_id = 800")).isZero();
    assertThat(one("select count(*) from recent_action where account_id = 599")).isZero();
    assertThat(
            one(
                """
                select count(*) from newsletter_subscription n join account a
                    on lower(btrim(n.email)) = lower(btrim(a.email)) where a.account_id = 599
                """))
        .isZero();
    assertThat(one("select count(*) from account_group where account_id = 599")).isZero();
  }

  @Test
  void account0KeepsWhatOthersLeft() throws Exception {
    assertThat(one("select count(*) from post where author_id = 0")).isEqualTo(12);
    assertThat(one("select count(*) from comment where author_id = 0")).isEqualTo(22);
  }

  @Test
  void everyRelationOfALinkFindsRows() throws Exception {
    assertThat(
            one(
                """
                select count(*) from customer c join account a
                    on lower(btrim(a.email)) = lower(btrim(c.email)) where a.email <> c.email
                """))
        .as("customers whose account spells the address otherwise")
        .isEqualTo(76);
    assertThat(PlazaTest.texts(plaza, "select distinct object_type from recent_action order by 1"))
        .containsExactly("comment", "customer", "order", "post", "ticket");
  }

  private long one(String sql) throws Exception {
    return Long.parseLong(PlazaTest.texts(plaza, sql).get(0));
  }
}
