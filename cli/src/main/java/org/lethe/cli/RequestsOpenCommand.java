package org.lethe.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.Person;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Request;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a request up. */
@Command(
    name = "open",
    description = "Take up what a person asks for: access, portability, erasure or restriction.",
    footer = {
      "  lethe requests open erasure customer luisg@embraer.com.br",
      "  lethe requests open access customer 5 --received 2026-11-02"
    })
@SuppressWarnings("NullAway.Init")
final class RequestsOpenCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
  private Kind kind;

  @Parameters(index = "1", paramLabel = "SUBJECT", description = "which of the policy's subjects")
  private String subject;

  @Parameters(
      index = "2",
      paramLabel = "VALUE",
      description = "what identifies the person, or column=value")
  private String value;

  @Option(names = "--received", paramLabel = "DATE", description = "when it came in; default: now")
  private @Nullable String received;

  @Option(names = "--again", description = "even if the same is asked for already")
  private boolean again;

  @Option(names = "--reason", paramLabel = "TEXT", description = "a remark; kept with the request")
  private @Nullable String reason;

  @Mixin private final ActorOption actor = new ActorOption();
  @Mixin private final FormatOption format = new FormatOption();

  RequestsOpenCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    Instant at = received == null ? Instant.now() : day(received);
    try (RequestSession session = RequestSession.open(lethe)) {
      Person person = session.person(subject, value);
      Request request =
          session.requests().open(kind, person, at, again, new By(actor.name(), reason));
      new RequestsText(lethe.terminal()).print(request, session.requests(), format);
      return ExitCode.DONE;
    }
  }

  private static Instant day(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new UsageException("--received is a date such as 2026-11-02, not " + text, e);
    }
  }
}
