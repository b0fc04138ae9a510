package org.lethe.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one request. */
@Command(
    name = "show",
    description = "Show a request: how it came here, and what became of the data in each place.",
    footer = {"  lethe requests show 7"})
@SuppressWarnings("NullAway.Init")
final class RequestsShowCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "NUMBER", description = "of the request, or its id")
  private String named;

  @Mixin private final FormatOption format = new FormatOption();

  RequestsShowCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    try (RequestSession session = RequestSession.look(lethe)) {
      RequestsText text = new RequestsText(lethe.terminal());
      var request = session.find(named);
      text.print(request, session.requests(), format);
      if (format.forPeople()) {
        text.printSteps(session.requests().steps(request.id()));
      }
      return ExitCode.DONE;
    }
  }
}
