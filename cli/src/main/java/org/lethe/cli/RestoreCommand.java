package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.lethe.trash.By;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.RestoreException;
import org.lethe.trash.RestoreReport;
import org.lethe.trash.Trash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings back exactly what one deletion took. */
@Command(
    name = "restore",
    description =
        "Bring back exactly what one deletion took. Exit 1 if something is in the way; then nothing"
            + " is changed.",
    footer = {
      "  lethe restore 1f0c3a2b",
      "  lethe restore 1f0c3a2b --dry-run",
      "  lethe restore 1f0c3a2b --with-parents",
      "  lethe restore 1f0c3a2b --yes --format json"
    })
@SuppressWarnings("NullAway.Init")
final class RestoreCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "ID", description = "of the deletion; its first 4 characters may do")
  private String id;

  @Mixin private final Confirmation confirmation = new Confirmation();
  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = "--with-parents",
      description = "restore first what else is in the trash and this refers to; all or nothing")
  private boolean withParents;

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would come back, change nothing")
  private boolean dryRun;

  RestoreCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    ShortId.digits(id);
    actor.check();
    Terminal terminal = lethe.terminal();
    if (!dryRun) {
      confirmation.refuseUnattended(terminal);
    }
    TrashSession session = TrashSession.open(lethe);
    Deletion deletion = session.find(id);
    RestoreText text = new RestoreText(session, format.chosen(), terminal);
    if (!dryRun && confirmation.given()) {
      return restore(session, deletion, withParents, text);
    }
    Comeback comeback =
        new Progress(terminal).during("looking", () -> Comeback.of(session.trash(), deletion.id()));
    if (dryRun) {
      return rehearse(comeback, text);
    }
    if (!comeback.obstacles().isEmpty()) {
      return refused(deletion, comeback.asked().conflicts(), comeback.obstacles(), text);
    }
    text.ask(comeback, confirmation);
    return restore(session, deletion, !comeback.needed().isEmpty(), text);
  }

  private int rehearse(Comeback comeback, RestoreText text) {
    boolean blocked = withParents ? !comeback.obstacles().isEmpty() : comeback.asked().blocked();
    text.printRehearsal(withParents ? comeback.all() : List.of(comeback.asked()));
    lethe.terminal().note("dry run: nothing was changed");
    return blocked ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  private int restore(TrashSession session, Deletion deletion, boolean together, RestoreText text) {
    By by = new By(actor.name(), null);
    Trash trash = session.upToDate().trash();
    List<RestoreReport> reports;
    try {
      reports =
          new Progress(lethe.terminal())
              .during(
                  "restoring",
                  () ->
                      together
                          ? trash.restoreWithParents(deletion.id(), by)
                          : List.of(trash.restore(deletion.id(), by)));
    } catch (RestoreException e) {
      if (e.conflicts().isEmpty()) {
        throw e;
      }
      return refused(deletion, e.conflicts(), List.of(), text);
    }
    text.printRestored(reports);
    return ExitCode.DONE;
  }

  private static int refused(
      Deletion deletion, List<Conflict> conflicts, List<Conflict> others, RestoreText text) {
    List<Conflict> all = Stream.concat(conflicts.stream(), others.stream()).distinct().toList();
    text.printRefused(deletion, all);
    return ExitCode.FINDINGS_OR_BLOCKED;
  }
}
