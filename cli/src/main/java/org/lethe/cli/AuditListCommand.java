package org.lethe.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists entries of the audit. */
@Command(
    name = "list",
    description = "List what was done, the latest first.",
    footer = {
      "  lethe audit list",
      "  lethe audit list --actor ada --limit 200",
      "  lethe audit list --object 1f0c3a2b --format json"
    })
final class AuditListCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(names = "--actor", paramLabel = "NAME", description = "only what this one did")
  private @Nullable String actor;

  @Option(
      names = "--object",
      paramLabel = "ID",
      description =
          "only what was done to this; of the id of a deletion or hold its first 4 characters may do")
  private @Nullable String object;

  @Mixin private final LimitOption limit = new LimitOption();
  @Mixin private final FormatOption format = new FormatOption();

  AuditListCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    limit.check();
    Optional<TrashSession> session = TrashSession.look(lethe);
    List<Entry> found = session.map(this::entries).orElseGet(List::of);
    print(limit.cut(found, lethe.terminal()), session.isPresent());
    return ExitCode.DONE;
  }

  private List<Entry> entries(TrashSession session) {
    String whole = object == null ? null : session.wholeId(object);
    return session.lethe().audit(actor, whole, limit.oneMore());
  }

  private void print(List<Entry> entries, boolean begun) {
    Terminal terminal = lethe.terminal();
    if (!format.forPeople()) {
      JsonText.print(entries.stream().map(AuditJson::entry).toList(), format.chosen(), terminal);
    } else if (!begun) {
      terminal.note(TrashSession.NOTHING_YET);
    } else if (entries.isEmpty()) {
      terminal.note(
          actor == null && object == null ? "nothing was done yet" : "nothing of that was done");
    } else {
      new AuditText(terminal).print(entries);
    }
  }
}
