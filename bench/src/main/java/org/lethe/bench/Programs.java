package org.lethe.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.lethe.bench.peer.Peer;
import org.lethe.bench.peer.Peers;

/**
 * All peers that there are on this machine.
 *
 * @param missing sentences on those that are not
 */
record Programs(List<Program> all, List<String> missing) {

  /** Lethe as a library. */
  static final String LETHE = "Lethe";

  /** The same of another build. */
  static final String BEFORE = "Lethe before";

  /**
   * Finds them.
   *
   * @param home where Lethe's launcher is
   * @param work folder for what they need
   * @param against folder with the classes of another build
   * @param wanted names; none for all
   * @throws IllegalArgumentException if nobody has such a name
   */
  static Programs find(
      Path home, Path work, Optional<Path> against, List<String> wanted, Consumer<String> told) {
    List<Program> all = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Peer peer : Peers.all()) {
      all.add(Program.of(peer));
      if (peer.name().equals(LETHE)) {
        against.map(app -> Program.of(peer, BEFORE, classes(app))).ifPresent(all::add);
      }
    }
    Path launcher = home.resolve("lethe");
    if (Files.isExecutable(launcher)) {
      all.add(CliProgram.of(launcher, work.resolve("cli")));
      all.add(new AdminProgram(launcher, work.resolve("admin")));
    } else {
      missing.add("the command line and the admin; there is no " + launcher);
    }
    DjangoProgram.in(work)
        .ifPresentOrElse(
            all::add,
            () -> missing.add("Django; no Python here has the packages django and psycopg2"));
    refuseUnknown(all, wanted);
    all.removeIf(p -> !wanted.isEmpty() && !wanted.contains(p.name()) && !p.name().equals(BEFORE));
    missing.forEach(m -> told.accept("left out: " + m));
    return new Programs(all, missing);
  }

  private static void refuseUnknown(List<Program> all, List<String> wanted) {
    Set<String> unknown = new TreeSet<>(wanted);
    all.forEach(p -> unknown.remove(p.name()));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no such peers: %s; there are %s"
              .formatted(unknown, all.stream().map(Program::name).toList()));
    }
  }

  private static String classes(Path app) {
    Path jar = app.resolve("lethe-bench.jar");
    if (!Files.isRegularFile(jar)) {
      throw new UncheckedIOException(
          new IOException(
              "%s is not there: build it with ./mvnw package -pl bench -am".formatted(jar)));
    }
    return jar.toString();
  }

  /** Those that can do it. */
  List<Program> able(Case what) {
    return all.stream().filter(p -> p.can(what.workload(), what.flavour())).toList();
  }
}
