package org.lethe.cli;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;
import org.lethe.subject.RowHold;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a row from being erased. */
@Command(
    name = "hold",
    description =
        "Let no erasure touch a row, until a day or until the hold is lifted. An erasure goes on"
            + " with it by itself afterwards. Rows can be deleted all the same.",
    footer = {
      "  lethe requests hold invoice 11 --reason \"claim of ACME, file 77\"",
      "  lethe requests hold customer 5 --reason \"court order\" --until 2027-12-31"
    })
@SuppressWarnings("NullAway.Init")
final class RequestsHoldCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Parameters(index = "0", paramLabel = "TABLE", description = "schema.table where needed")
  private String table;

  @Parameters(index = "1", paramLabel = "KEY", description = "primary key (several columns: a,b)")
  private String key;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why it must stay as it is")
  private String reason;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "the hold's last day, such as 2027-12-31; else until it is lifted")
  private @Nullable String until;

  @Mixin private final ActorOption actor = new ActorOption();

  RequestsHoldCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    actor.check();
    @Nullable Instant end = until == null ? null : Times.endOf("--until", until);
    Session session = Session.open(lethe);
    TableId id = TableArgument.find(table, session.lethe().catalog());
    List<String> parts = KeyText.parse(key, id, session.lethe().catalog());
    if (session.lethe().row(id, parts).isEmpty()) {
      throw new UsageException("no such row: %s %s".formatted(table, OneLine.of(key)));
    }
    LedgerSchema.migrate(session.database());
    RowHold hold =
        session.lethe().rowHolds().place(id, parts, end, new By(actor.name(), reason.strip()));
    lethe
        .terminal()
        .result(
            "hold %s: no erasure touches %s %s until %s"
                .formatted(
                    ShortId.shortened(hold.id()),
                    session.lethe().catalog().displayName(id),
                    KeyText.write(parts),
                    end == null ? "it is lifted" : Times.lastDay(end)));
    return ExitCode.DONE;
  }
}
