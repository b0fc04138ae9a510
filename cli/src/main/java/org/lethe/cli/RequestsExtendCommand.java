package org.lethe.cli;

import java.util.UUID;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Command;

/** Puts a deadline off. */
@Command(
    name = "extend",
    description = "Put the deadline off, once, with a reason that the person is told.",
    footer = {"  lethe requests extend 7 --reason \"many requests at once\""})
final class RequestsExtendCommand extends RequestStepCommand {

  RequestsExtendCommand(LetheCommand lethe) {
    super(lethe);
  }

  @Override
  Request take(Requests requests, UUID id, By by) {
    return requests.extend(id, by);
  }
}
