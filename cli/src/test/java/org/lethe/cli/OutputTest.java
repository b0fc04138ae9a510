package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What previews and plans look like, held against golden files; nothing here changes data. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class OutputTest {

  private static String url;

  @BeforeAll
  static void prepare() {
    url = ShopDatabase.url(ShopDatabase.create());
  }

  private static Cli.Result run(String... args) {
    return new Cli().db(url).run(args);
  }

  @ParameterizedTest
  @CsvSource({"tree,txt", "table,txt", "json,json", "ndjson,ndjson", "sql,sql"})
  void previewOfACustomer(String format, String extension) {
    Cli.Result result = run("preview", "customer", "1", "--format", format);
    assertThat(result.code()).as(result.err()).isZero();
    Golden.check("preview-customer-" + format + "." + extension, result.out());
  }

  @ParameterizedTest
  @CsvSource({"tree,txt", "table,txt", "json,json", "ndjson,ndjson", "sql,sql"})
  void previewThatIsBlocked(String format, String extension) {
    Cli.Result result = run("preview", "customer", "2", "--format", format);
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    Golden.check("preview-blocked-" + format + "." + extension, result.out());
  }

  @Test
  void treeInJson() {
    Cli.Result result =
        run("preview", "customer", "1", "--format", "json", "--depth", "1", "--limit", "1");
    Golden.check("preview-customer-tree.json", result.out());
  }

  @Test
  void coloursOnDemand() {
    Cli.Result result = run("preview", "customer", "1", "--color", "always", "--limit", "1");
    assertThat(result.out()).contains("\u001b[31m[deleted]\u001b[0m");
    assertThat(result.out().replaceAll("\u001b\\[\\d+m", ""))
        .isEqualTo(run("preview", "customer", "1", "--limit", "1").out());
  }

  @Test
  void coloursOnlyAtATerminal() {
    Cli atTerminal = new Cli().db(url).interactive();
    assertThat(atTerminal.run("preview", "customer", "1").out()).contains("\u001b[");
    assertThat(atTerminal.with("NO_COLOR", "1").run("preview", "customer", "1").out())
        .doesNotContain("\u001b[");
  }

  @Test
  void whyIsThisHere() {
    Golden.check("why.txt", run("preview", "customer", "1", "--why", "invoice_line", "12,2").out());
    Golden.check(
        "why.json",
        run("preview", "customer", "1", "--format", "json", "--why", "invoice_line", "12,2").out());
    assertThat(run("preview", "customer", "1", "--why", "invoice_line", "20,1").out())
        .isEqualTo("invoice_line 20,1 is not touched when customer 1 goes\n");
  }

  @Test
  void rootsByKeyPredicateAndInput() {
    assertThat(run("preview", "customer", "-4").out()).startsWith("customer -4: 1 row would go");
    assertThat(run("preview", "customer", "1", "3").out())
        .startsWith("customer 2 rows: 23 rows would go, 3 would change");
    assertThat(run("preview", "tag", "a,b").out()).startsWith("tag a,b: 1 row would go");
    assertThat(run("preview", "invoice_line", "11,1", "11,\"2\"").out())
        .startsWith("invoice_line 2 rows: 2 rows would go");
    assertThat(run("preview", "\"Odd, name\"", "--where", "true").out())
        .startsWith("\"Odd, name\" 0 rows: 0 rows would go");
    assertThat(run("preview", "CUSTOMER", "--where", "name like 'A%;' or id = 1").out())
        .startsWith("customer 1 row: 22 rows would go");
    assertThat(new Cli().db(url).input("1\n\n 3 \n").run("preview", "customer", "-").out())
        .startsWith("customer 2 rows: 23 rows would go");
  }

  @Test
  void planAsTableAndFile(@TempDir Path folder) {
    assertThat(run("plan", "customer", "1", "--format", "table").out())
        .isEqualTo(run("preview", "customer", "1", "--format", "table").out());
    Path file = folder.resolve("plan.json");
    Cli.Result written = run("plan", "customer", "1", "-o", file.toString());
    assertThat(written.out()).startsWith("customer 1: 22 rows would go, 2 would change");
    assertThat(file).content().isEqualTo(run("plan", "customer", "1").out().stripTrailing());
  }

  @Test
  void noteOnAMissingPolicyUnlessQuiet() {
    assertThat(run("preview", "customer", "1").err()).startsWith("note: no lethe.yaml");
    assertThat(run("preview", "customer", "1", "-q").err()).isEmpty();
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    assertThat(run().out()).contains("preview", "delete", "doctor", "Examples:");
    everyCommandHasHelpWithAnExample(
        LetheCommand.commandLine(Terminal.ofProcess(Map.of()), Map.of(), new Interruption()));
  }

  private static void everyCommandHasHelpWithAnExample(CommandLine parent) {
    for (CommandLine line : parent.getSubcommands().values()) {
      String name = line.getCommandSpec().qualifiedName(" ");
      Cli.Result help = run((name + " --help").replaceFirst("lethe ", "").split(" "));
      assertThat(help.code()).isZero();
      assertThat(help.out()).contains("Usage: " + name, "--db=URL", "Examples:\n  lethe ");
      assertThat(help.out()).containsPattern("Examples:\n(  .*\n)*  " + example(name));
      everyCommandHasHelpWithAnExample(line);
    }
  }

  /** What stands beneath {@code trash restore} serves {@code restore} as well. */
  private static String example(String name) {
    return name.replace("lethe trash restore", "lethe restore");
  }
}
