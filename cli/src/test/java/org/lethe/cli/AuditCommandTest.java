package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Who did what, and whether that is still what was written. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class AuditCommandTest {

  private PGSimpleDataSource database;
  private Cli cli;

  @BeforeEach
  void prepare() {
    database = ShopDatabase.create();
    cli = new Cli().db(ShopDatabase.url(database));
  }

  private String done(String... args) {
    Cli.Result result = cli.run(args);
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    return result.out();
  }

  private String trashed(String key, String actor) {
    String[] delete = {"delete", "customer", key, "-y", "-q", "--actor", actor, "--reason", "why"};
    Matcher id = Pattern.compile("(?m)deletion ([0-9a-f-]{36}) ").matcher(done(delete));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private void tamper(String how) {
    PostgresServer.execute(database, "alter table lethe.audit disable trigger append_only; " + how);
  }

  @Test
  void nothingIsThereBeforeAnythingWasDone() {
    assertThat(done("audit", "list")).isEmpty();
    assertThat(done("audit", "list", "--format", "json")).isEqualTo("[ ]\n");
    assertThat(done("audit", "verify")).isEqualTo("ok: 0 entries, chain unbroken\n");
  }

  @Test
  void listsByActorAndByObject() {
    String one = trashed("1", "ada");
    String two = trashed("3", "eve");
    done("restore", one, "--yes", "--actor", "eve");
    assertThat(done("audit", "list"))
        .matches(
            """
            ENTRY  WHEN              WHO  WHAT     OBJECT    REASON
                3  [-0-9: ]{16}  eve  restore  %1$.8s
                2  [-0-9: ]{16}  eve  delete   %2$.8s  why
                1  [-0-9: ]{16}  ada  delete   %1$.8s  why
            """
                .formatted(one, two));
    assertThat(done("audit", "list", "--actor", "ada")).hasLineCount(2).contains("delete");
    String shortened = one.substring(0, 8);
    assertThat(done("audit", "list", "--object", shortened))
        .hasLineCount(3)
        .doesNotContain(two.substring(0, 8));
    assertThat(done("audit", "list", "--object", one, "--actor", "eve", "--format", "ndjson"))
        .hasLineCount(1)
        .contains("\"action\":\"restore\"", "\"deleted\":{\"public.customer\":1,");
    assertThat(cli.run("audit", "list", "--limit", "2").err()).contains("--limit shows them");
    assertThat(cli.run("audit", "list", "--actor", "nobody").err())
        .isEqualTo("nothing of that was done\n");
  }

  @Test
  void whatGoesForGoodLeavesAnEntryOnceThereIsAnAudit() {
    Cli.Result unheard =
        cli.run("delete", "customer", "3", "-y", "--permanently", "--actor", "ada");
    assertThat(unheard.code()).isEqualTo(2);
    assertThat(unheard.err()).contains("there is none this role could write to");

    trashed("3", "eve");
    done("delete", "customer", "1", "-y", "--permanently", "--actor", "ada", "--reason", "asked");

    assertThat(done("audit", "list", "--object", "public.customer"))
        .matches(
            """
            ENTRY  WHEN              WHO  WHAT                OBJECT           REASON
                2  [-0-9: ]{16}  ada  delete_permanently  public.customer  asked
            """);
    assertThat(done("audit", "list", "--actor", "ada", "--format", "ndjson"))
        .contains("\"deleted\":{\"public.customer\":1,");
    assertThat(done("audit", "verify")).startsWith("ok: 2 entries");
  }

  @Test
  void anUnbrokenChainIsCounted() {
    trashed("1", "ada");
    trashed("3", "eve");
    assertThat(done("audit", "verify"))
        .matches("ok: 2 entries, chain unbroken\nthe last one's hash is [0-9a-f]{64}\n");
    assertThat(done("audit", "verify", "--format", "json"))
        .contains("\"unbroken\" : true", "\"entries\" : 2", "\"faults\" : [ ]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update lethe.audit set actor = 'bob' where entry = 2 | entry 2 was changed",
        "update lethe.audit set details = 'x' where entry = 1 | entry 1 was changed",
        "delete from lethe.audit where entry = 2              | entry 2 is missing",
        "delete from lethe.audit where entry = 3              | entry 3 was the last to be",
        "delete from lethe.audit                              | ends with entry 0",
        "insert into lethe.audit select 4, at, actor, action, object, null, details, hash, hash"
            + " from lethe.audit where entry = 3        | entry 4 was changed",
        "delete from lethe.audit_head                         | the last to be written",
      })
  void whatWasTamperedWithIsNamed(String how, String says) {
    trashed("1", "ada");
    trashed("3", "eve");
    trashed("-4", "eve");
    tamper(how);
    Cli.Result result = cli.run("audit", "verify");
    assertThat(result.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.out()).startsWith("broken  ").contains(says).doesNotContain("ok:");
    Cli.Result json = cli.run("audit", "verify", "--format", "json");
    assertThat(json.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(json.out()).contains("\"unbroken\" : false", says);
    assertThat(cli.run("audit", "list", "--format", "json").code()).isZero();
  }
}
