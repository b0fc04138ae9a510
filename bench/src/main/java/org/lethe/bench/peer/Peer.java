package org.lethe.bench.peer;

import java.util.Set;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Flavour;

/** A way to do the work from inside a JVM. One use by one thread. */
public interface Peer {

  /** What it is called in the table. */
  String name();

  /** On which references it can do which work. */
  boolean can(Workload workload, Flavour flavour);

  /** How much memory its JVM may use, as {@code -Xmx} takes it. */
  default String heap() {
    return "128m";
  }

  /** What a program does once, when it starts; not measured as work. */
  default void prepare(Job job) {}

  /** What is measured. */
  Outcome run(Job job) throws Exception;

  /** Whether a workload is one of these. */
  static boolean oneOf(Workload workload, Workload... wanted) {
    return Set.of(wanted).contains(workload);
  }
}
