package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** Walks the demo's tour as it is printed: every command, in its order. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class DemoTourTest {

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path folder;

  @Test
  void everyStopReturnsWhatItPromises() throws Exception {
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    Plaza.load(database);
    Path policy = Files.writeString(folder.resolve("lethe.yaml"), Plaza.policyYaml());
    Cli cli = new Cli().db(ShopDatabase.url(database)).with("LETHE_CONFIG", policy.toString());
    List<String> outcomes = new ArrayList<>();
    for (DemoTour.Stop stop : DemoTour.STOPS) {
      Cli.Result result = cli.run(arguments(stop.command()));
      outcomes.add(stop.command() + "\n" + result.out() + result.err());
      assertThat(result.code()).as(outcomes.get(outcomes.size() - 1)).isEqualTo(stop.exitCode());
    }
    assertThat(outcomes.get(2)).contains("account ", "customer 2:");
    assertThat(outcomes.get(3)).contains("account 102", "account.email", "sign_in_attempt 1808");
    assertThat(outcomes.get(4)).contains("chargeback(payment_id, paid_on)");
    assertThat(outcomes.get(4)).contains("order(ship_customer_id, ship_address_no)");
  }

  /** Files go where the test may write. */
  private String[] arguments(String command) {
    List<String> words = new ArrayList<>();
    Matcher m = WORD.matcher(command.substring("lethe ".length()));
    while (m.find()) {
      String word = m.group(1) != null ? m.group(1) : m.group(2);
      words.add(word.matches(".*\\.(json|svg)") ? folder.resolve(word).toString() : word);
    }
    return words.toArray(String[]::new);
  }
}
