package org.lethe.cli;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.mail.Mailer;
import org.lethe.subject.request.Mailed;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.subject.request.Verification;
import org.lethe.trash.By;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes sure that a request comes from the person. */
@Command(
    name = "verify",
    description =
        "Make sure that the request comes from the person: say how you know, or have a word mailed to"
            + " them, or make one to mail yourself, and enter the word they show.",
    footer = {
      "  lethe requests verify 7 --reason \"came to the desk with a passport\"",
      "  lethe requests verify 7 --mail",
      "  lethe requests verify 7 --new-word",
      "  lethe requests verify 7 --word Zm9vYmFy..."
    })
final class RequestsVerifyCommand extends RequestStepCommand {

  /** By a word; without any of these somebody says how they know. */
  private static final class ByWord {

    @Option(
        names = "--mail",
        description =
            "mail a word to the person, as the policy's requests.mail says; good for a week")
    private boolean mail;

    @Option(
        names = "--new-word",
        description = "make a word to mail to the person; good for a week")
    private boolean newWord;

    @Option(names = "--word", paramLabel = "WORD", description = "the word that the person shows")
    private @Nullable String word;
  }

  @ArgGroup private @Nullable ByWord byWord;

  RequestsVerifyCommand(LetheCommand lethe) {
    super(lethe);
  }

  @Override
  Request take(Requests requests, UUID id, By by) {
    Verification verification = requests.verification();
    if (byWord == null) {
      return verification.byStatement(id, by);
    }
    if (byWord.mail) {
      say(verification.mailWord(id, by, new Mailer(lethe().environment()::get)));
    } else if (byWord.newWord) {
      lethe().terminal().result(verification.newWord(id, by));
    } else {
      return verification.byWord(id, Objects.requireNonNull(byWord.word));
    }
    return requests.find(id.toString());
  }

  private void say(Mailed mailed) {
    lethe()
        .terminal()
        .note(
            "mailed a word to %s, good until %s%s"
                .formatted(
                    addresses(mailed.addresses()),
                    Times.minutes(mailed.until()),
                    mailed.refused() == 0
                        ? ""
                        : "; " + addresses(mailed.refused()) + " did not take it"));
  }

  private static String addresses(int n) {
    return n == 1 ? "1 address" : n + " addresses";
  }
}
