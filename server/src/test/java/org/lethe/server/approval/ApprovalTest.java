package org.lethe.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.DepartureOptions;
import org.lethe.server.AdminScene;
import org.lethe.server.Fields;
import org.lethe.server.Visitor;
import org.lethe.trash.By;

/** What cannot be taken back waits for a second person where the policy says so, whoever asks. */
class ApprovalTest {

  private static final String SCHEMA =
      """
      create table person (id int primary key, name text not null);
      create table note (id int primary key, person int references person on delete cascade);
      create table log (id int primary key, at timestamptz not null default now() - interval '1 year');
      insert into person values (1, 'Ada'), (2, 'Bo'), (3, 'Cy'), (4, 'Di');
      insert into note values (1, 1), (2, 2);
      insert into log values (1);
      """;

  private static final String POLICY =
      """
      version: 1
      second_person: [delete, purge, rules]
      rules:
        old-logs: { table: log, older_than: { at: P30D }, every: P1D, action: delete }
      """;

  private static AdminScene admin;
  private static Visitor first;
  private static Visitor second;

  @BeforeAll
  static void start() {
    admin = AdminScene.with(SCHEMA, POLICY);
    first = admin.signedIn(admin.superuser("first"));
    second = admin.signedIn(admin.superuser("second"));
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  private static long rows(String from) {
    return Objects.requireNonNull(
        admin.jdbc().queryForObject("select count(*) from " + from, Long.class));
  }

  /** The first person wants a row gone for good. */
  private static Visitor.Page delete(Visitor who, String id, String name, String reason) {
    Visitor.Page ask = who.get("/records/person/" + id + "/delete");
    return who.post(
        "/records/person/delete/confirm",
        "row",
        id,
        "how",
        "good",
        "seen-good",
        Fields.of(ask, "seen-good").get(0),
        "name",
        name,
        "reason",
        reason,
        "password",
        AdminScene.PASSWORD);
  }

  private static String waiting(Visitor who) {
    return Fields.all(who.get("/approvals"), "action=\"(/approvals/[^\"]+)/approve\"").get(0);
  }

  private static Visitor.Page approve(Visitor who, String act) {
    return who.submit(act + "/approve", "password", AdminScene.PASSWORD);
  }

  @Test
  void oneAsksAnotherAgreesAndExactlyThatIsDone() {
    assertThat(delete(first, "1", "Ada", "").status()).isEqualTo(400);
    Visitor.Page asked = delete(first, "1", "Ada", "spam");
    assertThat(asked.location()).as(asked.body()).isEqualTo("/approvals");
    assertThat(rows("person where id = 1")).isEqualTo(1);
    assertThat(first.get("/approvals").body())
        .contains("Delete for good: Ada", "waits for a second person")
        .doesNotContain("/approve\"");
    assertThat(second.get("/").body()).contains("act waits for a second person");
    String act = waiting(second);

    assertThat(first.post(act + "/approve", "password", AdminScene.PASSWORD).status())
        .isEqualTo(403);
    Visitor viewer = admin.signedIn(admin.staff("viewer", "view:*"));
    assertThat(viewer.get("/approvals").body()).doesNotContain("Ada");
    assertThat(viewer.post(act + "/approve", "password", AdminScene.PASSWORD).status())
        .isEqualTo(403);
    assertThat(second.submit(act + "/approve", "password", "wrong").body())
        .contains("not your password");
    assertThat(rows("person where id = 1")).isEqualTo(1);

    admin.jdbc().update("insert into note values (9, 1)");
    assertThat(approve(second, act).body()).contains("stale", "came to nothing");
    assertThat(rows("person where id = 1")).isEqualTo(1);
    assertThat(approve(second, act).body()).contains("decided already");

    delete(first, "1", "Ada", "spam");
    assertThat(approve(second, waiting(second)).body()).contains("3 rows gone for good");
    assertThat(rows("person where id = 1")).isZero();
    assertThat(
            rows(
                "lethe.approval where act = 'delete' and (label like '%Ada%' or payload is not null)"))
        .isZero();
    assertThat(
            admin
                .jdbc()
                .queryForList(
                    "select action from lethe.audit where action like 'approval%' order by 1",
                    String.class))
        .contains("approval_asked", "approval_given");
  }

  @Test
  void thePurgeAndRulesByHandWaitTooAndMayBeRefused() {
    first.submit(
        "/records/person/delete/confirm",
        "row",
        "2",
        "how",
        "trash",
        "seen-trash",
        Fields.of(first.get("/records/person/2/delete"), "seen-trash").get(0));
    String deletion = Fields.all(first.get("/trash"), "href=\"(/trash/[0-9a-f-]{36})\"").get(0);
    String name = Fields.all(first.get(deletion), "Type its name: <strong>([^<]+)<").get(0);
    Visitor.Page purged =
        first.post(
            deletion + "/purge", "name", name, "password", AdminScene.PASSWORD, "reason", "old");
    assertThat(purged.location()).as(purged.body()).isEqualTo("/approvals");
    assertThat(second.submit(waiting(second) + "/refuse", "why", "not yet").body())
        .contains("It was refused");
    assertThat(rows("lethe.deletion where state = 'in_trash'")).isEqualTo(1);

    Visitor.Page run = first.post("/retention/rules/old-logs/run", "password", AdminScene.PASSWORD);
    assertThat(run.location()).as(run.body()).isEqualTo("/approvals");
    assertThat(rows("log")).isEqualTo(1);
    admin.jdbc().update("update lethe.approval set expires_at = now() - interval '1 hour'");
    assertThat(first.get("/approvals").body()).contains("waited too long");
    assertThat(Fields.all(second.get("/approvals"), "(/approvals/[^\"]+)/approve\""))
        .isEqualTo(List.of());
  }

  @Test
  void whoIsDeactivatedMeanwhileAskedForNothing() {
    Account leaver = admin.superuser("leaver");
    Visitor leaving = admin.signedIn(leaver);
    assertThat(delete(leaving, "4", "Di", "spam").location()).isEqualTo("/approvals");
    String act =
        "/approvals/"
            + admin
                .jdbc()
                .queryForObject(
                    "select approval_id from lethe.approval where asked_by = ?",
                    String.class,
                    leaver.id().text());
    admin
        .accounts()
        .departures()
        .deactivate(leaver.id(), new By("test", "left"), DepartureOptions.NOTHING);

    // Told as what it is: who asked has no right to it any more.
    assertThat(second.post(act + "/approve", "password", AdminScene.PASSWORD).status())
        .isEqualTo(403);
    assertThat(rows("person where id = 4")).isEqualTo(1);
  }
}
