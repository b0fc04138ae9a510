package org.lethe.cli;

import java.util.List;

/** The commands, in the order in which help shows them. */
final class Commands {

  private Commands() {}

  static List<Object> all(LetheCommand lethe) {
    return List.of(
        new InitCommand(lethe),
        new CheckCommand(lethe),
        new GraphCommand(lethe),
        new PreviewCommand(lethe),
        new PlanCommand(lethe),
        new ApplyCommand(lethe),
        new DeleteCommand(lethe),
        TrashCommand.line(lethe),
        new RestoreCommand(lethe),
        HoldCommand.line(lethe),
        new HideCommand(lethe),
        new PurgeCommand(lethe),
        RulesCommand.line(lethe),
        new DeactivateCommand(lethe),
        new ReactivateCommand(lethe),
        new OffboardCommand(lethe),
        UsersCommand.line(lethe),
        new ServeCommand(lethe),
        new EraseCommand(lethe),
        RequestsCommand.line(lethe),
        new SuppressedCommand(lethe),
        new ReplayCommand(lethe),
        new ExportCommand(lethe),
        AuditCommand.line(lethe),
        new DoctorCommand(lethe),
        new DemoCommand(lethe),
        new CompletionCommand(lethe));
  }
}
