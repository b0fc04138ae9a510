package org.lethe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What people ask for about their data. */
@Command(
    name = "requests",
    description = "Requests of people, from their receipt to the proof of what was done.",
    footer = {
      "  lethe requests open erasure customer 5",
      "  lethe requests verify 1 --reason \"came to the desk with a passport\"",
      "  lethe requests collect 1",
      "  lethe requests approve 1",
      "  lethe requests run 1",
      "  lethe requests certificate 1 --output certificate.html",
      "  lethe requests download 2 -o archive.zip      of a request of access or portability"
    })
final class RequestsCommand extends CommandGroup {

  private RequestsCommand(LetheCommand lethe) {
    super(lethe);
  }

  static CommandLine line(LetheCommand lethe) {
    return new RequestsCommand(lethe)
        .with(
            new RequestsOpenCommand(lethe),
            new RequestsListCommand(lethe),
            new RequestsShowCommand(lethe),
            new RequestsVerifyCommand(lethe),
            new RequestsCollectCommand(lethe),
            new RequestsApproveCommand(lethe),
            new RequestsRunCommand(lethe),
            new RequestsDownloadCommand(lethe),
            new RequestsHoldCommand(lethe),
            new RequestsHoldsCommand(lethe),
            new RequestsLiftCommand(lethe),
            new RequestsExtendCommand(lethe),
            new RequestsDenyCommand(lethe),
            new RequestsWithdrawCommand(lethe),
            new RequestsCertificateCommand(lethe));
  }
}
