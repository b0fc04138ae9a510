package org.lethe.cli;

import java.util.UUID;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Command;

/** The person does not want it any more. */
@Command(
    name = "withdraw",
    description = "The person does not want it any more.",
    footer = {"  lethe requests withdraw 7"})
final class RequestsWithdrawCommand extends RequestStepCommand {

  RequestsWithdrawCommand(LetheCommand lethe) {
    super(lethe);
  }

  @Override
  Request take(Requests requests, UUID id, By by) {
    return requests.withdraw(id, by);
  }
}
