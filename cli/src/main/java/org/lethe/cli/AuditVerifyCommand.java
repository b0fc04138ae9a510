package org.lethe.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks whether the audit is as it was written. */
@Command(
    name = "verify",
    description =
        "See whether an entry of the audit was changed or taken out. Exit 1 if so, with what is"
            + " wrong.",
    footer = {"  lethe audit verify", "  lethe audit verify --format json"})
final class AuditVerifyCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final FormatOption format = new FormatOption();

  AuditVerifyCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    Terminal terminal = lethe.terminal();
    Optional<TrashSession> session = TrashSession.look(lethe);
    if (session.isEmpty()) {
      terminal.note(TrashSession.NOTHING_YET);
    }
    List<String> faults =
        session
            .map(s -> new Progress(terminal).during("verifying", () -> s.lethe().verifyAudit()))
            .orElseGet(List::of);
    @Nullable Entry last =
        session.flatMap(s -> s.lethe().audit(null, null, 1).stream().findFirst()).orElse(null);
    if (format.forPeople()) {
      print(faults, last);
    } else {
      JsonText.print(AuditJson.verified(faults, last), format.chosen(), terminal);
    }
    return faults.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS_OR_BLOCKED;
  }

  private void print(List<String> faults, @Nullable Entry last) {
    Terminal terminal = lethe.terminal();
    Paint paint = terminal.paint();
    faults.forEach(f -> terminal.result(paint.red("broken") + "  " + f));
    if (faults.isEmpty()) {
      // Entries are counted from 1 without gaps: that is what was just verified.
      long entries = last == null ? 0 : last.number();
      terminal.result(
          "%s: %s %s, chain unbroken"
              .formatted(
                  paint.green("ok"), Words.number(entries), entries == 1 ? "entry" : "entries"));
      if (last != null) {
        terminal.result("the last one's hash is " + last.hash());
      }
    }
  }
}
