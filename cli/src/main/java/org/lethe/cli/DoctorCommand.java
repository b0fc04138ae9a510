package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says whether everything is in place. */
@Command(
    name = "doctor",
    description =
        "See whether Lethe can do its work here: server, role, rights, policy. Exit 1 on fail.",
    footer = {"  lethe doctor", "  lethe doctor --db postgresql://app@localhost/shop"})
final class DoctorCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  DoctorCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    Database database = new Database(lethe.databaseUrl(), lethe.interruption());
    List<Doctor.Finding> findings = new Doctor(database, () -> Session.readPolicy(lethe)).examine();
    Terminal terminal = lethe.terminal();
    TextTable table = new TextTable("lll");
    findings.forEach(f -> table.row(f.level().toString(), f.subject(), f.text()));
    List<String> lines = table.lines();
    for (int i = 0; i < lines.size(); i++) {
      terminal.result(painted(lines.get(i), findings.get(i).level(), terminal.paint()));
    }
    boolean failed = findings.stream().anyMatch(f -> f.level() == Doctor.Level.FAIL);
    return failed ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  private static String painted(String line, Doctor.Level level, Paint paint) {
    String word = level.toString();
    String colored =
        switch (level) {
          case OK -> paint.green(word);
          case WARN -> paint.yellow(word);
          case FAIL -> paint.red(word);
        };
    return colored + line.substring(word.length());
  }
}
