package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.AccountQuery;
import org.lethe.account.Directory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists accounts. */
@Command(
    name = "list",
    description = "List accounts by login, Lethe's own first.",
    footer = {
      "  lethe users list --in lethe",
      "  lethe users list --text ada --deactivated --format json"
    })
final class UsersListCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(names = "--in", paramLabel = "DIRECTORY", description = "lethe or app; else both")
  private @Nullable String directory;

  @Option(names = "--text", paramLabel = "TEXT", description = "in login, name or address")
  private @Nullable String text;

  @Option(names = "--deactivated", description = "only those that are deactivated")
  private boolean deactivated;

  @Option(names = "--staff", description = "only those that may sign in to Lethe")
  private boolean staff;

  @Mixin private final LimitOption limit = new LimitOption();

  @Mixin private final FormatOption format = new FormatOption();

  UsersListCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    limit.check();
    AccountsSession session = AccountsSession.open(lethe);
    List<Directory> directories =
        directory == null
            ? session.accounts().directories()
            : List.of(session.accounts().directory(directory));
    AccountQuery query =
        AccountQuery.ALL.text(text).active(deactivated ? false : null).staff(staff ? true : null);
    List<Account> found = new ArrayList<>();
    for (Directory d : directories) {
      found.addAll(d.list(query.limit(limit.oneMore())).accounts());
    }
    Terminal terminal = lethe.terminal();
    List<Account> accounts = limit.cut(found, terminal);
    if (!format.forPeople()) {
      JsonText.print(
          accounts.stream().map(AccountsJson::account).toList(), format.chosen(), terminal);
    } else if (accounts.isEmpty()) {
      terminal.note("no accounts; lethe users add makes one");
    } else {
      table(accounts).lines().forEach(terminal::result);
    }
    return ExitCode.DONE;
  }

  private static TextTable table(List<Account> accounts) {
    TextTable table = new TextTable("llllll");
    table.row("account", "login", "name", "status", "rights", "last login");
    for (Account a : accounts) {
      table.row(
          a.id().text(),
          OneLine.of(a.login()),
          OneLine.of(a.name()),
          a.active() ? "active" : "deactivated",
          a.superuser() ? "superuser" : a.staff() ? "staff" : "",
          a.lastLogin() == null ? "" : Times.minutes(a.lastLogin()));
    }
    return table;
  }
}
