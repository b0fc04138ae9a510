package org.lethe.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.peer.Peer;
import org.lethe.bench.peer.PeerProcess;
import org.lethe.bench.peer.Said;

/** A peer as a process to start. */
interface Program {

  /**
   * Where it works.
   *
   * @param warm a small copy to get warm on; "" for none
   * @param url of the copy that is measured on
   * @param users file of keys, one a line
   * @param out where an export goes
   */
  record Place(Workload workload, String warm, String url, int port, Path users, Path out) {

    /** The measured copy for those who do not speak JDBC. */
    String plainUrl() {
      return "postgresql://postgres@127.0.0.1:%d/%s".formatted(port, Databases.MEASURED);
    }
  }

  /** What it is called in the table. */
  String name();

  boolean can(Workload workload, Flavour flavour);

  /** Whether it is given a copy to get warm on. */
  boolean warms();

  /** What to start. */
  List<String> command(Place place);

  /** What it takes from its surroundings. */
  default Map<String, String> environment() {
    return Map.of();
  }

  /** Seconds that it needs to start and do nothing; empty where its own clock leaves them out. */
  default OptionalDouble start() {
    return OptionalDouble.empty();
  }

  /** What it said in the words of {@link Said}; may look at what it left behind. */
  default List<String> heard(Place place, List<String> lines) {
    return lines;
  }

  /** A peer of ours, in a JVM of its own with little memory. */
  static Program of(Peer peer) {
    return of(peer, peer.name(), classes());
  }

  /** The same peer of another build. */
  static Program of(Peer peer, String name, String classes) {
    return new Program() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public boolean can(Workload workload, Flavour flavour) {
        return peer.can(workload, flavour);
      }

      @Override
      public boolean warms() {
        return true;
      }

      @Override
      public List<String> command(Place place) {
        List<String> command = new ArrayList<>(java(peer.heap(), classes));
        command.addAll(
            List.of(
                PeerProcess.class.getName(),
                peer.name(),
                place.workload().name(),
                place.warm(),
                place.url(),
                place.users().toString(),
                place.out().toString()));
        return command;
      }
    };
  }

  /** A JVM with our classes and little memory; what to run follows. */
  static List<String> java(String heap) {
    return java(heap, classes());
  }

  private static List<String> java(String heap, String classes) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap,
        "-cp",
        classes);
  }

  private static String classes() {
    return System.getProperty("java.class.path", "")
        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
  }
}
