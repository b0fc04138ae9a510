package org.lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.data.Size;
import org.lethe.bench.report.Comparison;
import org.lethe.bench.report.GrowthPlot;
import org.lethe.bench.report.Raw;
import org.lethe.bench.report.Results;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures Lethe beside others and prints a table for each workload. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Measures Lethe beside other ways to do the same, on the same data.",
    footer = {
      "",
      "bench/README.md says what is measured and how to read the tables. Ends with 1 if a peer failed or did",
      "something else than the others."
    })
public final class Bench implements Callable<Integer> {

  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "S",
      description = "XS (100,000 rows), S (1 million), M (3), L (10), or how many users")
  private List<String> sizes = List.of();

  @Option(
      names = "--workloads",
      split = ",",
      description = "some of ${COMPLETION-CANDIDATES}; all where none are named")
  private List<Workload> workloads = List.of();

  @Option(
      names = "--references",
      split = ",",
      description = "some of ${COMPLETION-CANDIDATES}; all where none are named")
  private List<Flavour> flavours = List.of();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      description = "as in the table; all where none are named")
  private List<String> peers = List.of();

  @Option(names = "--runs", defaultValue = "3", description = "of each, of which the median counts")
  private int runs;

  @Option(
      names = {"--variation", "--variations"},
      split = ",",
      description = "what else is not as it should be: ${COMPLETION-CANDIDATES}")
  private List<Variation> variations = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "the tables as Markdown, too, in place of what such a file has between <!-- figures --> and <!-- end of figures -->; the single runs beside it as .tsv")
  private @Nullable Path out;

  @Option(
      names = "--growth",
      paramLabel = "FILE",
      description = "a picture of how cost grows with the sizes, as SVG")
  private @Nullable Path growth;

  @Option(
      names = "--against",
      paramLabel = "FOLDER",
      description = "another build's bench/target/app, whose Lethe runs in turns with this one's")
  private @Nullable Path against;

  @Option(
      names = "--data",
      required = true,
      description = "where the server keeps its data from one run to the next")
  private Path data = Path.of("");

  @Option(
      names = "--home",
      required = true,
      description = "where Lethe's sources and its launcher are")
  private Path home = Path.of("");

  /** What two builds are compared by where nothing is said: what takes them a moment each. */
  private static final List<Workload> COMPARED =
      List.of(
          Workload.W1,
          Workload.W2,
          Workload.W3,
          Workload.W4,
          Workload.W5,
          Workload.ONE,
          Workload.TRASH,
          Workload.RESTORE);

  private Bench() {}

  /** Ends with 1 if a peer failed or did something else than the others. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOverwrittenOptionsAllowed(true)
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  if (e instanceof IllegalArgumentException) {
                    tell(String.valueOf(e.getMessage()));
                    return CommandLine.ExitCode.USAGE;
                  }
                  throw e;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (against != null) {
      workloads = workloads.isEmpty() ? COMPARED : workloads;
      peers = peers.isEmpty() ? List.of(Programs.LETHE) : peers;
    }
    Programs programs =
        Programs.find(home, data.resolve("work"), Optional.ofNullable(against), peers, Bench::tell);
    Plan plan =
        Plan.of(sizes.stream().map(Size::of).toList(), workloads, flavours, variations, runs);
    List<Measurement> measured = new ArrayList<>();
    String machine;
    try (Databases databases = Databases.in(data.resolve("postgresql"), Bench::tell)) {
      machine = Machine.line(databases, home);
      Runner runner = new Runner(databases, data.resolve("work"), Bench::tell);
      plan.run(
          runner,
          programs,
          m -> {
            measured.add(m);
            tell(m.toString());
          });
    }
    report(machine, programs, measured);
    return measured.stream().allMatch(m -> m.verdict().right()) ? 0 : 1;
  }

  private void report(String machine, Programs programs, List<Measurement> measured)
      throws IOException {
    Results results = new Results();
    measured.forEach(results::add);
    StringBuilder text = new StringBuilder(machine + "\n");
    programs.missing().forEach(missing -> text.append("\nLeft out: ").append(missing).append('\n'));
    text.append(results.tables());
    if (against != null) {
      Comparison comparison = new Comparison(Programs.BEFORE, Programs.LETHE);
      measured.forEach(comparison::add);
      text.append("\n### Before and after\n\n").append(comparison.table());
    }
    System.out.print(text);
    if (out != null) {
      written(out, Inserted.into(out, text.toString()));
      String name = String.valueOf(out.getFileName()).replaceFirst("\\.md$", "") + ".tsv";
      written(out.resolveSibling(name), String.join("\n", Raw.lines(measured)) + "\n");
    }
    if (growth != null) {
      written(growth, GrowthPlot.svg(measured));
    }
  }

  private static void written(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text);
  }

  private static void tell(String line) {
    System.err.println(line);
  }
}
