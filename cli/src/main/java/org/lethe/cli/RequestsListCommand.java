package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists requests. */
@Command(
    name = "list",
    description = "List requests, the latest first, with the days that are left.",
    footer = {
      "  lethe requests list",
      "  lethe requests list --state partially_failed --format json"
    })
final class RequestsListCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(names = "--state", paramLabel = "STATE", description = "${COMPLETION-CANDIDATES}")
  private @Nullable State state;

  @Mixin private final LimitOption limit = new LimitOption();
  @Mixin private final FormatOption format = new FormatOption();

  RequestsListCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    limit.check();
    try (RequestSession session = RequestSession.look(lethe)) {
      List<Request> found =
          session.recorded() ? session.requests().list(state, limit.oneMore()) : List.of();
      new RequestsText(lethe.terminal()).printList(limit.cut(found, lethe.terminal()), format);
      return ExitCode.DONE;
    }
  }
}
