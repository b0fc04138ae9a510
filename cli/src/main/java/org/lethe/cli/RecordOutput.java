package org.lethe.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.Decisions;
import org.lethe.subject.export.ProcessingRecord;

/** Writes the record of processing activities: a page, or JSON where nobody names a page. */
final class RecordOutput {

  private final Terminal terminal;
  private final ProcessingRecord record;

  RecordOutput(Terminal terminal, Decisions decisions) {
    this.terminal = terminal;
    this.record = new ProcessingRecord(decisions);
  }

  /** Exit 1 while the policy does not say all that the record should hold. */
  int write(@Nullable Path output, boolean force) {
    String json = JsonText.indented(record.json());
    if (output == null || output.toString().equals("-")) {
      terminal.result(json);
    } else if (output.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
      OutputFile.check(output, force);
      OutputFile.write(output, json + "\n");
    } else {
      OutputFile.writePrivately(
          output,
          force,
          out -> {
            record.html(out);
            return true;
          });
    }
    record.gaps().forEach(gap -> terminal.note("the policy does not say " + gap));
    return record.gaps().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS_OR_BLOCKED;
  }
}
