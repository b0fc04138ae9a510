package org.lethe.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lethe.engine.TestDatabase.deleted;
import static org.lethe.engine.TestDatabase.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.collect.Warning;
import org.lethe.execute.DeletionReport;
import org.lethe.policy.OnDelete;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.Samples;

/**
 * Pagila, a film rental whose payments are partitioned by month, with foreign keys on each
 * partition but the last, where they were forgotten.
 */
class PagilaRemovalTest {

  private final TestDatabase database = RealDatabase.of(Samples.pagila());

  private static final String RENTALS = "select count(*) from rental where customer_id = 269";
  private static final String PAYMENTS =
      """
      select count(*) from payment where customer_id = 269
          or rental_id in (select rental_id from rental where customer_id = 269)
      """;

  @Test
  void aCustomerGoesWithRentalsAndPayments() throws Exception {
    long rentals = database.number(RENTALS);
    long payments = database.number(PAYMENTS);
    assertThat(List.of(rentals, payments)).isEqualTo(List.of(30L, 30L));
    assertThat(
            database.number("select count(distinct tableoid) from payment where customer_id = 269"))
        .as("partitions concerned")
        .isGreaterThan(3);
    DatabaseDigest before = database.digest();
    Lethe lethe = RealDatabase.under(database, RealDatabase.init(database));

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("customer", 269));

    assertThat(deleted(lethe, report))
        .isEqualTo(Map.of("customer", 1L, "rental", rentals, "payment", payments));
    assertThat(report.counts().updated()).isEmpty();
    assertThat(database.number(RENTALS) + database.number(PAYMENTS)).isZero();
    assertThat(database.digest().differenceFrom(before))
        .containsExactly(
            "public.customer: 599 rows became 598",
            "public.payment: 16049 rows became 16019",
            "public.rental: 16044 rows became 16014");
    TestDatabase byHand = RealDatabase.of(Samples.pagila());
    byHand.run(
        """
        delete from payment where customer_id = 269
          or rental_id in (select rental_id from rental where customer_id = 269);
        delete from rental where customer_id = 269;
        delete from customer where customer_id = 269;
        """);
    assertThat(database.digest().differenceFrom(byHand.digest())).isEmpty();
  }

  @Test
  void thePartitionWhoseKeysWereForgottenIsNotLeftBehind() throws Exception {
    Lethe lethe = RealDatabase.under(database, RealDatabase.init(database));
    Roots some =
        new Roots.Where(
            new TableId("public", "customer"),
            "customer_id in (select customer_id from payment_p2022_07 order by 1 limit 5)");

    lethe.delete(some);

    assertThat(
            database.number(
                "select count(*) from payment p where not exists"
                    + " (select from customer c where c.customer_id = p.customer_id)"))
        .isZero();
    assertThat(
            database.number(
                "select count(*) from payment p where not exists"
                    + " (select from rental r where r.rental_id = p.rental_id)"))
        .isZero();
  }

  @Test
  void undecidedEverythingBlocks() {
    Lethe lethe = database.lethe();

    assertThat(database.blocked(lethe, rows("customer", 269)))
        .extracting(b -> b.relation().name() + " " + b.kind() + " " + b.rows())
        .containsExactlyInAnyOrder(
            "payment.customer_id " + OnDelete.Kind.UNDECIDED + " 30",
            "rental.customer_id " + OnDelete.Kind.UNDECIDED + " 30");
  }

  private static final String MANAGER =
      """
      links:
        - { from: store.manager_staff_id, to: staff.staff_id, on_delete: { reassign: %d } }
      """;

  @Test
  void aMemberOfStaffHandsOverTheirWork() throws Exception {
    String policy = RealDatabase.init(database);
    policy = RealDatabase.decide(policy, "payment.staff_id", "{ reassign: 2 }");
    policy = RealDatabase.decide(policy, "rental.staff_id", "{ reassign: 2 }");
    long rentals = database.number("select count(*) from rental where staff_id = 1");
    long payments = database.number("select count(*) from payment where staff_id = 1");
    long stores = database.number("select count(*) from store where manager_staff_id = 1");
    assertThat(List.of(rentals, payments, stores)).isEqualTo(List.of(8040L, 8057L, 1L));
    // A manager has one store only, and 2 has one already, as a unique index says.
    Lethe crowding = RealDatabase.under(database, policy + MANAGER.formatted(2));
    assertThat(database.blocked(crowding, rows("staff", 1)))
        .extracting(b -> b.relation().name() + " " + b.rows() + ": " + b.why())
        .containsExactly(
            "store.manager_staff_id 1: 1 row of store would then be there twice: manager_staff_id must be unique");
    long free =
        database.number(
            "select min(staff_id) from staff where staff_id not in"
                + " (select manager_staff_id from store)");
    Lethe lethe = RealDatabase.under(database, policy + MANAGER.formatted(free));
    assertThat(lethe.preview(rows("staff", 1), Preview.Cap.NO_TREE).selection().warnings())
        .extracting(Warning::kind)
        .containsOnly(Warning.Kind.TRIGGER);

    DeletionReport report = database.deleteAsPreviewed(lethe, rows("staff", 1));

    assertThat(deleted(lethe, report)).isEqualTo(Map.of("staff", 1L));
    assertThat(report.counts().updated())
        .isEqualTo(
            Map.of(
                "rental.staff_id", rentals,
                "payment.staff_id", payments,
                "store.manager_staff_id", stores));
    assertThat(database.number("select count(*) from rental where staff_id = 2")).isEqualTo(16044);
    assertThat(database.number("select count(*) from payment where staff_id = 2")).isEqualTo(16049);
  }
}
