package org.lethe.cli;

import java.util.UUID;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Command;

/** Approves what was collected. */
@Command(
    name = "approve",
    description =
        "Approve what was collected; somebody else than before where the policy wants a second person.",
    footer = {"  lethe requests approve 7"})
final class RequestsApproveCommand extends RequestStepCommand {

  RequestsApproveCommand(LetheCommand lethe) {
    super(lethe);
  }

  @Override
  Request take(Requests requests, UUID id, By by) {
    return requests.approve(id, by);
  }
}
