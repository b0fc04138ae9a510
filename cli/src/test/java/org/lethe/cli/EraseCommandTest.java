package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.PostgresServer;

/** People erased from the command line, and their requests worked on. */
class EraseCommandTest extends ShopTest {

  private static final String POLICY =
      """
      version: 1
      tables:
        customer:
          erase: delete
          columns:
            name: { category: name, erase: placeholder }
            email: { category: contact, erase: null }
        invoice:
          retain: { for: P10Y, from: day, ground: "17(3)(b)" }
      relations:
        invoice.customer_id: { on_delete: cascade, owner: sole }
        note.customer_id: { on_delete: set_null, owner: sole }
        payment.invoice_id: { on_delete: cascade, owner: sole }
      subjects:
        customer: { table: customer, identify_by: [email, id] }
      requests: { erasures: %s }
      """;

  private Path erasures = Path.of("erasures.jsonl");

  @BeforeEach
  void policy() throws IOException {
    erasures = folder.resolve("erasures.jsonl");
    Files.writeString(folder.resolve("lethe.yaml"), POLICY.formatted(erasures));
    cli.with("LETHE_CONFIG", folder.resolve("lethe.yaml").toString())
        .with("LETHE_KEY", "a key that is only used by tests, 32+");
  }

  @Test
  void aDryRunShowsWhatWouldHappenAndChangesNothing() {
    Cli.Result result = done("erase", "customer", "ada@example.org", "--dry-run");

    assertThat(result.out())
        .contains("invoice", "17(3)(b) until", "name: placeholder", "email: null");
    assertThat(rows("customer")).isEqualTo(4);
  }

  @Test
  void erasesAndAccountsForIt() throws IOException {
    Cli.Result result = erased("ada@example.org");

    assertThat(result.out())
        .contains("completed with retained data")
        .contains("note", "removed")
        .contains("customer", "anonymised")
        .contains("invoice", "retained");
    assertThat(result.out()).doesNotContain("ada@example.org").doesNotContain("Ada");
    assertThat(rows("note where customer_id = 1")).isZero();
    assertThat(rows("customer where name like 'Deleted user %' and email is null")).isEqualTo(1);
    assertThat(rows("invoice where customer_id = 1")).isEqualTo(7);

    Path page = folder.resolve("certificate.html");
    done("requests", "certificate", "1", "--output", page.toString());
    assertThat(Files.readString(page)).contains("Certificate of erasure").doesNotContain("ada");
    Path json = folder.resolve("certificate.json");
    done("requests", "certificate", "1", "--output", json.toString());
    assertThat(Files.readString(json)).doesNotContainIgnoringCase("ada@");
    done("requests", "certificate", "--check", json.toString());
    Files.writeString(json, Files.readString(json).replace("\"items\" : 7", "\"items\" : 8"));
    assertThat(cli.run("requests", "certificate", "--check", json.toString()).code()).isEqualTo(1);
  }

  @Test
  void whoAskedToSeeTheirDataCanFetchItUntilItExpires() throws IOException {
    Files.writeString(
        folder.resolve("lethe.yaml"),
        POLICY
            .formatted(erasures)
            .replace("requests: {", "requests: { folder: %s,".formatted(folder.resolve("out"))));
    done("requests", "open", "access", "customer", "ada@example.org");
    done("requests", "verify", "1", "--reason", "signed in");
    assertThat(done("requests", "collect", "1").out()).doesNotContain("DELETED");
    done("requests", "approve", "1");
    assertThat(done("requests", "run", "1", "--yes").err())
        .contains("next: lethe requests download 1 -o archive.zip, until ");

    String file = folder.resolve("ada.zip").toString();
    assertThat(done("requests", "download", "1", "-o", file).out()).contains("bytes, SHA-256 ");
    assertThat(cli.run("requests", "download", "1", "-o", file).err()).contains("--force");
    assertThat(done("requests", "download", "1", "-o", file, "--force", "--anew").err())
        .contains("made anew");
    assertThat(Path.of(file)).isNotEmptyFile();
    try (var made = Files.list(folder.resolve("out"))) {
      assertThat(made).hasSize(1);
    }
    done("requests", "open", "erasure", "customer", "ada@example.org");
    assertThat(cli.run("requests", "download", "2", "-o", file, "--force").err())
        .contains("request 2 asks for erasure, not for an archive");
  }

  @Test
  void aRowThatIsHeldIsLeftAsItIsUntilTheHoldIsLifted() {
    assertThat(done("requests", "holds").err()).contains("nothing is held");
    assertThat(done("requests", "hold", "note", "1", "--reason", "a dispute").out())
        .contains("no erasure touches note 1 until it is lifted");
    assertThat(cli.run("requests", "hold", "note", "99", "--reason", "x").err())
        .contains("no such row: note 99");
    assertThat(
            cli.run("requests", "hold", "note", "1", "--reason", "x", "--until", "2020-01-01")
                .code())
        .isEqualTo(2);
    String listed = done("requests", "holds").out();
    assertThat(listed).contains("note 1", "when lifted", "a dispute");

    assertThat(erased("ada@example.org").out()).contains("hold: a dispute");
    assertThat(rows("note where id = 1")).isEqualTo(1);

    String id = listed.lines().skip(1).findFirst().orElseThrow().split(" ", 2)[0];
    done("requests", "lift", id, "--reason", "settled");
    assertThat(cli.run("requests", "lift", id).err()).contains("no hold " + id + " is in force");
    PostgresServer.execute(database, "update lethe.request set next_at = now()");
    done("requests", "run", "--yes");
    assertThat(rows("note where id = 1")).isZero();
    assertThat(done("audit", "list").out()).contains("row_hold", "row_lift");
  }

  @Test
  void lookingMakesNothing() {
    done("erase", "customer", "ada@example.org", "--dry-run");
    done("erase", "customer", "--where", "true", "--dry-run");
    assertThat(done("requests", "list").err()).contains("no such requests");
    assertThat(cli.run("requests", "show", "1").err()).contains("there is no request 1");
    assertThat(cli.input("ada@example.org\n").run("suppressed").code()).isZero();

    assertThat(rows("pg_namespace where nspname = 'lethe'")).isZero();
  }

  @Test
  void manyAreErasedWithOneReport() {
    Cli.Result look = done("erase", "customer", "--where", "id > 1", "--dry-run");
    assertThat(look.out()).contains("customer");
    assertThat(rows("customer")).isEqualTo(4);

    Cli.Result result =
        done("erase", "customer", "--where", "id > 1", "--reason", "inactive", "--yes");

    assertThat(result.out())
        .contains("1 person: completed\n", "1 person: completed with retained data\n")
        .contains("customer  removed");
    assertThat(rows("customer where id > 1")).isEqualTo(1);
    assertThat(rows("lethe.request")).isEqualTo(2);
    assertThat(
            done("erase", "customer", "--where", "id > 1", "--reason", "inactive", "--yes").out())
        .contains("1 person not erased: erased before, this is what had to stay");
    assertThat(done("erase", "customer", "--where", "id > 99", "--reason", "x", "--yes").err())
        .contains("nobody");
  }

  @Test
  void manyAreErasedByTheValuesOnStandardInput() {
    Cli.Result result =
        cli.input("ada@example.org\nid=2\n\nid=2\n")
            .run("erase", "customer", "-", "--reason", "a letter", "--yes", "--format", "json");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("\"people\" : 2", "\"completed with retained data\" : 2")
        .doesNotContain("ada@");
    assertThat(
            cli.input("nobody@example.org\n")
                .run("erase", "customer", "-", "--reason", "x", "--yes")
                .code())
        .isEqualTo(2);
    assertThat(cli.input("\n").run("erase", "customer", "-", "--reason", "x", "--yes").err())
        .contains("no values on standard input: expected one per line");
    assertThat(cli.run("erase", "customer", "1", "--where", "true", "--dry-run").err())
        .contains("give values or --where, not both");
    assertThat(cli.run("erase", "customer", "--dry-run").err()).contains("who?");
    assertThat(cli.run("erase", "customer", "--where", "nonsense is", "--dry-run").code())
        .isEqualTo(2);
  }

  @Test
  void aRuleErasesPeople() throws IOException {
    Files.writeString(
        folder.resolve("lethe.yaml"),
        POLICY.formatted(erasures)
            + "rules: { gone: { table: customer, where: \"id > 1\", every: P1D, action: erase } }\n");

    assertThat(done("rules", "run", "--dry-run").out())
        .contains("gone would erase 2 people", "17(3)(b) until");
    assertThat(done("rules", "run", "--yes").out())
        .contains("gone: finished, ")
        .contains("customer  1");
    assertThat(rows("customer")).isEqualTo(3);
    assertThat(done("requests", "list").out()).contains("completed");

    PostgresServer.execute(database, "insert into customer values (9, 'Zoe', 'zoe@example.org')");
    cli.with("LETHE_KEY", "");
    Cli.Result without = cli.run("rules", "run", "--yes");
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.out()).contains("gone: failed", "LETHE_KEY");
    assertThat(rows("customer")).isEqualTo(4);
  }

  @Test
  void whoIsErasedIsKeptFromComingBackByAnImport() {
    erased("ada@example.org");

    Cli.Result found = cli.input(" ADA@example.org \nbob@example.org\n").run("suppressed");
    assertThat(found.code()).isEqualTo(1);
    assertThat(found.out()).isEqualTo("ADA@example.org\n");
    Cli.Result others =
        cli.input("ada@example.org\nbob@example.org\n").run("suppressed", "--others");
    assertThat(others.code()).isZero();
    assertThat(others.out()).isEqualTo("bob@example.org\n");
  }

  @Test
  void whoIsBackWithABackupIsErasedAgainAndNobodyElse() throws IOException {
    PostgresServer.execute(database, "delete from payment; delete from invoice");
    erased("ada@example.org");
    erased("id=2");
    assertThat(Files.readString(erasures)).doesNotContain("example.org").hasLineCount(2);
    PostgresServer.execute(
        database,
        """
        drop schema lethe cascade;
        insert into customer values (1, 'Ada', 'ada@example.org'), (2, 'Someone new', 'new@example.org');
        insert into note values (7, 1, 'back again')
        """);

    Cli.Result look = cli.run("replay", "--since", "2026-01-01", "--dry-run");
    assertThat(look.code()).isEqualTo(1);
    assertThat(look.err())
        .contains("2 erased since, 1 of them back, 1 whose key somebody else has now");
    done("replay", "--since", "2026-01-01", "--yes");

    assertThat(rows("customer where id = 1")).isZero();
    assertThat(rows("note where id = 7")).isZero();
    assertThat(rows("customer where id = 2 and email = 'new@example.org'")).isEqualTo(1);
    assertThat(done("replay", "--since", "2026-01-01", "--yes").err()).contains("0 of them back");
  }

  @Test
  void stepByStepWithSomebodyElseToApprove() {
    done("requests", "open", "erasure", "customer", "id=3", "--actor", "jo");
    assertThat(cli.run("requests", "open", "erasure", "customer", "id=3").err())
        .contains("in request 1 (received)");
    assertThat(cli.run("requests", "approve", "1").err())
        .contains("is received, and cannot become approved");
    done("requests", "verify", "1", "--reason", "passport", "--actor", "jo");
    assertThat(done("requests", "collect", "1").out()).contains("customer", "note");
    done("requests", "approve", "1", "--actor", "ann");
    done("requests", "run", "1", "--yes");
    assertThat(rows("customer")).isEqualTo(3);
    assertThat(done("requests", "list").out()).contains("erasure", "completed");
    assertThat(done("requests", "show", "1").out()).contains("approved", "ann");
    assertThat(done("audit", "list").out()).contains("request_approved");
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertThat(cli.run("erase", "customer", "nobody@example.org", "--dry-run").err())
        .contains("there is no customer with this email or id");
    assertThat(cli.run("erase", "client", "1", "--dry-run").err())
        .contains("no subject client; it has customer");
    assertThat(cli.run("erase", "customer", "id=1", "--yes").err()).contains("--reason");
    assertThat(cli.with("LETHE_KEY", "").run("erase", "customer", "1", "--dry-run").err())
        .contains("LETHE_KEY");
    assertThat(cli.with("LETHE_KEY", "short").run("erase", "customer", "1", "--dry-run").err())
        .contains("too short");
  }

  private Cli.Result erased(String who) {
    return done("erase", "customer", who, "--yes", "-q", "--reason", "by letter", "--actor", "jo");
  }
}
