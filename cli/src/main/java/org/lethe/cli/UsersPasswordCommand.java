package org.lethe.cli;

import java.util.concurrent.Callable;
import org.lethe.account.Account;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sets a password. */
@Command(
    name = "password",
    description = "Set an account's password: asked for, or read from stdin.",
    footer = {"  lethe users password ada"})
@SuppressWarnings("NullAway.Init")
final class UsersPasswordCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "ACCOUNT", description = "login, address, or name such as app:17")
  private String who;

  @Mixin private final ActorOption actor = new ActorOption();

  UsersPasswordCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    AccountsSession session = AccountsSession.open(lethe);
    Account account = session.find(who);
    String name = AccountsSession.name(account);
    String password = PasswordInput.read(lethe.terminal(), "New password of " + name);
    session
        .accounts()
        .directory(account.id().directory())
        .setPassword(account.id().key(), password, new By(actor.name(), null));
    lethe.terminal().result("the password of " + name + " is set");
    return ExitCode.DONE;
  }
}
