package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lethe.testkit.PostgresServer;

/** Delete and apply: what they ask, do, report and return. */
class RemovalTest extends ShopTest {

  @Test
  void deletesAndReports() {
    Cli.Result result = cli.run("delete", "customer", "1", "--yes", "--permanently");
    assertThat(result.code()).as(result.err()).isZero();
    Golden.check("delete.txt", result.out().replaceFirst("in \\d.*", "in TIME"));
    assertThat(rows("customer")).isEqualTo(3);
    assertThat(rows("invoice_line")).isZero();
    assertThat(rows("note where customer_id is null")).isEqualTo(2);
  }

  @Test
  void reportsAsJson() {
    Cli.Result result =
        cli.run("delete", "customer", "1", "--yes", "--permanently", "--format", "json");
    Golden.check(
        "delete.json", result.out().replaceFirst("\"duration_ms\" : \\d+", "\"duration_ms\" : 0"));
    Cli.Result line = cli.run("delete", "customer", "3", "--yes", "--format", "ndjson");
    assertThat(line.out().lines()).hasSize(1);
    assertThat(line.out()).startsWith("{\"total\":1,\"deleted\":{\"customer\":1},");
  }

  @Test
  void choosesInPlaceOfThePolicy() {
    String[] chosen = {
      "--choose", "invoice.customer_id=reassign:3", "--choose", "note.customer_id=cascade"
    };
    Cli.Result table =
        cli.run("preview", "customer", "1", chosen[0], chosen[1], chosen[2], chosen[3]);
    assertThat(table.out()).as(table.err()).startsWith("customer 1: 3 rows would go");
    Cli.Result done =
        cli.run(
            "delete",
            "customer",
            "1",
            "--yes",
            "--permanently",
            "--format",
            "json",
            chosen[0],
            chosen[1],
            chosen[2],
            chosen[3]);
    assertThat(done.code()).as(done.err()).isZero();
    Golden.check(
        "delete-chosen.json",
        done.out().replaceFirst("\"duration_ms\" : \\d+", "\"duration_ms\" : 0"));
    assertThat(rows("invoice where customer_id = 3")).isEqualTo(7);
    Cli.Result plan =
        cli.run("plan", "customer", "2", "--choose", "invoice.customer_id=reassign:3");
    assertThat(plan.out()).contains("\"choices\" : [ {", "\"values\" : [ \"3\" ]");
    assertThat(cli.run("delete", "customer", "2", "-n", "--choose", "nothing.at_all=cascade").err())
        .contains("there is no relation nothing.at_all");
    assertThat(cli.run("preview", "customer", "2", "--choose", "invoice.customer_id=protect").err())
        .contains("choose cascade, set_null, reassign:KEY or deleted-user");
    assertThat(
            cli.run("delete", "customer", "2", "-n", "--choose", "invoice.customer_id=deleted-user")
                .err())
        .contains("this does not say whose account of the policy a row is");
  }

  @Test
  void blockedChangesNothing() {
    Cli.Result result = cli.run("delete", "customer", "1", "2", "--yes");
    assertThat(result.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    Golden.check("delete-blocked.txt", result.out());
    assertThat(rows("customer")).isEqualTo(4);
    Cli.Result json = cli.run("delete", "customer", "2", "--yes", "--format", "json");
    assertThat(json.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    Golden.check("delete-blocked.json", json.out());
  }

  @Test
  void dryRunChangesNothing() {
    Cli.Result result = cli.run("delete", "customer", "1", "--dry-run");
    assertThat(result.code()).isZero();
    assertThat(result.out()).startsWith("customer 1: 22 rows would go");
    assertThat(result.err())
        .endsWith("dry run: nothing was changed; it would go to the trash for 30 days\n");
    assertThat(cli.run("delete", "customer", "1", "-n", "--permanently").err())
        .endsWith("dry run: nothing was changed; it would be gone for good\n");
    assertThat(cli.run("delete", "customer", "2", "-n").code()).isOne();
    assertThat(rows("customer")).isEqualTo(4);
  }

  @Test
  void asksForTheNameOfWhatIsGoneForGood() {
    String[] delete = {"delete", "customer", "1", "--permanently"};
    for (String typed : new String[] {"yes\n", "customer 1\n", "ada\n", ""}) {
      Cli.Result wrong = cli.interactive().input(typed).run(delete);
      assertThat(wrong.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
      assertThat(wrong.err())
          .contains("customer 1: 22 rows would go", "Type  Ada  to go ahead")
          .endsWith("lethe: not confirmed; nothing was changed\n");
    }
    assertThat(rows("customer")).isEqualTo(4);

    Cli.Result right = cli.input(" Ada\n").run(delete);
    assertThat(right.code()).as(right.err()).isZero();
    assertThat(rows("customer")).isEqualTo(3);
    assertThat(rows("pg_namespace where nspname = 'lethe'")).as("nothing is kept").isZero();
  }

  @Test
  void severalRowsAndThoseWithoutALabelAreNamedByTable() {
    Cli.Result several =
        cli.interactive()
            .input("customer 2 rows\n")
            .run("delete", "customer", "3", "-4", "--permanently");
    assertThat(several.err()).contains("Type  customer 2 rows  to go ahead");
    assertThat(several.code()).isZero();
    Cli.Result unnamed = cli.input("note 1\n").run("delete", "note", "1", "--permanently");
    assertThat(unnamed.err()).contains("Type  note 1  to go ahead");
    assertThat(unnamed.code()).isZero();
  }

  @Test
  void whatBlocksIsNotAskedAbout() {
    Cli.Result result = cli.interactive().run("delete", "customer", "2");
    assertThat(result.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.err()).doesNotContain("Type");
    assertThat(result.out()).contains("payment.invoice_id");
  }

  @Test
  void appliesWhatWasPlanned() {
    String plan = folder.resolve("plan.json").toString();
    assertThat(cli.run("plan", "customer", "1", "-o", plan).code()).isZero();
    Cli.Result rehearsed = cli.run("apply", plan, "--dry-run");
    assertThat(rehearsed.code()).as(rehearsed.err()).isZero();
    assertThat(rehearsed.out()).startsWith("customer 1: 22 rows would go, 2 would change\n");
    assertThat(rehearsed.err()).contains("the plan still holds");
    for (String format : new String[] {"json", "ndjson"}) {
      assertThat(cli.run("apply", plan, "--dry-run", "--format", format).out())
          .startsWith("{")
          .isEqualTo(cli.run("delete", "customer", "1", "--dry-run", "--format", format).out());
    }
    assertThat(rows("customer")).isEqualTo(4);

    Cli.Result applied = cli.run("apply", plan, "--yes", "--format", "json");
    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(applied.out()).contains("\"total\" : 22");
    for (String how : new String[] {"--dry-run", "--yes"}) {
      Cli.Result again = cli.run("apply", plan, how);
      assertThat(again.code()).isEqualTo(ExitCode.PLAN_STALE);
      assertThat(again.err()).contains("there is no customer 1 any more");
    }
  }

  @Test
  void aStalePlanChangesNothing() {
    String plan = folder.resolve("plan.json").toString();
    cli.run("plan", "customer", "1", "-o", plan);
    PostgresServer.execute(database, "insert into invoice values (99, 1, '2026-03-01')");
    for (String how : new String[] {"--dry-run", "--yes"}) {
      Cli.Result result = cli.run("apply", plan, how);
      assertThat(result.code()).isEqualTo(ExitCode.PLAN_STALE);
      assertThat(result.errorLines().get(result.errorLines().size() - 1))
          .startsWith("lethe: the plan is stale: invoice has 8 rows instead of 7");
    }
    assertThat(rows("customer")).isEqualTo(4);
    Cli.Result tolerated = cli.run("apply", plan, "--yes", "--tolerance", "1");
    assertThat(tolerated.code()).as(tolerated.err()).isZero();
    assertThat(rows("customer")).isEqualTo(3);
  }

  @Test
  void rowsThatArriveWhileSomebodyReadsMakeTheAnswerStale() throws Exception {
    // The question is answered only after another session has added a row.
    cli.interactive();
    Cli.Result result =
        cli.input(
                () -> {
                  PostgresServer.execute(
                      database, "insert into invoice values (99, 1, '2026-03-01')");
                  return "y\n";
                })
            .run("delete", "customer", "1");
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.PLAN_STALE);
    assertThat(rows("customer")).isEqualTo(4);
  }
}
