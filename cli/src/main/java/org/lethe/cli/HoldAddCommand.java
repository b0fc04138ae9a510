package org.lethe.cli;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.trash.By;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a deletion from being purged. */
@Command(
    name = "add",
    description = "Keep a deletion in the trash until a day, or until the hold is removed.",
    footer = {
      "  lethe hold add 1f0c3a2b --reason \"claim of ACME, file 77\"",
      "  lethe hold add 1f0c3a2b --reason \"tax audit\" --until 2027-12-31"
    })
@SuppressWarnings("NullAway.Init")
final class HoldAddCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(paramLabel = "ID", description = "of the deletion; its first 4 characters may do")
  private String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why it must stay")
  private String reason;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "the hold's last day, such as 2027-12-31; else until it is removed")
  private @Nullable String until;

  @Mixin private final ActorOption actor = new ActorOption();

  @Mixin private final FormatOption format = new FormatOption();

  HoldAddCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    ShortId.digits(id);
    if (reason.isBlank()) {
      throw new UsageException("--reason must say why it must stay");
    }
    actor.check();
    @Nullable Instant end = until == null ? null : Times.endOf("--until", until);
    TrashSession session = TrashSession.open(lethe);
    Deletion deletion = session.find(id);
    UUID hold =
        session.upToDate().trash().hold(deletion.id(), end, new By(actor.name(), reason.strip()));
    Terminal terminal = lethe.terminal();
    if (format.forPeople()) {
      terminal.result(
          "hold %s: %s stays in the trash until %s"
              .formatted(
                  ShortId.shortened(hold),
                  TrashText.what(deletion),
                  end == null ? "it is removed" : Times.lastDay(end)));
    } else {
      Hold placed = session.findHold(hold.toString());
      JsonText.print(TrashJson.hold(placed), format.chosen(), terminal);
    }
    return ExitCode.DONE;
  }
}
