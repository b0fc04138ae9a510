package org.lethe.cli;

import java.util.UUID;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Command;

/** Looks what there is. */
@Command(
    name = "collect",
    description = "Look what there is of the person, here and in every store.",
    footer = {"  lethe requests collect 7"})
final class RequestsCollectCommand extends RequestStepCommand {

  RequestsCollectCommand(LetheCommand lethe) {
    super(lethe);
  }

  @Override
  Request take(Requests requests, UUID id, By by) {
    new ErasureText(lethe().terminal()).print(requests.collect(id, by));
    return requests.find(id.toString());
  }
}
