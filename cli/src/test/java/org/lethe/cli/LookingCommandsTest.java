package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Init, check, graph, doctor and completion. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class LookingCommandsTest {

  @TempDir private Path folder;
  private static PGSimpleDataSource database;

  @BeforeAll
  static void prepare() {
    database = ShopDatabase.create();
  }

  private static Cli.Result run(String... args) {
    return new Cli().db(ShopDatabase.url(database)).run(args);
  }

  @Test
  void initWritesAFirstPolicyOnce() throws Exception {
    Path file = folder.resolve("first.yaml");
    Cli.Result result = run("init", "-o", file.toString());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(file).content().contains("version: 1", "payment.invoice_id:");
    assertThat(run("init", "-o", "-").out()).isEqualTo(Files.readString(file));

    Files.writeString(file, "mine");
    Cli.Result again = run("init", "-o", file.toString());
    assertThat(again.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(again.err()).contains("is already there; add --force");
    assertThat(file).hasContent("mine");
    assertThat(run("init", "-o", file.toString(), "--force").code()).isZero();
    assertThat(file).content().contains("version: 1");
  }

  @Test
  void initOfAnEmptyDatabaseSaysSo() {
    Cli.Result result =
        new Cli()
            .db(ShopDatabase.url(PostgresServer.shared().createDatabase()))
            .run("init", "-o", folder.resolve("none.yaml").toString());
    assertThat(result.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(result.err()).contains("has no tables yet");
  }

  @Test
  void checkFindsWhatNobodyDecided() {
    Cli.Result text = run("check");
    assertThat(text.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(text.out()).contains("undecided-relation  payment.invoice_id");
    Cli.Result json = run("check", "--format", "json");
    assertThat(json.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(json.out()).contains("undecided-relation").startsWith("{");
  }

  @Test
  void graphAsTextAndPicture() {
    assertThat(run("graph", "customer", "--depth", "1").out())
        .contains("flowchart", "\"invoice\"")
        .doesNotContain("\"payment\"");
    Path svg = folder.resolve("shop.svg");
    Cli.Result picture = run("graph", "-o", svg.toString());
    assertThat(picture.code()).as(picture.err()).isZero();
    assertThat(svg).content().startsWith("<").contains("</svg>");
  }

  @Test
  void doctorOfAStrongRole() {
    Cli.Result result = run("doctor");
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out())
        .contains("ok    server", "ok    rights", "warn  policy", "warn  indexes")
        .doesNotContain("fail");
  }

  @Test
  void doctorOfAWeakRole() {
    PGSimpleDataSource own = ShopDatabase.create();
    PostgresServer.execute(
        own,
        """
        create role looker login;
        grant select on all tables in schema public to looker;
        alter table note enable row level security;
        do $$ begin execute format('revoke temporary on database %I from public',
          current_database()); end $$;
        """);
    Cli.Result result =
        new Cli().db(ShopDatabase.url(own).replace("postgres@", "looker@")).run("doctor");
    assertThat(result.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.out())
        .contains("fail  temp tables", "fail  rights", "warn  row security  may hide rows of note");
  }

  @Test
  void doctorWithoutAConnectionIsAnError() {
    Cli.Result result = new Cli().db("postgresql://127.0.0.1:1/x").run("doctor");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(result.err()).contains("no connection");
  }

  @Test
  void completionIsAScript() throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, run("completion", "bash").out());
    Process bash = new ProcessBuilder("bash", "-n", script.toString()).start();
    assertThat(bash.waitFor()).isZero();
    assertThat(script).content().contains("preview", "--why", "ndjson");
  }
}
