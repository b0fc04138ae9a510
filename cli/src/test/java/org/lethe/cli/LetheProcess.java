package org.lethe.cli;

import java.nio.file.Path;
import java.util.List;

/** How to run the command line as a process of its own. */
final class LetheProcess {

  private LetheProcess() {}

  /** The words to put before the arguments. */
  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        LetheCommand.class.getName());
  }
}
