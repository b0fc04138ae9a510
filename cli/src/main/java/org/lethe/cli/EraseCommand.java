package org.lethe.cli;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.Person;
import org.lethe.subject.erase.ErasurePlan;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases a person everywhere, in one go. */
@Command(
    name = "erase",
    description =
        "Erase a person, or many: here, in the trash and in every store of the policy. Shows what"
            + " would happen, asks for their name or number, and accounts for every place. Exit 1 if something could"
            + " not be done; lethe requests run goes on with it.",
    footer = {
      "  lethe erase customer luisg@embraer.com.br --dry-run",
      "  lethe erase customer customer_id=5 --reason \"asked for it at the desk, with a passport\"",
      "  lethe erase customer --where \"last_seen < now() - interval '3 years'\" --reason \"inactive\"",
      "  lethe erase customer - --reason \"closed by letter\" --yes < ids.txt"
    })
@SuppressWarnings("NullAway.Init")
final class EraseCommand implements Callable<Integer> {

  private static final int MATCHES = 20;

  private final LetheCommand lethe;

  @Parameters(index = "0", paramLabel = "SUBJECT", description = "which of the policy's subjects")
  private String subject;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "VALUE",
      description =
          "what identifies the person, or column=value; several for several people, - reads one per"
              + " line from stdin")
  private List<String> values = List.of();

  @Option(
      names = "--where",
      paramLabel = "PREDICATE",
      description =
          "people whose row satisfies this SQL predicate, which is asked again as each is erased")
  private @Nullable String where;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "how you know that they want it; kept with the request")
  private @Nullable String reason;

  @Option(names = "--dry-run", description = "show what would happen, and change nothing")
  private boolean dryRun;

  @Option(
      names = "--matches",
      description =
          "with --dry-run: show what redactions would take out of texts, twenty per column at most")
  private boolean matches;

  @Mixin private final Confirmation confirmation = new Confirmation();
  @Mixin private final ActorOption actor = new ActorOption();
  @Mixin private final FormatOption format = new FormatOption();

  EraseCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    Chosen chosen = Chosen.of(values, where);
    Terminal terminal = lethe.terminal();
    if (matches && (!dryRun || chosen.many())) {
      throw new UsageException("--matches goes with --dry-run, and one person");
    }
    if (!dryRun) {
      confirmation.refuseUnattended(terminal);
      if (reason == null || reason.isBlank()) {
        throw new UsageException("--reason must say how you know that the person wants this");
      }
    }
    try (RequestSession session =
        dryRun ? RequestSession.look(lethe) : RequestSession.open(lethe)) {
      if (chosen.many()) {
        return new EraseMany(lethe, session.pooled(), confirmation, format)
            .erase(subject, chosen, new By(actor.name(), reason), dryRun);
      }
      Person person = session.person(subject, values.get(0));
      return dryRun ? look(session, person) : erase(session, person);
    }
  }

  private int look(RequestSession session, Person person) {
    ErasurePlan plan =
        new Progress(lethe.terminal()).during("looking", () -> session.requests().preview(person));
    print(plan);
    if (matches) {
      new ErasureText(lethe.terminal()).printMatches(session.requests().matches(person, MATCHES));
    }
    return ExitCode.DONE;
  }

  private void print(ErasurePlan plan) {
    if (format.forPeople()) {
      new ErasureText(lethe.terminal()).print(plan);
    } else {
      RequestsText.print(plan, format, lethe.terminal());
    }
  }

  private int erase(RequestSession session, Person person) {
    Terminal terminal = lethe.terminal();
    Requests requests = session.requests();
    By by = new By(actor.name(), reason);
    if (!confirmation.given()) {
      print(requests.preview(person));
      confirmation.ask(terminal, person.label(), "Erasing this person everywhere");
    }
    Request opened = requests.open(Kind.ERASURE, person, Instant.now(), false, by);
    UUID id = opened.id();
    requests.verification().byStatement(id, by);
    Progress progress = new Progress(terminal);
    progress.during("collecting", () -> requests.collect(id, by));
    if (session.lethe().decisions().data().requests().secondPerson()) {
      new RequestsText(terminal).print(requests.find(id.toString()), requests, format);
      return ExitCode.DONE;
    }
    requests.approve(id, by);
    Request done = progress.during("erasing", () -> requests.run(id, by));
    new RequestsText(terminal).print(done, requests, format);
    return RequestsText.exitCode(done);
  }
}
