package org.lethe.cli;

import java.util.UUID;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Command;

/** Denies a request. */
@Command(
    name = "deny",
    description = "Deny the request, with a reason that the person is told.",
    footer = {"  lethe requests deny 7 --reason \"it is not theirs\""})
final class RequestsDenyCommand extends RequestStepCommand {

  RequestsDenyCommand(LetheCommand lethe) {
    super(lethe);
  }

  @Override
  Request take(Requests requests, UUID id, By by) {
    return requests.deny(id, by);
  }
}
