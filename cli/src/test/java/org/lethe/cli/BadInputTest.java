package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Whatever is typed wrong: one line that says so, the right exit code, nothing on stdout. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class BadInputTest {

  private static final String SECRET = "geheim-77";

  @TempDir static Path folder;
  private static PGSimpleDataSource database;
  private static String url;
  private static Path plan;

  private record Case(String name, Cli cli, int code, String says, List<String> args) {}

  private final List<Case> cases = new ArrayList<>();

  @BeforeAll
  static void prepare() throws IOException {
    database = ShopDatabase.create();
    url = ShopDatabase.url(database);
    PostgresServer.execute(
        database,
        """
        create role weak login password '%s';
        grant select on all tables in schema public to weak;
        grant delete on customer to weak;
        alter table note enable row level security;
        """
            .formatted(SECRET));
    plan = folder.resolve("plan.json");
    Cli.Result made = new Cli().db(url).run("plan", "customer", "1", "-o", plan.toString());
    assertThat(made.code()).as(made.err()).isZero();
    write("tampered.json", Files.readString(plan).replace("\"total\" : 22", "\"total\" : 21"));
    write("notjson.json", "{ nope");
    write("otherjson.json", "{\"a\": 1}");
  }

  private static String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @TestFactory
  Stream<DynamicTest> oneClearLine() {
    usage();
    addresses();
    roots();
    predicates();
    trash();
    files();
    outcomes();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(30);
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(Case c) {
    Cli.Result result = c.cli().run(c.args().toArray(String[]::new));
    List<String> lines =
        result.errorLines().stream().filter(l -> !l.startsWith("note: no lethe.yaml")).toList();
    assertThat(lines).as("stderr of %s", c.args()).hasSize(1);
    assertThat(lines.get(0)).startsWith("lethe").contains(c.says()).doesNotContain("Exception");
    assertThat(result.err() + result.out()).doesNotContain(SECRET);
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).as(lines.get(0)).isEqualTo(c.code());
  }

  private void usage() {
    bad("unknown command", 2, "unknown command prevew; did you mean preview", "prevew", "customer");
    bad(
        "unknown option",
        2,
        "unknown option --foramt; did you mean --format",
        "preview",
        "customer",
        "1",
        "--foramt",
        "json");
    bad(
        "option of another command",
        2,
        "unknown option --tolerance",
        "delete",
        "customer",
        "1",
        "--tolerance",
        "1");
    bad(
        "unknown format",
        2,
        "--format is one of tree, table, json, ndjson, sql, not xml",
        "preview",
        "customer",
        "1",
        "--format",
        "xml");
    bad(
        "format of another command",
        2,
        "--format is one of table, json, ndjson, not tree",
        "delete",
        "customer",
        "1",
        "--format",
        "tree");
    bad(
        "number that is none",
        2,
        "'--depth': 'x' is not an int",
        "preview",
        "customer",
        "1",
        "--depth",
        "x");
    bad("negative depth", 2, "must not be negative", "preview", "customer", "1", "--depth", "-1");
    bad(
        "depth of a table",
        2,
        "--depth and --limit are for",
        "preview",
        "customer",
        "1",
        "--format",
        "table",
        "--depth",
        "2");
    bad(
        "path as sql",
        2,
        "--why prints a path",
        "preview",
        "customer",
        "1",
        "--format",
        "sql",
        "--why",
        "note",
        "1");
    bad("too few words for --why", 2, "--why", "preview", "customer", "1", "--why", "note");
    bad(
        "negative tolerance",
        2,
        "must not be negative",
        "apply",
        plan.toString(),
        "--tolerance",
        "-3");
    bad("no table", 2, "Missing required parameter: 'TABLE'", "preview");
    bad("two plans", 2, "unexpected argument b.json", "apply", "a.json", "b.json");
    bad("unknown shell", 2, "SHELL is one of bash, zsh, not fish", "completion", "fish");
    bad(
        "unknown colour mode",
        2,
        "--color is one of auto, always, never",
        "--color",
        "pink",
        "doctor");
    bad(
        "plan as sql into a file",
        2,
        "-o writes the plan as JSON",
        "plan",
        "customer",
        "1",
        "-o",
        "x",
        "--format",
        "sql");
    bad("picture of unknown kind", 2, ".svg or .mmd", "graph", "customer", "-o", "x.gif");
  }

  private void addresses() {
    bad("no database", new Cli(), 2, "which database?", "preview", "customer", "1");
    address("not a URL", "host=localhost " + SECRET, "cannot be read");
    address("another engine", "jdbc:mysql://root:" + SECRET + "@localhost/x", "not mysql");
    address(
        "port that is none", "postgresql://u:" + SECRET + "@localhost:port/x", "cannot be read");
    address("bad escape in the login", "postgresql://u:%zz" + SECRET + "@localhost/x", "%25");
    address("unreachable", "jdbc:postgresql://127.0.0.1:1/x?password=" + SECRET, "no connection");
    address(
        "unknown host", "postgresql://u:" + SECRET + "@no.such.host.invalid/x", "no connection");
    address("unknown database", url + "_gone", "does not exist");
    address(
        "no such role", url.replace("postgres@", "nobody:" + SECRET + "@"), "refused the login");
  }

  private void roots() {
    bad(
        "unknown table",
        2,
        "no table custommer; did you mean customer?",
        "preview",
        "custommer",
        "1");
    bad("table of another schema", 2, "did you mean depot.shelf?", "preview", "shelf", "1");
    bad("no keys", 2, "which rows of customer?", "preview", "customer");
    bad(
        "key that is no number",
        2,
        "invalid input syntax for type integer",
        "preview",
        "customer",
        "abc");
    bad("key that does not exist", 2, "no such row: customer 99", "preview", "customer", "99");
    bad(
        "one of two does not exist",
        2,
        "no such row: customer 99",
        "delete",
        "customer",
        "1",
        "99",
        "--yes");
    bad(
        "too few parts",
        2,
        "has 2 parts (invoice_id,nr), but \"11\" has 1",
        "preview",
        "invoice_line",
        "11");
    bad("too many parts", 2, "but \"11,1,1\" has 3", "preview", "invoice_line", "11,1,1");
    bad("open quote in a key", 2, "is not closed", "preview", "invoice_line", "11,\"1");
    bad("table without key", 2, "log has no primary key", "preview", "log", "1");
    bad("keys and stdin", 2, "not both", "preview", "customer", "1", "-");
    bad(
        "empty stdin",
        new Cli().db(url).input(" \n\n"),
        2,
        "no keys on standard input",
        "preview",
        "customer",
        "-");
    bad(
        "why of an unknown table",
        2,
        "no table notte; did you mean note?",
        "preview",
        "customer",
        "1",
        "--why",
        "notte",
        "1");
  }

  private void predicates() {
    bad(
        "keys and predicate",
        2,
        "keys or --where, not both",
        "preview",
        "customer",
        "1",
        "--where",
        "true");
    bad("empty predicate", 2, "--where needs a predicate", "preview", "customer", "--where", " ");
    bad(
        "second statement",
        2,
        "leave out the semicolon",
        "delete",
        "customer",
        "--yes",
        "--where",
        "true; drop table customer");
    bad("comment", 2, "leave out the comment", "preview", "customer", "--where", "true -- all");
    bad(
        "bracket closed too early",
        2,
        "closed that was not opened",
        "delete",
        "customer",
        "--yes",
        "--where",
        "true) or (true");
    bad("open quote", 2, "a quote is not closed", "preview", "customer", "--where", "name = 'x");
    bad("syntax error", 2, "syntax error", "preview", "customer", "--where", "id = = 1");
    bad(
        "unknown column",
        2,
        "column \"nam\" does not exist",
        "preview",
        "customer",
        "--where",
        "nam = 'x'");
    bad("not a predicate", 2, "boolean", "preview", "customer", "--where", "id");
  }

  private void trash() {
    bad("id that is none", 2, "xyzzy is no id", "restore", "xyzzy", "--yes");
    bad("id too short", 2, "at least the first 4", "trash", "show", "1f0");
    bad("id too long", 2, "is no id", "restore", "0".repeat(33), "--yes");
    bad("no id", 2, "Missing required parameter: 'ID'", "restore");
    bad("no ledger", 2, TrashSession.NOTHING_YET, "restore", "1f0c", "--yes");
    bad("no ledger to show", 2, TrashSession.NOTHING_YET, "trash", "show", "1f0c");
    bad("nobody to confirm a restore", 2, "add --yes", "restore", "1f0c");
    bad("mistyped command of the trash", 2, "did you mean list?", "trash", "lst");
    bad("unknown option of a nested command", 2, "unknown option --al", "trash", "list", "--al");
    bad("no limit at all", 2, "--limit must be positive", "trash", "list", "--limit", "0");
    bad("hold without a reason", 2, "'--reason=TEXT'", "hold", "add", "1f0c");
    bad("hold for no reason", 2, "--reason must say", "hold", "add", "1f0c", "--reason", " ");
    until("day that is none", "tomorrow", "is a date such as");
    until("day that is over", "2001-01-01", "is over already");
    removal("period that is none", "--keep is a period", "--trash", "--keep", "30 days");
    removal("period of nothing", "--keep is a period", "--trash", "--keep", "P0D");
    removal("period that ends before it begins", "--keep is a", "--trash", "--keep", "P-1D");
    removal("keep nothing", "are for --trash", "--keep", "P30D");
    removal("reason for nothing", "are for --trash", "--reason", "why");
    removal("nobody", "--actor needs a name", "--trash", "--actor", " ");
    bad("purge of nothing", 2, "--max-rows must be positive", "purge", "--max-rows", "0");
    bad("purge at no rate", 2, "--rate must be positive", "purge", "--rate", "-5");
    bad("time that is none", 2, "--max-time is a time", "purge", "--max-time", "5m");
    bad("time of nothing", 2, "--max-time is a time", "purge", "--max-time", "PT0S");
  }

  private void until(String name, String date, String says) {
    bad(name, 2, says, "hold", "add", "1f0c", "--reason", "why", "--until", date);
  }

  private void removal(String name, String says, String... options) {
    List<String> args = new ArrayList<>(List.of("delete", "customer", "1", "--yes"));
    args.addAll(List.of(options));
    bad(name, 2, says, args.toArray(String[]::new));
  }

  private void files() {
    bad(
        "no such policy",
        2,
        "no such policy file",
        "--config",
        "gone.yaml",
        "preview",
        "customer",
        "1");
    bad(
        "policy is a folder",
        2,
        "is a directory",
        "--config",
        folder.toString(),
        "preview",
        "customer",
        "1");
    bad("no such plan", 2, "no such plan file: gone.json", "apply", "gone.json", "--yes");
    bad("plan that is not JSON", 2, "is not JSON", "apply", file("notjson.json"), "--yes");
    bad("JSON that is no plan", 2, "is not a plan", "apply", file("otherjson.json"), "--yes");
    bad(
        "tampered plan",
        2,
        "was changed after it was written",
        "apply",
        file("tampered.json"),
        "--yes");
    bad(
        "folder that does not exist",
        2,
        "does not exist",
        "plan",
        "customer",
        "1",
        "-o",
        "no/such/folder/plan.json");
  }

  private void outcomes() {
    bad("nobody to confirm", 2, "add --yes", "delete", "customer", "1");
    bad("nobody to confirm a plan", 2, "add --yes", "apply", plan.toString());
    String weak = url.replace("postgres@", "weak:" + SECRET + "@");
    bad(
        "no right to delete",
        new Cli().db(weak),
        4,
        "permission denied",
        "delete",
        "customer",
        "1",
        "--yes");
    bad(
        "rows hidden from this role",
        new Cli().db(weak),
        4,
        "row-level security",
        "preview",
        "customer",
        "1");
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private void address(String name, String address, String says) {
    bad(name, new Cli().db(address), 2, says, "preview", "customer", "1");
  }

  private void bad(String name, int code, String says, String... args) {
    bad(name, new Cli().db(url), code, says, args);
  }

  private void bad(String name, Cli cli, int code, String says, String... args) {
    cases.add(new Case(name, cli, code, says, List.of(args)));
  }
}
