package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.policy.PolicyException;
import org.lethe.policy.PolicyFinding;

/** Faults of a policy: one line each, with their place and what to write instead. */
@SuppressWarnings("NullAway") // JUnit sets the fields
class PolicyFaultsTest {

  @TempDir private Path folder;

  @Test
  void aLineEach() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new BufferedReader(Reader.nullReader()),
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Set.of(),
            true);
    int code =
        new Failures(terminal, Map.of(), new Interruption())
            .report(
                new PolicyException(
                    "lethe.yaml",
                    List.of(
                        new PolicyFinding(7, 3, "links[0]", "is empty", null),
                        new PolicyFinding(0, 0, "", "is\nnothing", null),
                        new PolicyFinding(2, 5, "relations.a.b", "no column b", "write c"))));
    assertThat(code).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            lethe.yaml: is nothing
            lethe.yaml:2:5: relations.a.b: no column b; fix: write c
            lethe.yaml:7:3: links[0]: is empty
            """);
  }

  @Test
  void aFileThatIsNoPolicyStopsBeforeAnythingConnects() throws Exception {
    Path file = Files.writeString(folder.resolve("broken.yaml"), "tables: [\n");
    Cli.Result result =
        new Cli()
            .db("postgresql://127.0.0.1:1/nobody-listens")
            .run("preview", "customer", "1", "--config", file.toString());
    assertThat(result.code()).isEqualTo(ExitCode.USAGE_OR_ERROR);
    assertThat(result.errorLines()).isNotEmpty().allMatch(l -> l.startsWith(file + ":"));
  }
}
