package org.lethe.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lethe.Lethe;
import org.lethe.checklist.Checklist;
import org.lethe.checklist.Finding;
import org.lethe.checklist.FindingsJson;
import org.lethe.checklist.FindingsText;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What nobody decided yet. */
@Command(
    name = "check",
    description =
        "Find what nobody decided yet, faults of the policy, missing indexes. Exit 1 on findings;"
            + " notes alone do not count.",
    footer = {"  lethe check", "  lethe check --format json"})
final class CheckCommand implements Callable<Integer> {

  /** How findings are printed. */
  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final LetheCommand lethe;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private Format format = Format.TEXT;

  CheckCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    DatabaseUrl url = lethe.databaseUrl();
    List<Finding> findings;
    try {
      Policy policy = Session.readPolicyOrNone(lethe);
      findings = Checklist.run(policy, Lethe.readCatalog(new Database(url, lethe.interruption())));
    } catch (PolicyException e) {
      // A policy that cannot be read says nothing about the database; its faults come first.
      findings = Checklist.faults(e.source(), e);
    }
    String text =
        switch (format) {
          case TEXT -> FindingsText.render(findings);
          case JSON -> FindingsJson.render(findings);
        };
    lethe.terminal().result(text.stripTrailing());
    return findings.stream().anyMatch(Finding::fails)
        ? ExitCode.FINDINGS_OR_BLOCKED
        : ExitCode.DONE;
  }
}
