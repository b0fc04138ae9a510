package org.lethe.cli;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes sure that a request comes from the person. */
@Command(
    name = "verify",
    description =
        "Make sure that the request comes from the person: say how you know, or make a word to mail"
            + " to them and enter the word they show.",
    footer = {
      "  lethe requests verify 7 --reason \"came to the desk with a passport\"",
      "  lethe requests verify 7 --new-word",
      "  lethe requests verify 7 --word Zm9vYmFy..."
    })
final class RequestsVerifyCommand extends RequestStepCommand {

  @Option(names = "--new-word", description = "make a word to mail to the person; good for a week")
  private boolean newWord;

  @Option(names = "--word", paramLabel = "WORD", description = "the word that the person shows")
  private @Nullable String word;

  RequestsVerifyCommand(LetheCommand lethe) {
    super(lethe);
  }

  @Override
  Request take(Requests requests, UUID id, By by) {
    if (newWord) {
      lethe().terminal().result(requests.verification().newWord(id, by));
      return requests.find(id.toString());
    }
    return word == null
        ? requests.verification().byStatement(id, by)
        : requests.verification().byWord(id, word);
  }
}
