package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Request;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Does what was approved, or goes on with it. */
@Command(
    name = "run",
    description =
        "Do what was approved, or go on with it. Without a number: whatever has something to do now,"
            + " such as stores that did not answer and data whose time is over. Exit 1 if something"
            + " could not be done.",
    footer = {"  lethe requests run 7", "  lethe requests run --yes"})
final class RequestsRunCommand implements Callable<Integer> {

  private static final int MOST = 10_000;

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NUMBER", arity = "0..1", description = "of the request, or its id")
  private @Nullable String named;

  @Mixin private final Confirmation confirmation = new Confirmation();
  @Mixin private final ActorOption actor = new ActorOption();
  @Mixin private final FormatOption format = new FormatOption();

  RequestsRunCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    Terminal terminal = lethe.terminal();
    confirmation.refuseUnattended(terminal, "lethe requests list");
    By by = new By(actor.name(), null);
    try (RequestSession session = RequestSession.open(lethe)) {
      RequestsText text = new RequestsText(terminal);
      if (named == null) {
        List<Request> done = session.requests().runDue(MOST, by, r -> {});
        text.printList(done, format);
        return done.stream().mapToInt(RequestsText::exitCode).max().orElse(ExitCode.DONE);
      }
      Request before = session.find(named);
      confirmation.ask(
          terminal, "request " + before.number(), "What request " + before.number() + " does");
      Request after =
          new Progress(terminal)
              .during("request " + before.number(), () -> session.requests().run(before.id(), by));
      text.print(after, session.requests(), format);
      return RequestsText.exitCode(after);
    }
  }
}
