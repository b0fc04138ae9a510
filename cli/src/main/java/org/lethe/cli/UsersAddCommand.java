package org.lethe.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.NewAccount;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an account. */
@Command(
    name = "add",
    description = "Make an account; its password is asked for, or read from stdin.",
    footer = {
      "  lethe users add ada --superuser --email ada@example.org",
      "  pass show lethe/ada | lethe users add ada --staff"
    })
@SuppressWarnings("NullAway.Init")
final class UsersAddCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "LOGIN", description = "what it signs in with")
  private String login;

  @Option(names = "--name", paramLabel = "TEXT", description = "of its person")
  private @Nullable String name;

  @Option(names = "--email", paramLabel = "ADDRESS", description = "of its person")
  private @Nullable String email;

  @Option(names = "--staff", description = "may sign in to Lethe, and do what it is permitted")
  private boolean staff;

  @Option(names = "--superuser", description = "may do everything")
  private boolean superuser;

  @Option(
      names = "--in",
      paramLabel = "DIRECTORY",
      defaultValue = AccountId.OWN,
      description = "lethe or app; default: ${DEFAULT-VALUE}")
  private String directory;

  @Mixin private final ActorOption actor = new ActorOption();

  UsersAddCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    if (login.isBlank()) {
      throw new UsageException("LOGIN is empty; give what the account signs in with");
    }
    AccountsSession session = AccountsSession.open(lethe);
    String password = PasswordInput.read(lethe.terminal(), "Password of " + OneLine.of(login));
    Account account =
        session
            .accounts()
            .directory(directory)
            .create(
                new NewAccount(
                    login.strip(),
                    name == null ? "" : name,
                    email,
                    password,
                    staff || superuser,
                    superuser),
                new By(actor.name(), null));
    lethe.terminal().result("made " + AccountsSession.name(account));
    return ExitCode.DONE;
  }
}
