package org.lethe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;

/** Django's deletion collector, where there is a Python that has Django. */
final class DjangoProgram implements Program {

  /** A distribution's own first: others seldom have the packages. */
  private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

  private final String python;
  private final Path folder;

  private DjangoProgram(String python, Path folder) {
    this.python = python;
    this.folder = folder;
  }

  /**
   * It; empty where there is no Django.
   *
   * @param work where its files are put
   */
  static Optional<Program> in(Path work) {
    return PYTHONS.stream()
        .filter(DjangoProgram::hasDjango)
        .findFirst()
        .map(python -> new DjangoProgram(python, unpacked(work.resolve("django"))));
  }

  private static boolean hasDjango(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", "import django, psycopg2")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path unpacked(Path folder) {
    try {
      Path app = Files.createDirectories(folder.resolve("forum"));
      Files.writeString(app.resolve("__init__.py"), "");
      Files.writeString(app.resolve("models.py"), Databases.text("django/models.py"));
      Files.writeString(folder.resolve("work.py"), Databases.text("django/work.py"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "Django";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    // Its own references never cascade.
    return flavour == Flavour.NO_ACTION
        && switch (workload) {
          case W1, W2, W3, W4, ONE -> true;
          default -> false;
        };
  }

  @Override
  public boolean warms() {
    return false;
  }

  @Override
  public List<String> command(Place place) {
    return List.of(
        python,
        folder.resolve("work.py").toString(),
        place.workload().name(),
        Integer.toString(place.port()),
        Databases.MEASURED,
        place.users().toString(),
        place.out().toString());
  }
}
