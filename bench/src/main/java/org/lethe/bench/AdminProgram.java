package org.lethe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.page.PageProcess;

/** Lethe's web admin with somebody in front of it. */
final class AdminProgram implements Program {

  private final Path launcher;
  private final Path folder;

  /**
   * It.
   *
   * @param launcher the {@code lethe} to start
   * @param folder where its files are put
   */
  AdminProgram(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  @Override
  public String name() {
    return "Lethe admin";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return workload == Workload.PAGE || workload == Workload.PAGE_ONE;
  }

  @Override
  public boolean warms() {
    return false;
  }

  @Override
  public List<String> command(Place place) {
    Path policy = folder.resolve("lethe.yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(policy, Databases.text("lethe.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new ArrayList<>(Program.java("64m"));
    command.addAll(
        List.of(
            PageProcess.class.getName(),
            launcher.toString(),
            place.plainUrl(),
            policy.toString(),
            place.users().toString(),
            folder.toString()));
    return command;
  }
}
