package org.lethe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lethe's command line, a process from its first to its last moment. What it needs to start is
 * measured before each run, by a command that does nothing.
 */
final class CliProgram implements Program {

  private static final String EVENTS =
      """
      version: 1
      rules:
        old: { table: events, where: "created_at < '2024-01-01Z'", every: P1D, action: delete }
      """;

  private final Path launcher;
  private final Path folder;

  /** Whether the launcher has had its chance to build what is not there yet. */
  private boolean built;

  private CliProgram(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  /**
   * It.
   *
   * @param launcher the {@code lethe} to start
   * @param folder where its files are put
   */
  static Program of(Path launcher, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("lethe.yaml"), Databases.text("lethe.yaml"));
      Files.writeString(folder.resolve("events.yaml"), EVENTS);
      Files.writeString(folder.resolve("nothing.txt"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CliProgram(launcher, folder);
  }

  @Override
  public String name() {
    return "Lethe CLI";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return switch (workload) {
      case W1, W2, W3, W4, W5 -> true;
      default -> false;
    };
  }

  @Override
  public boolean warms() {
    return false;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("LETHE_JAVA_OPTS", "-Xmx128m");
  }

  @Override
  public OptionalDouble start() {
    if (!built) {
      version();
      built = true;
    }
    return OptionalDouble.of(version());
  }

  private double version() {
    Finished version =
        Finished.run(
            List.of(launcher.toString(), "--version"),
            environment(),
            folder.resolve("nothing.txt"),
            folder.resolve("version.txt"));
    if (version.code() != 0) {
      throw new IllegalStateException(
          "%s --version ended with %d: %s".formatted(launcher, version.code(), version.lines()));
    }
    return version.wall();
  }

  @Override
  public List<String> command(Place place) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(
        switch (place.workload()) {
          case W1 -> List.of("preview", "users", "1", "--format", "json");
          case W2 -> List.of("delete", "users", "1", "--permanently", "--yes");
          case W3 -> List.of("delete", "users", "-", "--permanently", "--yes");
          case W4 ->
              List.of(
                  "export", "user", "id=1", "--format", "json", "--force", "-o", place.out() + "");
          case W5 -> List.of("rules", "run", "--yes");
          default -> throw new IllegalArgumentException(place.workload().name());
        });
    String policy = place.workload() == Workload.W5 ? "events.yaml" : "lethe.yaml";
    command.addAll(
        List.of(
            "--db", place.plainUrl(), "--config", folder.resolve(policy).toString(), "--quiet"));
    return command;
  }

  @Override
  public List<String> heard(Place place, List<String> lines) {
    return switch (place.workload()) {
      case W1 -> counted(lines);
      case W4 -> List.of("bench rows " + exported(place.out()));
      default -> List.of();
    };
  }

  private static List<String> counted(List<String> lines) {
    List<String> counts = new ArrayList<>();
    JsonNode preview = JsonMapper.shared().readTree(String.join("\n", lines));
    preview
        .path("deleted")
        .properties()
        .forEach(e -> counts.add("bench count %s %s".formatted(e.getKey(), e.getValue())));
    preview
        .path("updated")
        .properties()
        .forEach(
            e ->
                counts.add(
                    "bench count %s changed %s"
                        .formatted(e.getKey().replaceFirst("\\..*", ""), e.getValue())));
    return counts;
  }

  /** Rows in the document that it wrote. */
  private static long exported(Path file) {
    long rows = 0;
    for (JsonNode table : JsonMapper.shared().readTree(file.toFile()).path("tables")) {
      rows += table.path("rows").size();
    }
    return rows;
  }
}
