package org.lethe.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.trash.HideScript;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the SQL that hides marked rows from the application. */
@Command(
    name = "hide",
    description =
        "Write SQL that hides rows marked as deleted (strategy: flag) from the application's role.",
    footer = {
      "  lethe hide --role app                    row-level security; read it, then run it",
      "  lethe hide --role app -o hide.sql",
      "  lethe hide --role app --views live       views of the same names in a schema instead",
      "  lethe hide --undo                        takes the row-level security back"
    })
final class HideCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "the role that the application connects as")
  private @Nullable String role;

  @Option(
      names = "--views",
      paramLabel = "SCHEMA",
      description = "by views in this schema, not by row-level security")
  private @Nullable String views;

  @Option(names = "--undo", description = "write what takes the row-level security back")
  private boolean undo;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write it here")
  private @Nullable Path output;

  HideCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    if (undo && views != null) {
      throw new UsageException(
          "views are undone by dropping their schema: drop schema ... cascade");
    }
    if (!undo && (role == null || role.isBlank())) {
      throw new UsageException("hide from whom? Name the application's role: --role NAME");
    }
    Session session = Session.open(lethe);
    HideScript script =
        new HideScript(session.lethe().decisions(), Dialect.of(session.lethe().catalog()));
    if (script.tables().isEmpty()) {
      throw new UsageException(
          "no table of the policy has strategy: flag, so no row is only marked; there is nothing"
              + " to hide");
    }
    String sql = sql(script);
    if (output == null) {
      lethe.terminal().result(sql.stripTrailing());
    } else {
      OutputFile.write(output, sql);
      lethe.terminal().note(output + " written. Read it, then run it as the owner of the tables");
    }
    return ExitCode.DONE;
  }

  private String sql(HideScript script) {
    if (role == null || undo) {
      return script.undoPolicies();
    }
    return views == null ? script.policies(role) : script.views(role, views);
  }
}
