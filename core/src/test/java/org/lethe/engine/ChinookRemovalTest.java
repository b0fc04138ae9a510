package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Blocker;
import org.lethe.collect.PathStep;
import org.lethe.collect.Preview;
import org.lethe.collect.TreeNode;
import org.lethe.execute.DeletionReport;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.Samples;

/**
 * Chinook, a music shop whose foreign keys are all NO ACTION, under the policy that init writes.
 */
class ChinookRemovalTest {

  private final TestDatabase database = RealDatabase.of(Samples.chinook());

  @Test
  void aCustomerGoesWithTheirInvoices() throws Exception {
    long invoices = database.number("select count(*) from invoice where customer_id = 1");
    long lines =
        database.number(
            "select count(*) from invoice_line join invoice using (invoice_id) where customer_id = 1");
    assertThat(List.of(invoices, lines)).isEqualTo(List.of(7L, 38L));
    DatabaseDigest before = database.digest();
    Lethe lethe = RealDatabase.under(database, RealDatabase.init(database));

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("customer", 1));

    assertThat(deleted(lethe, report))
        .isEqualTo(Map.of("customer", 1L, "invoice", invoices, "invoice_line", lines));
    assertThat(report.counts().updated()).isEmpty();
    assertThat(database.digest().differenceFrom(before))
        .containsExactly(
            "public.customer: 59 rows became 58",
            "public.invoice: 412 rows became 405",
            "public.invoice_line: 2240 rows became 2202");
    sameAsByHand(
        """
        delete from invoice_line where invoice_id in (select invoice_id from invoice where customer_id = 1);
        delete from invoice where customer_id = 1;
        delete from customer where customer_id = 1;
        """);
  }

  @Test
  void anEmployeeGoesAndThoseWhoNamedThemStay() throws Exception {
    // Employee 3 supports customers and reports to 2; nobody reports to 3. To 2 report 3, 4 and 5.
    long customers = database.number("select count(*) from customer where support_rep_id = 3");
    long reports = database.number("select count(*) from employee where reports_to = 2");
    assertThat(List.of(customers, reports)).isEqualTo(List.of(21L, 3L));
    Lethe lethe = RealDatabase.under(database, RealDatabase.init(database));

    DeletionReport support = database.deleteAsPreviewed(lethe, rows("employee", 3));
    DeletionReport manager = database.deleteAsPreviewed(lethe, rows("employee", 2));

    assertThat(deleted(lethe, support)).isEqualTo(Map.of("employee", 1L));
    assertThat(support.counts().updated()).isEqualTo(Map.of("customer.support_rep_id", customers));
    assertThat(deleted(lethe, manager)).isEqualTo(Map.of("employee", 1L));
    assertThat(manager.counts().updated()).isEqualTo(Map.of("employee.reports_to", 2L));
    assertThat(support.plus(manager).total()).isEqualTo(2);
    sameAsByHand(
        """
        update customer set support_rep_id = null where support_rep_id = 3;
        update employee set reports_to = null where reports_to in (2, 3);
        delete from employee where employee_id in (2, 3);
        """);
  }

  @Test
  void aWholeDepartmentGoesDownTheSelfReference() throws Exception {
    String policy =
        RealDatabase.decide(RealDatabase.init(database), "employee.reports_to", "cascade");
    policy = RealDatabase.decide(policy, "customer.support_rep_id", "{ reassign: 8 }");
    Lethe lethe = RealDatabase.under(database, policy);

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("employee", 2));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("employee", 4L));
    assertThat(report.counts().updated()).isEqualTo(Map.of("customer.support_rep_id", 59L));
    sameAsByHand(
        """
        update customer set support_rep_id = 8;
        delete from employee where employee_id in (2, 3, 4, 5);
        """);
  }

  @Test
  void aTrackThatWasSoldStays() throws Exception {
    Lethe lethe = RealDatabase.under(database, RealDatabase.init(database));
    long sold = database.number("select count(*) from invoice_line where track_id = 2");
    assertThat(sold).isPositive();

    List<Blocker> blockers = database.blocked(lethe, rows("track", 2));

    assertThat(blockers)
        .extracting(b -> b.relation().name() + " " + b.rows())
        .containsExactly("invoice_line.track_id " + sold);
  }

  @Test
  void thePreviewShowsLabelsAndPaths() throws Exception {
    Lethe lethe = RealDatabase.under(database, RealDatabase.init(database));

    Preview preview = lethe.preview(rows("customer", 1), Preview.Cap.DEFAULT);
    TreeNode root = preview.tree().get(0);
    assertThat(root.row().label())
        .isEqualTo(
            database
                .texts(
                    "select format('%s %s <%s>', first_name, last_name, email) from customer where customer_id = 1")
                .get(0));
    String line =
        database
            .texts(
                "select min(invoice_line_id)::text from invoice_line join invoice using (invoice_id) where customer_id = 1")
            .get(0);
    List<PathStep> path =
        lethe.why(rows("customer", 1), new TableId("public", "invoice_line"), List.of(line));
    assertThat(path)
        .extracting(s -> s.relation() == null ? "root" : s.relation())
        .containsExactly("root", "invoice.customer_id", "invoice_line.invoice_id");
  }

  /** The whole database must be what these statements make of another copy of it. */
  private void sameAsByHand(String sql) {
    TestDatabase byHand = RealDatabase.of(Samples.chinook());
    byHand.run(sql);
    assertThat(database.digest().differenceFrom(byHand.digest())).isEmpty();
  }
}
