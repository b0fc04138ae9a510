package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lethe.testkit.PostgresServer;

/** What is gone for good, and what keeps it from that. */
class PurgeCommandTest extends ShopTest {

  @Test
  void purgesWhatIsDueAndNothingElse() {
    String due = trashed("customer", "1");
    String held = trashed("customer", "3");
    String young = trashed("customer", "-4");
    age(due, 31);
    age(held, 31);
    done("hold", "add", held.substring(0, 6), "--reason", "a claim");
    Cli.Result look = done("purge", "--dry-run");
    assertThat(look.out()).contains(due.substring(0, 8)).hasLineCount(2);
    assertThat(done("purge", "-n", "--format", "json").out()).contains(due).doesNotContain(held);
    assertThat(rows("lethe.deletion where state = 'purged'")).isZero();

    assertThat(done("purge").out()).isEqualTo("purged: 1 deletion, 22 rows gone for good\n");
    assertThat(cli.run("restore", due, "--yes").err()).contains("already purged");
    assertThat(done("trash", "list").out())
        .contains(held.substring(0, 8), young.substring(0, 8))
        .doesNotContain(due.substring(0, 8));
    assertThat(done("purge", "--dry-run").out()).isEqualTo("nothing is due\n");

    Matcher hold = Pattern.compile("(?m)^([0-9a-f]{8})  ").matcher(done("hold", "list").out());
    assertThat(hold.find()).isTrue();
    done("hold", "remove", hold.group(1));
    assertThat(cli.run("hold", "remove", hold.group(1)).err()).contains("no hold");
    assertThat(done("hold", "list").err()).isEqualTo("nothing is held\n");
    Cli.Result json = done("purge", "--format", "json");
    assertThat(json.out()).contains("\"purged\" : [ \"" + held + "\" ]", "\"more\" : false");
  }

  @Test
  void oneDeletionIsMadeFinalByItsName() {
    String id = trashed("customer", "1");
    String other = trashed("customer", "3");
    done("hold", "add", id, "--reason", "a claim", "--actor", "bob");
    Cli.Result held = cli.run("trash", "purge", id, "--yes");
    assertThat(held.code()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(held.errorLines()).singleElement().asString().contains("by bob: a claim");
    Matcher hold = Pattern.compile("hold remove [0-9a-f]{8}").matcher(held.err());
    assertThat(hold.find()).isTrue();
    done(hold.group().split(" "));

    Cli.Result no = cli.interactive().input("yes\n").run("trash", "purge", id);
    assertThat(no.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(no.err())
        .contains("Purging 22 rows from the trash cannot be undone. Type  customer 1 Ada  to");
    cli.input("customer 1 Ada\n");
    assertThat(done("trash", "purge", id, "--color", "never").out())
        .isEqualTo("purged: customer 1 Ada, 22 rows gone for good\n");
    Cli.Result again = cli.run("trash", "purge", id);
    assertThat(again.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(again.err()).contains("already purged").doesNotContain("Type");
    assertThat(done("trash", "purge", other, "-y", "--format", "ndjson").out())
        .isEqualTo(
            "{\"purged\":[\"%s\"],\"rows\":1,\"failed\":[],\"more\":false}\n".formatted(other));
    assertThat(done("audit", "list", "--object", other).out()).contains("purge");
    assertThat(rows("lethe.archived_row")).isZero();
  }

  @Test
  void aPurgeKeepsToItsLimits() {
    for (String key : new String[] {"1", "3", "-4"}) {
      age(trashed("customer", key), 31);
    }
    Cli.Result first =
        done("purge", "--max-deletions", "1", "--max-time", "PT1M", "--rate", "1000");
    assertThat(first.out()).startsWith("purged: 1 deletion,");
    assertThat(first.err()).contains("more is due");
    assertThat(done("purge", "--max-rows", "1").out()).startsWith("purged: 1 deletion,");
    assertThat(done("purge").out()).startsWith("purged: 1 deletion,");
  }

  @Test
  void whatCannotBePurgedIsSetAsideAndSaysSo() {
    String poisoned = trashed("customer", "1");
    String good = trashed("customer", "3");
    age(poisoned, 32);
    age(good, 31);
    PostgresServer.execute(
        database,
        """
        create function lethe.refuse() returns trigger language plpgsql as
          $$ begin raise exception 'not this one'; end $$;
        create trigger refuse before delete on lethe.archived_row for each row
          when (old.deletion_id = '%s') execute function lethe.refuse();
        """
            .formatted(poisoned));
    Cli.Result result = cli.run("purge");
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.FINDINGS_OR_BLOCKED);
    assertThat(result.out())
        .startsWith("purged: 1 deletion,")
        .contains("set aside  " + poisoned.substring(0, 8), "not this one");
    assertThat(done("trash", "list").out()).contains("failed");
    assertThat(done("trash", "show", poisoned).out()).contains("not this one");
  }
}
