package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Check with a baseline: only what is new stops a build. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class CheckTest {

  private static final String POLICY =
      """
      version: 1
      tables:
        customer:
          columns:
            name:  { category: name }
            email: { category: contact }
        event:
          columns:
            payload: { erase: { path: { "$.email": null } }, category: behaviour }
      relations:
        invoice.customer_id:     { owner: sole }
        invoice_line.invoice_id: { owner: sole }
        note.customer_id:        { owner: sole }
        payment.invoice_id:      { on_delete: cascade, owner: sole }
        event.customer_id:       { owner: sole }
      subjects:
        customer: { table: customer, identify_by: [email, id] }
      """;

  private static final String EVENTS =
      """
      create table event (
        id int primary key,
        customer_id int not null references customer on delete cascade,
        payload jsonb not null);
      insert into event values (1, 1, '{"email": "ada@example.org", "step": 1}');
      """;

  @TempDir private Path folder;
  private PGSimpleDataSource database;
  private Path baseline;

  @BeforeEach
  void prepare() throws IOException {
    database = ShopDatabase.create();
    PostgresServer.execute(database, EVENTS);
    baseline = folder.resolve("known.json");
    Files.writeString(folder.resolve("lethe.yaml"), POLICY);
  }

  private Cli.Result run(String... args) {
    return new Cli()
        .db(ShopDatabase.url(database))
        .with("LETHE_CONFIG", folder.resolve("lethe.yaml").toString())
        .run(args);
  }

  private void writeBaseline() {
    Cli.Result written = run("check", "--write-baseline", baseline.toString());
    assertThat(written.code()).as(written.err()).isZero();
    assertThat(written.err()).contains("From now on: lethe check --baseline");
  }

  private Cli.Result checkNew(String... more) {
    return run(
        Stream.concat(Stream.of("check", "--baseline", baseline.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void whatIsInTheBaselineDoesNotCount() throws Exception {
    assertThat(run("check").code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    writeBaseline();
    String first = Files.readString(baseline);

    Cli.Result again = checkNew();

    assertThat(again.code()).as(again.out()).isZero();
    assertThat(again.out()).contains("Nothing new to decide; ", " in the baseline");
    writeBaseline();
    assertThat(baseline).hasContent(first);
    assertThat(first).doesNotContain("ada@", "lethe.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "alter table customer add nickname text ; unclassified-column  ; customer.nickname",
        "create table visit (id int primary key, customer_id int references customer)"
            + "; undecided-relation  ; visit.customer_id",
        "create table lead (id int primary key, email text)"
            + "; unreached-personal-data  ; lead.email",
        "alter table note add by_invoice int references invoice on delete cascade"
            + "; undecided-owner  ; note.by_invoice",
        "update event set payload = payload || '{\"phone\": \"1\"}'"
            + "; unclassified-json-field  ; event.payload $.phone",
      })
  void whatIsNewStopsTheBuildWithTheLinesThatSettleIt(String change, String code, String subject) {
    writeBaseline();
    PostgresServer.execute(database, change);

    Cli.Result result = checkNew();

    assertThat(result.code()).as(result.out()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.out()).containsPattern(code + ".*" + Pattern.quote(subject));
    assertThat(result.out())
        .containsAnyOf("\n      tables:\n", "\n      relations:\n", "\n      links:\n");
  }

  @Test
  void whatIsSettledIsToldAndStopsNothing() {
    writeBaseline();
    PostgresServer.execute(database, "create index on payment (invoice_id)");

    Cli.Result result = checkNew();

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("settled  missing-index  payment.invoice_id");
  }

  @Test
  void aFaultOfThePolicyIsNeverExcused() throws Exception {
    Files.writeString(folder.resolve("lethe.yaml"), POLICY + "tabels: {}\n");

    Cli.Result result = run("check", "--write-baseline", baseline.toString());

    assertThat(result.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.out()).contains("policy-fault");
    assertThat(baseline).doesNotExist();
  }

  @Test
  void aFileThatIsNoBaselineIsNamed() throws Exception {
    Files.writeString(baseline, "[]");

    Cli.Result result = checkNew();

    assertThat(result.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(result.err()).contains("is no baseline", "--write-baseline");
    assertThat(run("check", "--baseline", folder.resolve("none").toString()).err())
        .contains("no such baseline file");
  }

  @Test
  void howMuchMatters() {
    assertThat(run("check", "--fail-on", "error").code()).isZero();
    writeBaseline();
    PostgresServer.execute(database, "alter table customer add points int");
    assertThat(checkNew().code()).isZero();
    assertThat(checkNew("--fail-on", "note").code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
  }

  @Test
  void withoutSamplesNoDocumentIsRead() {
    PostgresServer.execute(database, "update event set payload = '{\"phone\": \"1\"}'");

    assertThat(run("check").out()).contains("unclassified-json-field");
    assertThat(run("check", "--no-sample").out()).doesNotContain("unclassified-json-field");
  }

  @Test
  void aStoreOfAnUnknownKindIsNamed() throws Exception {
    Files.writeString(
        folder.resolve("lethe.yaml"), POLICY + "stores:\n  cache: { nowhere: \"x\" }\n");

    Cli.Result result = run("check");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(result.err()).contains("stores.cache: there is no kind of store nowhere");
    assertThat(run("check", "--no-stores").err()).isEmpty();
  }

  @Test
  void everyFormatSaysTheSame() {
    assertThat(run("check", "--format", "sarif").out()).contains("\"version\" : \"2.1.0\"");
    assertThat(run("check", "--format", "junit").out()).startsWith("<?xml");
    assertThat(run("check", "--format", "github").out()).contains("::warning ");
    for (String format : new String[] {"sarif", "junit", "github", "json", "text"}) {
      assertThat(run("check", "--format", format).out())
          .contains("missing-index")
          .contains("payment.invoice_id");
    }
  }
}
