package org.lethe.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.checklist.Baseline;
import org.lethe.checklist.CheckResult;
import org.lethe.checklist.Checklist;
import org.lethe.checklist.Code;
import org.lethe.checklist.Finding;
import org.lethe.checklist.JdbcSampler;
import org.lethe.checklist.Sampler;
import org.lethe.dialect.Dialect;
import org.lethe.error.LetheException;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyException;
import org.lethe.schema.Catalog;
import org.lethe.store.Store;
import org.lethe.store.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What nobody decided yet. */
@Command(
    name = "check",
    description =
        "Find what nobody decided yet, faults of the policy, missing indexes. Exit 1 on findings;"
            + " notes alone do not count.",
    footer = {
      "  lethe check",
      "  lethe check --write-baseline lethe-baseline.json",
      "  lethe check --baseline lethe-baseline.json --format sarif > lethe.sarif"
    })
final class CheckCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private CheckFormat format = CheckFormat.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "what counts: ${COMPLETION-CANDIDATES} and worse; default ${DEFAULT-VALUE}")
  private FailOn failOn = FailOn.WARNING;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "findings in this file are known: they neither count nor are shown")
  private @Nullable Path baseline;

  @Option(
      names = "--write-baseline",
      paramLabel = "FILE",
      description = "write the findings there are to this file, and exit 0")
  private @Nullable Path writeBaseline;

  @Option(names = "--no-sample", description = "go by names and types alone, read no values")
  private boolean noSample;

  @Option(names = "--no-stores", description = "leave out the policy's stores")
  private boolean noStores;

  CheckCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    DatabaseUrl url = lethe.databaseUrl();
    Baseline known = baseline == null ? null : read(baseline);
    List<Finding> findings;
    try {
      Policy policy = Session.readPolicyOrNone(lethe);
      Database database = new Database(url, lethe.interruption());
      findings = new Progress(lethe.terminal()).during("looking", () -> look(policy, database));
    } catch (PolicyException e) {
      // A policy that cannot be read says nothing about the database; its faults come first.
      findings = Checklist.faults(e.source(), e);
    }
    // Faults of the policy are never excused, and hide what else there is.
    boolean faults = findings.stream().anyMatch(f -> f.code() == Code.POLICY_FAULT);
    if (writeBaseline != null && !faults) {
      return write(writeBaseline, findings);
    }
    CheckResult result =
        known == null
            ? CheckResult.of(findings, failOn.severity())
            : known.apply(findings, failOn.severity());
    lethe.terminal().result(format.render(result).stripTrailing());
    return result.fails() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  private static Baseline read(Path file) {
    return Baseline.read(file.toString(), Session.readText(file, "baseline"));
  }

  private int write(Path file, List<Finding> findings) {
    Baseline written = Baseline.of(findings);
    OutputFile.write(file, written.json());
    lethe
        .terminal()
        .note(
            "%s written: %d findings. From now on: lethe check --baseline %1$s"
                .formatted(file, written.size()));
    return ExitCode.DONE;
  }

  private List<Finding> look(Policy policy, Database database) {
    Catalog catalog = Lethe.readCatalog(database);
    try (Stores stores = Stores.open(noStores ? List.of() : policy.stores(), lethe::environment)) {
      return look(policy, database, catalog, stores.all());
    }
  }

  private List<Finding> look(
      Policy policy, Database database, Catalog catalog, List<Store> stores) {
    if (noSample) {
      return Checklist.run(policy, catalog, Sampler.NONE, stores);
    }
    try (Connection connection = database.getConnection()) {
      Sampler sampler = new JdbcSampler(connection, Dialect.of(catalog));
      return Checklist.run(policy, catalog, sampler, stores);
    } catch (SQLException e) {
      throw new LetheException("the database cannot be sampled", e);
    }
  }
}
