package org.lethe.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import org.lethe.trash.LedgerSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Lists deletions. */
@Command(
    name = "list",
    description = "List what can come back, the latest first.",
    footer = {"  lethe trash list", "  lethe trash list --all --limit 200 --format json"})
final class TrashListCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(names = "--all", description = "also what was restored or purged")
  private boolean all;

  @Mixin private final LimitOption limit = new LimitOption();
  @Mixin private final FormatOption format = new FormatOption();

  TrashListCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    limit.check();
    Optional<TrashSession> session = TrashSession.look(lethe);
    List<Deletion> found =
        session
            .map(s -> s.trash().list(all ? null : Deletion.State.IN_TRASH, limit.oneMore()))
            .orElseGet(List::of);
    List<Deletion> shown = limit.cut(found, lethe.terminal());
    session.ifPresentOrElse(s -> print(s, shown), this::printNothing);
    session
        .filter(s -> LedgerSchema.isCurrent(s.database()))
        .ifPresent(
            s ->
                RulesSession.warnings(s.lethe().overdue())
                    .forEach(w -> lethe.terminal().note("warning: " + w.text())));
    return ExitCode.DONE;
  }

  private void printNothing() {
    if (format.chosen() == ReportFormat.JSON) {
      lethe.terminal().result("[ ]");
    }
    lethe.terminal().note(TrashSession.NOTHING_YET);
  }

  private void print(TrashSession session, List<Deletion> deletions) {
    Terminal terminal = lethe.terminal();
    Set<UUID> held =
        session.trash().holds().stream().map(Hold::deletion).collect(Collectors.toSet());
    if (!format.forPeople()) {
      TrashJson json = new TrashJson(session.catalog());
      List<ObjectNode> elements =
          deletions.stream().map(d -> json.deletion(d, held.contains(d.id()))).toList();
      JsonText.print(elements, format.chosen(), terminal);
    } else if (deletions.isEmpty()) {
      terminal.note("the trash is empty");
    } else {
      new TrashText(session.catalog(), terminal.paint(), terminal::result)
          .printList(deletions, held);
    }
  }
}
