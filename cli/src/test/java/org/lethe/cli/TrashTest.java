package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.DatabaseDigest;
import org.lethe.testkit.PostgresServer;

/** Into the trash, and out of it. */
class TrashTest extends ShopTest {

  @Test
  void goesAndComesBack() throws Exception {
    String before = digest();
    Cli.Result gone = done("delete", "customer", "1", "--yes", "-q", "--reason", "by phone");
    assertThat(gone.err()).isEmpty();
    Golden.check("delete-trash.txt", masked(gone.out()));
    assertThat(rows("customer")).isEqualTo(3);
    Matcher line = Pattern.compile("lethe (restore [0-9a-f]{8})").matcher(gone.out());
    assertThat(line.find()).isTrue();

    Cli.Result unattended = cli.run(line.group(1).split(" "));
    assertThat(unattended.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    Cli.Result back = done((line.group(1) + " --yes").split(" "));
    Golden.check("restore.txt", masked(back.out()));
    assertThat(digest()).isEqualTo(before);
    assertThat(cli.run((line.group(1) + " -y").split(" ")).err()).contains("already restored");
  }

  private String digest() throws SQLException {
    return DatabaseDigest.of(database).toString();
  }

  @Test
  void listsWhatIsThere() {
    Cli.Result before = done("trash", "list");
    assertThat(before.out()).isEmpty();
    assertThat(before.err()).isEqualTo(TrashSession.NOTHING_YET + "\n");
    assertThat(done("trash", "list", "--format", "json").out()).isEqualTo("[ ]\n");
    assertThat(done("hold", "list").err()).isEqualTo(TrashSession.NOTHING_YET + "\n");
    assertThat(done("purge").out()).isEqualTo("nothing was purged\n");
    assertThat(ledgerExists()).isFalse();

    String ada = trashed("customer", "1");
    String eve = trashed("customer", "3", "--keep", "P1D");
    done("hold", "add", eve, "--reason", "a claim", "--actor", "bob");
    Golden.check("trash-list.txt", masked(done("trash", "list").out()));
    Golden.check("trash-list.json", masked(done("trash", "list", "--format", "json").out()));
    assertThat(done("trash", "list", "--format", "ndjson").out()).hasLineCount(2);
    Cli.Result one = done("trash", "list", "--limit", "1");
    assertThat(one.out()).contains("customer 3").doesNotContain("customer 1");
    assertThat(one.err()).contains("--limit");

    done("restore", ada, "--yes");
    assertThat(done("trash", "list").out()).doesNotContain(ada.substring(0, 8));
    assertThat(done("trash", "list", "--all").out()).contains(ada.substring(0, 8), "restored");
    done("restore", eve, "--yes");
    assertThat(done("trash", "list").err()).isEqualTo("the trash is empty\n");
  }

  @Test
  void showsOneDeletion() {
    String id = trashed("customer", "1");
    done("hold", "add", id, "--reason", "a claim", "--actor", "bob", "--until", "2099-12-31");
    Golden.check("trash-show.txt", masked(done("trash", "show", id).out()));
    Golden.check("trash-show.json", masked(done("trash", "show", id, "--format", "json").out()));
    done("restore", id, "--yes");
    assertThat(done("trash", "show", id).out()).contains("restored", "22 rows had gone");
    assertThat(done("trash", "show", id, "--format", "json").out()).contains("\"restore\" : null");
  }

  @Test
  void anIdMayBeShortened() {
    String id = trashed("customer", "3");
    for (String part :
        new String[] {
          id.substring(0, 4), id.substring(0, 13).toUpperCase(Locale.ROOT), id.replace("-", "")
        }) {
      assertThat(done("trash", "show", part).out()).startsWith("deletion " + id);
    }
    PostgresServer.execute(
        database,
        """
        create temp table twin as select * from lethe.deletion;
        update twin set deletion_id = (left(deletion_id::text, 24) || '000000000000')::uuid;
        insert into lethe.deletion select * from twin;
        """);
    Cli.Result several = cli.run("restore", id.substring(0, 8), "--yes");
    assertThat(several.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(several.err()).contains("several deletions start with " + id.substring(0, 8));
    done("restore", id, "--yes");
  }

  @Test
  void asksBeforeItRestores() {
    String id = trashed("customer", "1");
    Cli.Result no = cli.interactive().input("\n").run("restore", id);
    assertThat(no.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(no.err())
        .startsWith("22 rows would come back, and 2 rows would each get its reference back\n")
        .contains("Restore customer 1 Ada? [y/N] ")
        .endsWith("lethe: not confirmed; nothing was changed\n");
    assertThat(no.out()).isEmpty();
    Cli.Result look = done("restore", id, "--dry-run", "--color", "never");
    assertThat(look.out()).startsWith("22 rows would come back");
    assertThat(rows("customer")).isEqualTo(3);
    cli.input("y\n");
    done("trash", "restore", id);
    assertThat(rows("customer")).isEqualTo(4);
  }

  @Test
  void whatIsInTheWayIsNamedAndNothingChanges() {
    String id = trashed("customer", "1");
    PostgresServer.execute(database, "insert into customer values (1, 'Another', null)");
    for (String[] how :
        new String[][] {{"restore", id, "--yes"}, {"trash", "restore", id, "-y", "--dry-run"}}) {
      Cli.Result result = cli.run(how);
      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
      assertThat(result.out()).contains("blocks  customer.id: another row has the value");
    }
    Cli.Result asked = cli.interactive().run("restore", id);
    assertThat(asked.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(asked.out()).startsWith("nothing was restored\n");
    assertThat(asked.err()).doesNotContain("[y/N]");
    assertThat(cli.run("trash", "show", id).code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    Cli.Result json = cli.run("restore", id, "--yes", "--format", "json");
    assertThat(json.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    Golden.check("restore-blocked.json", masked(json.out()));
    assertThat(rows("customer")).isEqualTo(4);
    assertThat(rows("invoice")).isEqualTo(1);
  }

  @Test
  void aParentInTheTrashIsOffered() {
    String invoice = trashed("invoice", "11");
    String customer = trashed("customer", "1");
    Cli.Result blocked = cli.run("restore", invoice, "--yes");
    assertThat(blocked.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(blocked.out())
        .contains("first: lethe restore " + customer.substring(0, 8) + "  customer 1 Ada")
        .endsWith("or together: lethe restore " + invoice.substring(0, 8) + " --with-parents\n");
    done("restore", customer, "--yes");
    assertThat(rows("invoice")).isEqualTo(7);
    done("restore", invoice, "--yes");
    assertThat(rows("invoice")).isEqualTo(8);
  }

  @Test
  void aChildComesBackTogetherWithItsParents() {
    String line = trashed("invoice_line", "11,1");
    String invoice = trashed("invoice", "11");
    trashed("customer", "1");
    Cli.Result look = done("restore", line, "--with-parents", "--dry-run");
    assertThat(look.out()).startsWith("customer 1 Ada:\n19 rows would come back");
    assertThat(look.out()).contains("\ninvoice 11:\n", "\ninvoice_line 11,1:\n1 row would come");
    assertThat(cli.run("restore", line, "--dry-run").code())
        .isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);

    Cli.Result no = cli.interactive().input("n\n").run("restore", line);
    assertThat(no.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(no.err())
        .contains(
            "customer 1 Ada:\n",
            "Restore invoice_line 11,1 and before it what it refers to, 2 other deletions? [y/N]");
    assertThat(rows("customer")).isEqualTo(3);
    cli.input("y\n");
    assertThat(done("restore", line, "--color", "never").out())
        .containsSubsequence(
            "restored: 19 rows of customer 1 Ada",
            "restored: 2 rows of invoice 11",
            "restored: 1 row of invoice_line 11,1");
    assertThat(rows("invoice_line")).isEqualTo(14);
    assertThat(invoice).isNotEqualTo(line);
  }

  @Test
  void withParentsNeedsNobodyToAsk() {
    String invoice = trashed("invoice", "11");
    String customer = trashed("customer", "1");
    Cli.Result json = done("restore", invoice, "--with-parents", "-y", "--format", "ndjson");
    assertThat(json.out())
        .startsWith("{\"deletion\":\"" + invoice)
        .contains("\"parents\":[{\"deletion\":\"" + customer);
    assertThat(rows("invoice")).isEqualTo(8);
  }

  @Test
  void whatIsInTheWayOfAParentIsNamedBeforeAnybodyIsAsked() {
    String invoice = trashed("invoice", "11");
    trashed("customer", "1");
    PostgresServer.execute(
        database,
        "create unique index on customer (name); insert into customer values (99, 'Ada', null)");
    Cli.Result asked = cli.interactive().run("restore", invoice, "--color", "never");
    assertThat(asked.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(asked.err()).doesNotContain("[y/N]");
    assertThat(asked.out()).contains("in the trash themselves", "the value of customer.name");
    Cli.Result told = cli.run("restore", invoice, "--yes", "--with-parents");
    assertThat(told.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(told.out()).contains("the value of customer.name").doesNotContain("or together");
    assertThat(rows("customer")).isEqualTo(4);
  }

  @Test
  void aPlanGoesToTheTrashToo() {
    String plan = folder.resolve("plan.json").toString();
    done("plan", "customer", "1", "-o", plan);
    Cli.Result applied = done("apply", plan, "--yes", "--keep", "P90D", "--format", "json");
    Matcher id = ID.matcher(applied.out());
    assertThat(id.find()).as(applied.out()).isTrue();
    assertThat(done("trash", "list").out()).contains("in 90 days");
    done("restore", id.group(), "--yes");
    assertThat(rows("customer")).isEqualTo(4);
  }

  @Test
  void theTrashAsksForLessThanDeathDoes() {
    cli.interactive().input("customer 1\n");
    assertThat(cli.run("delete", "customer", "1").err())
        .contains("Put 22 rows into the trash? [y/N]")
        .doesNotContain("cannot be undone");
    assertThat(ledgerExists()).as("before anything was confirmed").isFalse();
    cli.input("yes\n");
    done("delete", "customer", "1");
    assertThat(rows("customer")).isEqualTo(3);
  }

  @Test
  void staysForAsLongAsThePolicySaysUnlessToldOtherwise() throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("lethe.yaml"),
            "version: 1\ntables:\n  customer:\n    trash: { keep: P1Y }\n");
    cli.with("LETHE_CONFIG", policy.toString());
    Cli.Result look = done("delete", "customer", "3", "--dry-run");
    assertThat(look.err()).endsWith("it would go to the trash for 1 year\n");
    done("delete", "customer", "3", "--yes");
    assertThat(done("trash", "list").out()).containsPattern("in 36[56] days");
    done("delete", "customer", "-4", "--yes", "--keep", "P2D");
    assertThat(done("trash", "list").out()).contains("in 2 days");
    done("delete", "invoice", "11", "--yes");
    assertThat(done("trash", "list").out()).contains("in 30 days");
  }

  @Test
  void aRoleWithoutTheRightToMakeTheLedgerIsTold() {
    PostgresServer.execute(
        database,
        """
        create role clerk%1$d login;
        grant select, update, delete on all tables in schema public to clerk%1$d;
        """
            .formatted(database.getDatabaseName().hashCode() & 0xffff));
    String clerk =
        ShopDatabase.url(database)
            .replace(
                "postgres@", "clerk%d@".formatted(database.getDatabaseName().hashCode() & 0xffff));
    Cli.Result asked = new Cli().db(clerk).interactive().run("delete", "customer", "3", "-q");
    for (Cli.Result result :
        new Cli.Result[] {asked, new Cli().db(clerk).run("delete", "customer", "3", "-y", "-q")}) {
      assertThat(result.errorLines()).as(result.err()).hasSize(1);
      assertThat(result.err())
          .contains("may not create the schema lethe", "grant it create", "--permanently");
      assertThat(result.code()).isEqualTo(ExitCode.NOT_PERMITTED);
    }
    assertThat(rows("customer")).isEqualTo(4);
    done("delete", "customer", "-4", "-y");
    for (String command : new String[] {"trash list", "audit verify", "delete customer 3 -y"}) {
      Cli.Result refused = new Cli().db(clerk).run((command + " -q").split(" "));
      assertThat(refused.err()).contains("grant it usage on schema lethe and select, insert");
      assertThat(refused.code()).isEqualTo(ExitCode.NOT_PERMITTED);
    }
    Cli.Result gone = new Cli().db(clerk).run("delete", "customer", "3", "-y", "--permanently");
    assertThat(gone.code()).as(gone.err()).isZero();
    assertThat(rows("customer")).isEqualTo(2);
  }
}
