package org.lethe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.data.Size;
import org.lethe.bench.peer.Said;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Runs peers, each on a fresh copy of the same data, and looks at what they left behind. Not
 * thread-safe.
 */
final class Runner {

  private final Databases databases;
  private final Path folder;
  private final Consumer<String> told;
  private final Expected expected;
  private final Traffic traffic;

  Runner(Databases databases, Path folder, Consumer<String> told) {
    this.databases = databases;
    this.folder = folder;
    this.told = told;
    this.expected = new Expected(databases, told);
    this.traffic = new Traffic(databases);
  }

  /** Runs a program once. */
  Measurement run(Program program, Case what, int run) {
    Workload workload = what.workload();
    Size size = what.size();
    Flavour flavour = what.flavour();
    fresh(workload, size, flavour, Databases.MEASURED);
    boolean warm = program.warms() && !workload.equals(Workload.CATALOG);
    if (warm) {
      fresh(workload, Size.TINY, flavour, Databases.WARM);
    }
    what.variation()
        .apply(new JdbcTemplate(databases.source(Databases.MEASURED)), Databases.MEASURED);
    Path users = written(workload.roots(size));
    Program.Place place =
        new Program.Place(
            workload,
            warm ? databases.url(Databases.WARM) : "",
            databases.url(Databases.MEASURED),
            databases.port(),
            users,
            folder.resolve("export.json"));
    List<String> command = program.command(place);
    OptionalDouble start = program.start();
    traffic.begin();
    Finished finished =
        Finished.run(command, program.environment(), users, folder.resolve("said.txt"));
    boolean ended = finished.code() == 0;
    Said said = new Said(ended ? program.heard(place, finished.lines()) : finished.lines());
    return new Measurement(
        what,
        program.name(),
        run,
        finished.wall(),
        said.figure("work_s").orElse(finished.wall() - start.orElse(0)),
        start.isPresent() ? start : said.figure("start_s"),
        said.figure("p50_ms"),
        said.figure("p95_ms"),
        traffic.statements(),
        traffic.wal(said.word("log_from")),
        said.figure("rss_mb").isPresent() ? said.figure("rss_mb") : finished.memory(),
        ended ? expected.verdict(workload, size, said) : failed(program, finished.lines()));
  }

  private void fresh(Workload workload, Size size, Flavour flavour, String to) {
    String template =
        switch (workload.data()) {
          case FORUM -> databases.forum(size, flavour);
          case EVENTS -> databases.events(size);
          case CATALOG -> databases.catalog();
        };
    databases.copy(template, to);
  }

  private Measurement.Verdict failed(Program program, List<String> lines) {
    told.accept(
        program.name()
            + " failed: "
            + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 15), lines.size())));
    return Measurement.Verdict.FAILED;
  }

  private Path written(List<Long> users) {
    Path file = folder.resolve("users.txt");
    try {
      Files.createDirectories(folder);
      Files.write(file, users.stream().map(String::valueOf).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
