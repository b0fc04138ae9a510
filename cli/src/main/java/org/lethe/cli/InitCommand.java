package org.lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.lethe.Lethe;
import org.lethe.checklist.FirstPolicy;
import org.lethe.checklist.JdbcSampler;
import org.lethe.checklist.Sampler;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a first policy. */
@Command(
    name = "init",
    description = "Write a first policy from the database: a suggestion for everything undecided.",
    footer = {"  lethe init", "  lethe init -o - | less", "  lethe init --force"})
final class InitCommand implements Callable<Integer> {

  private static final Path STDOUT = Path.of("-");

  private final LetheCommand lethe;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to write it; default ${DEFAULT-VALUE}, - for stdout")
  private Path output = Path.of("lethe.yaml");

  @Option(names = "--force", description = "replace a file that is already there")
  private boolean force;

  @Option(names = "--no-sample", description = "go by names and types alone, read no values")
  private boolean noSample;

  InitCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    boolean toStdout = output.equals(STDOUT);
    if (!toStdout && !force && Files.exists(output)) {
      throw new UsageException(output + " is already there; add --force to replace it, or -o");
    }
    Terminal terminal = lethe.terminal();
    Database database = new Database(lethe.databaseUrl(), lethe.interruption());
    Catalog catalog = Lethe.readCatalog(database);
    if (catalog.tables().isEmpty()) {
      throw new UsageException("the database at " + database.url() + " has no tables yet");
    }
    String policy = new Progress(terminal).during("looking", () -> suggest(database, catalog));
    if (toStdout) {
      terminal.out().print(policy);
    } else {
      OutputFile.write(output, policy);
      writeSchema(terminal);
      terminal.note(
          "%s written: %d tables, %d relations. Read it, change what is wrong, then: lethe check"
              .formatted(output, tables(catalog), catalog.relations().size()));
    }
    return ExitCode.DONE;
  }

  /** A partitioned table is one table to people. */
  private static long tables(Catalog catalog) {
    return catalog.tables().values().stream().filter(t -> t.partitionRoot() == null).count();
  }

  /** The schema that the policy's first line names, for editors; a file that is not ours stays. */
  private void writeSchema(Terminal terminal) {
    Path beside = output.resolveSibling(PolicyReader.JSON_SCHEMA_FILE);
    try {
      if (Files.exists(beside) && !force && !Files.readString(beside).contains("Lethe policy")) {
        terminal.note(beside + " is already there and not from Lethe: left alone");
        return;
      }
    } catch (IOException e) {
      throw new UsageException(beside + " cannot be read", e);
    }
    OutputFile.write(beside, PolicyReader.jsonSchema());
  }

  private String suggest(Database database, Catalog catalog) {
    if (noSample) {
      return FirstPolicy.suggest(catalog, Sampler.NONE);
    }
    try (Connection connection = database.getConnection()) {
      return FirstPolicy.suggest(catalog, new JdbcSampler(connection, Dialect.of(catalog)));
    } catch (SQLException e) {
      throw new LetheException("the database cannot be sampled", e);
    }
  }
}
