package org.lethe.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Keeps imports from bringing erased people back. */
@Command(
    name = "suppressed",
    description =
        "Read e-mail addresses from stdin, one per line, and print those of people who were erased."
            + " Exit 1 if there are any.",
    footer = {
      "  lethe suppressed < emails.txt",
      "  lethe suppressed --others < emails.txt > may-be-imported.txt"
    })
final class SuppressedCommand implements Callable<Integer> {

  private static final int BATCH = 5_000;

  private final LetheCommand lethe;

  @Option(names = "--others", description = "print the others instead, and exit 0")
  private boolean others;

  SuppressedCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    try (RequestSession session = RequestSession.look(lethe)) {
      boolean found = false;
      List<String> batch = new ArrayList<>();
      for (String line = lethe.terminal().readLine();
          line != null;
          line = lethe.terminal().readLine()) {
        if (!line.isBlank()) {
          batch.add(line.strip());
        }
        if (batch.size() == BATCH) {
          found |= print(session, batch);
          batch.clear();
        }
      }
      found |= print(session, batch);
      return found && !others ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
    }
  }

  private boolean print(RequestSession session, List<String> batch) {
    Set<String> suppressed =
        session.recorded() ? new HashSet<>(session.requests().suppressed(batch)) : Set.of();
    batch.stream().filter(a -> suppressed.contains(a) != others).forEach(lethe.terminal()::result);
    return !suppressed.isEmpty();
  }
}
