package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.subject.RowHold;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends what keeps a row from being erased. */
@Command(
    name = "lift",
    description =
        "End a hold on a row, or a restriction of processing. Erasures that had to leave the row go"
            + " on with it.",
    footer = {"  lethe requests lift 9d0e4c11 --reason \"settled out of court\""})
@SuppressWarnings("NullAway.Init")
final class RequestsLiftCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(
      paramLabel = "HOLD",
      description = "its id, as lethe requests holds shows it; the first 4 characters may do")
  private String id;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why; kept in the audit")
  private @Nullable String reason;

  @Mixin private final ActorOption actor = new ActorOption();

  RequestsLiftCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    String digits = ShortId.digits(id);
    Session session = Session.open(lethe);
    List<RowHold> found =
        holds(session).stream().filter(h -> ShortId.starts(h.id(), digits)).toList();
    if (found.isEmpty()) {
      throw new UsageException(
          "no hold " + id + " is in force; lethe requests holds shows their ids");
    }
    RowHold hold = ShortId.only(found, id, "holds");
    session.lethe().rowHolds().lift(hold.id(), new By(actor.name(), reason));
    lethe.terminal().result("hold %s lifted".formatted(ShortId.shortened(hold.id())));
    return ExitCode.DONE;
  }

  /** Those in force; Lethe's own tables are not made to look. */
  static List<RowHold> holds(Session session) {
    if (!LedgerSchema.exists(session.database())) {
      return List.of();
    }
    LedgerSchema.migrate(session.database());
    return session.lethe().rowHolds().list();
  }
}
