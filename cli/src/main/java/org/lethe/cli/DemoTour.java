package org.lethe.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to try in the demo, and what one should see. */
final class DemoTour {

  /**
   * @param exitCode what the command returns, for tests to hold against
   */
  record Stop(String command, int exitCode, String see) {}

  static final List<Stop> STOPS =
      List.of(
          new Stop("lethe doctor", 0, "Server, role, rights and policy: all is in place."),
          new Stop(
              "lethe check",
              1,
              "All is decided, but two foreign keys lack an index; the note is a guess."),
          new Stop(
              "lethe preview customer 2",
              0,
              "Counts first, then the tree: the account goes too, found by its e-mail address."),
          new Stop(
              "lethe preview customer 2 --why sign_in_attempt 1808",
              0,
              "Why a row is here: the path from the customer to it, over two e-mail addresses."),
          new Stop(
              "lethe preview customer 13",
              1,
              "Blocked twice: every blocker with its path, and exit code 1."),
          new Stop(
              "lethe preview employee 2 --format table",
              0,
              "One row goes; customers, colleagues and tickets merely lose the reference."),
          new Stop(
              "lethe preview newsletter_subscription --where \"confirmed_at is null\" --format table",
              0,
              "Roots by predicate."),
          new Stop(
              "lethe graph customer --depth 2 -o customer.svg",
              0,
              "A picture of what hangs on a customer, for the browser."),
          new Stop(
              "lethe plan customer 2 -o plan.json",
              0,
              "A plan to approve: what is in it is what runs, or nothing does."),
          new Stop("lethe apply plan.json --dry-run", 0, "The plan still holds."),
          new Stop(
              "lethe delete customer 2 --yes",
              0,
              "Gone, completely or not at all; without --yes it asks. It says how to undo it."),
          new Stop(
              "lethe apply plan.json --yes", 3, "Refused as stale: those rows are gone already."),
          new Stop("lethe trash list", 0, "What can come back, and for how long."),
          new Stop(
              "lethe audit list", 0, "Who did what; lethe audit verify sees that it is whole."),
          new Stop(
              "lethe rules list",
              0,
              "What goes by itself once it is old enough, and how many rows that are now."),
          new Stop(
              "lethe rules run unconfirmed-subscriptions deleted-todos --yes",
              0,
              "Run by hand; lethe serve runs them on their schedules, and the purge of the trash."));

  private final Terminal terminal;

  DemoTour(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * @param launcher how Lethe was started; null where nobody knows
   * @param admin where the web admin answers; null where there is none
   * @param staff whether the accounts of the demo are there
   */
  void print(
      String url, Path policy, @Nullable String launcher, @Nullable URI admin, boolean staff) {
    Paint paint = terminal.paint();
    terminal.result("");
    terminal.result(paint.bold("Lethe's demo") + " is running; Ctrl-C stops it, its data stays.");
    terminal.result("");
    if (admin != null) {
      terminal.result("In a browser: " + paint.bold(admin.toString()));
      if (staff) {
        terminal.result("");
        DemoStory.STAFF.forEach(s -> terminal.result("  %-5s %s".formatted(s.login(), s.told())));
        terminal.result("  Their password: " + DemoStory.PASSWORD);
      }
      terminal.result("");
    }
    terminal.result("In another terminal:");
    terminal.result("");
    terminal.result("  export LETHE_DB=" + url);
    terminal.result("  export LETHE_CONFIG=" + quoted(policy.toAbsolutePath().normalize()));
    if (launcher != null) {
      terminal.result("  alias lethe=" + quoted(Path.of(launcher)));
    }
    terminal.result("");
    terminal.result("A tour:");
    for (int i = 0; i < STOPS.size(); i++) {
      Stop stop = STOPS.get(i);
      terminal.result("");
      terminal.result("%3d. %s".formatted(i + 1, paint.bold(stop.command())));
      terminal.result("     " + stop.see());
    }
    terminal.result("");
  }

  /** For the shell, if it would take the path apart. */
  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[\\w./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
