package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code lethe export}: files, exit codes, and what is said beside them. */
class ExportCommandTest extends ShopTest {

  private static final String POLICY =
      """
      version: 1
      tables:
        customer: { label: "{name}" }
      relations:
        invoice.customer_id: { on_delete: cascade, owner: sole }
        invoice_line.invoice_id: cascade
        note.customer_id: { on_delete: set_null, owner: sole }
      subjects:
        customer: { table: customer, identify_by: [name, id] }
      """;

  @BeforeEach
  void writePolicy() throws IOException {
    Path file = folder.resolve("lethe.yaml");
    Files.writeString(file, POLICY);
    cli.with("LETHE_CONFIG", file.toString());
  }

  @Test
  void anArchiveThatNobodyElseMayRead() throws IOException {
    Path file = folder.resolve("ada.zip");
    Cli.Result result = done("export", "customer", "Ada", "-o", file.toString());

    assertThat(result.out().replace(folder.toString(), "FOLDER"))
        .isEqualTo(
            """
            FOLDER/ada.zip: 24 rows
              customer       1
              invoice        7
              invoice_line  14
              note           2
            """);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getEntry("index.html")).isNotNull();
    }
  }

  @Test
  void nothingIsReplacedUnlessAskedFor() throws IOException {
    Path file = folder.resolve("ada.zip");
    Files.writeString(file, "precious");

    Cli.Result refused = cli.run("export", "customer", "Ada", "-o", file.toString());
    assertThat(refused.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(refused.err()).contains("exists; name another file, or add --force");
    assertThat(file).hasContent("precious");

    done("export", "customer", "Ada", "-o", file.toString(), "--force");
    assertThat(Files.size(file)).isGreaterThan(1000);
  }

  @Test
  void whoIsNotThereLeavesNoFile() throws IOException {
    Cli.Result result =
        cli.run("export", "customer", "Nobody", "-o", folder.resolve("x.zip").toString());
    assertThat(result.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(result.errorLines())
        .containsExactly("lethe: there is no customer with this name or id");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("lethe.yaml");
    }
    assertThat(cli.run("export", "client", "Ada").err())
        .isEqualTo("lethe: the policy has no subject client; it has customer\n");
  }

  @Test
  void jsonGoesToStandardOutput() {
    Cli.Result result = done("export", "customer", "1", "--format", "json");
    assertThat(JsonText.read(result.out()).get("subject").get("label").asString()).isEqualTo("Ada");
    assertThat(result.out()).endsWith("}\n");
  }

  @Test
  void aListOfPeopleFromStandardInput() throws IOException {
    Path file = folder.resolve("all.zip");
    cli.input("1\n\n2\n");
    Cli.Result result = done("export", "customer", "-", "-o", file.toString());
    assertThat(result.out()).contains(" rows of 2 people");
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getEntry("customer-0002/index.html")).isNotNull();
    }
    assertThat(cli.input("1\n99\n").run("export", "customer", "-").err())
        .isEqualTo("lethe: number 2: there is no customer with this name or id\n");
    assertThat(cli.input(" \n\n").run("export", "customer", "-").err())
        .isEqualTo("lethe: no values on standard input: expected one per line\n");
  }

  @Test
  void whyARowIsTheirs() {
    assertThat(done("export", "customer", "1", "--why", "invoice_line", "11,1").out())
        .isEqualTo(
            """
            invoice_line 11,1 is theirs because of
              customer 1  Ada  root
              └─ invoice 11  invoice.customer_id
                 └─ invoice_line 11,1  invoice_line.invoice_id
            """);
    Cli.Result other = cli.run("export", "customer", "2", "--why", "invoice", "11");
    assertThat(other.out()).isEqualTo("invoice 11 is not theirs\n");
    assertThat(other.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
  }

  @Test
  void aPlaceThatDoesNotAnswerIsNamedAndTheRestIsThere() throws IOException {
    Path policy = folder.resolve("lethe.yaml");
    Files.writeString(
        policy,
        POLICY
            + "stores:\n  carts: { redis: \"redis://127.0.0.1:1\", keys: [\"cart:{id}\"], timeout: PT1S }\n");
    Path file = folder.resolve("ada.zip");
    Cli.Result result = cli.run("export", "customer", "1", "-o", file.toString());
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.err()).contains("lethe: carts (redis) is not complete here: ");
    assertThat(file).exists();
  }

  @Test
  void theRecordOfProcessing() throws IOException {
    Path file = folder.resolve("record.html");
    Cli.Result result = cli.run("export", "--record", "-o", file.toString());
    assertThat(result.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.err()).contains("the policy does not say information.controller");
    assertThat(Files.readString(file)).contains("Record of processing activities");
    Cli.Result json = cli.run("export", "--record");
    assertThat(JsonText.read(json.out()).get("data_subjects").get(0).get("name").asString())
        .isEqualTo("customer");
  }

  @Test
  void readsFromTheReplica() {
    String url = ShopDatabase.url(ShopDatabase.create());
    Cli.Result there = done("export", "customer", "1", "--format", "json", "--replica", url);
    assertThat(there.out()).contains("Ada");
    assertThat(
            cli.run("export", "customer", "1", "--replica", url.replaceFirst(":\\d+/", ":1/"))
                .code())
        .isEqualTo(ExitCode.USAGE_OR_ERROR);
  }

  @Test
  void whatMakesNoSenseFailsBeforeConnecting() {
    Cli apart = new Cli().db("jdbc:postgresql://nowhere.invalid/x");
    for (List<String> arguments :
        List.of(
            List.of("export"),
            List.of("export", "customer"),
            List.of("export", "customer", "1", "-"),
            List.of("export", "customer", "1", "2", "--why", "invoice", "1"),
            List.of("export", "customer", "1", "--record"))) {
      Cli.Result result = apart.run(arguments.toArray(String[]::new));
      assertThat(result.code()).as(arguments.toString()).isEqualTo(ExitCode.USAGE_OR_ERROR);
      assertThat(result.err()).doesNotContain("nowhere");
    }
  }
}
