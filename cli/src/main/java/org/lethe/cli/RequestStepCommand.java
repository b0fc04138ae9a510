package org.lethe.cli;

import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a request one step further. */
@SuppressWarnings("NullAway.Init")
abstract class RequestStepCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NUMBER", description = "of the request, or its id")
  private String named;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why; kept with the request")
  private @Nullable String reason;

  @Mixin private final ActorOption actor = new ActorOption();
  @Mixin private final FormatOption format = new FormatOption();

  RequestStepCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  final LetheCommand lethe() {
    return lethe;
  }

  /** Takes the step; what else it finds worth saying goes to the terminal. */
  abstract Request take(Requests requests, UUID id, By by);

  @Override
  public final Integer call() {
    actor.check();
    try (RequestSession session = RequestSession.open(lethe)) {
      Request before = session.find(named);
      Request after =
          new Progress(lethe.terminal())
              .during(
                  "request " + before.number(),
                  () -> take(session.requests(), before.id(), new By(actor.name(), reason)));
      new RequestsText(lethe.terminal()).print(after, session.requests(), format);
      return RequestsText.exitCode(after);
    }
  }
}
