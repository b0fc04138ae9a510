package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Whatever is typed wrong, except to the trash. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class BadInputTest {

  private static final String SECRET = BadInput.SECRET;

  @TempDir static Path folder;
  private static PGSimpleDataSource database;
  private static String url;
  private static Path plan;

  private final BadInput input = new BadInput(url);

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
    files();
    outcomes();
    return input.tests(55);
  }

  private void usage() {
    input.add(
        "unknown command", 2, "unknown command prevew; did you mean preview", "prevew", "customer");
    input.add(
        "unknown option",
        2,
        "unknown option --foramt; did you mean --format",
        "preview",
        "customer",
        "1",
        "--foramt",
        "json");
    input.add(
        "option of another command",
        2,
        "unknown option --tolerance",
        "delete",
        "customer",
        "1",
        "--tolerance",
        "1");
    input.add(
        "unknown format",
        2,
        "--format is one of tree, table, json, ndjson, sql, not xml",
        "preview",
        "customer",
        "1",
        "--format",
        "xml");
    input.add(
        "format of another command",
        2,
        "--format is one of table, json, ndjson, not tree",
        "delete",
        "customer",
        "1",
        "--format",
        "tree");
    input.add(
        "number that is none",
        2,
        "'--depth': 'x' is not an int",
        "preview",
        "customer",
        "1",
        "--depth",
        "x");
    input.add(
        "negative depth", 2, "must not be negative", "preview", "customer", "1", "--depth", "-1");
    input.add(
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
    input.add(
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
    input.add("too few words for --why", 2, "--why", "preview", "customer", "1", "--why", "note");
    input.add(
        "negative tolerance",
        2,
        "must not be negative",
        "apply",
        plan.toString(),
        "--tolerance",
        "-3");
    input.add("no table", 2, "Missing required parameter: 'TABLE'", "preview");
    input.add("two plans", 2, "unexpected argument b.json", "apply", "a.json", "b.json");
    input.add("unknown shell", 2, "SHELL is one of bash, zsh, not fish", "completion", "fish");
    input.add(
        "unknown colour mode",
        2,
        "--color is one of auto, always, never",
        "--color",
        "pink",
        "doctor");
    input.add(
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
    input.add("picture of unknown kind", 2, ".svg or .mmd", "graph", "customer", "-o", "x.gif");
  }

  private void addresses() {
    input.add("no database", new Cli(), 2, "which database?", "preview", "customer", "1");
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
    input.add(
        "unknown table",
        2,
        "no table custommer; did you mean customer?",
        "preview",
        "custommer",
        "1");
    input.add("table of another schema", 2, "did you mean depot.shelf?", "preview", "shelf", "1");
    input.add("no keys", 2, "which rows of customer?", "preview", "customer");
    input.add(
        "key that is no number",
        2,
        "invalid input syntax for type integer",
        "preview",
        "customer",
        "abc");
    input.add(
        "key that does not exist", 2, "no such row: customer 99", "preview", "customer", "99");
    input.add(
        "one of two does not exist",
        2,
        "no such row: customer 99",
        "delete",
        "customer",
        "1",
        "99",
        "--yes");
    input.add(
        "too few parts",
        2,
        "has 2 parts (invoice_id,nr), but \"11\" has 1",
        "preview",
        "invoice_line",
        "11");
    input.add("too many parts", 2, "but \"11,1,1\" has 3", "preview", "invoice_line", "11,1,1");
    input.add("open quote in a key", 2, "is not closed", "preview", "invoice_line", "11,\"1");
    input.add("table without key", 2, "log has no primary key", "preview", "log", "1");
    input.add("keys and stdin", 2, "not both", "preview", "customer", "1", "-");
    input.add(
        "empty stdin",
        new Cli().db(url).input(" \n\n"),
        2,
        "no keys on standard input",
        "preview",
        "customer",
        "-");
    input.add(
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
    input.add(
        "keys and predicate",
        2,
        "keys or --where, not both",
        "preview",
        "customer",
        "1",
        "--where",
        "true");
    input.add(
        "empty predicate", 2, "--where needs a predicate", "preview", "customer", "--where", " ");
    input.add(
        "second statement",
        2,
        "leave out the semicolon",
        "delete",
        "customer",
        "--yes",
        "--where",
        "true; drop table customer");
    input.add(
        "comment", 2, "leave out the comment", "preview", "customer", "--where", "true -- all");
    input.add(
        "bracket closed too early",
        2,
        "closed that was not opened",
        "delete",
        "customer",
        "--yes",
        "--where",
        "true) or (true");
    input.add(
        "open quote", 2, "a quote is not closed", "preview", "customer", "--where", "name = 'x");
    input.add("syntax error", 2, "syntax error", "preview", "customer", "--where", "id = = 1");
    input.add(
        "unknown column",
        2,
        "column \"nam\" does not exist",
        "preview",
        "customer",
        "--where",
        "nam = 'x'");
    input.add("not a predicate", 2, "boolean", "preview", "customer", "--where", "id");
  }

  private void files() {
    input.add(
        "no such policy",
        2,
        "no such policy file",
        "--config",
        "gone.yaml",
        "preview",
        "customer",
        "1");
    input.add(
        "policy is a folder",
        2,
        "is a directory",
        "--config",
        folder.toString(),
        "preview",
        "customer",
        "1");
    input.add("no such plan", 2, "no such plan file: gone.json", "apply", "gone.json", "--yes");
    input.add("plan that is not JSON", 2, "is not JSON", "apply", file("notjson.json"), "--yes");
    input.add("JSON that is no plan", 2, "is not a plan", "apply", file("otherjson.json"), "--yes");
    input.add(
        "tampered plan",
        2,
        "was changed after it was written",
        "apply",
        file("tampered.json"),
        "--yes");
    input.add(
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
    input.add("nobody to confirm", 2, "add --yes", "delete", "customer", "1");
    input.add("nobody to confirm a plan", 2, "add --yes", "apply", plan.toString());
    String weak = url.replace("postgres@", "weak:" + SECRET + "@");
    input.add(
        "no right to delete",
        new Cli().db(weak),
        4,
        "Connect as a role that may see and delete",
        "delete",
        "customer",
        "1",
        "--permanently",
        "--yes");
    input.add(
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
    input.add(name, new Cli().db(address), 2, says, "preview", "customer", "1");
  }
}
