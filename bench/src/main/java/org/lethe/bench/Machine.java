package org.lethe.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.lethe.bench.data.Databases;

/** On what was measured, in a line. */
final class Machine {

  private Machine() {}

  /**
   * The line.
   *
   * @param sources where the sources are that were built
   */
  static String line(Databases databases, Path sources) {
    return String.join(
        "; ",
        "%s, %d cores, %s"
            .formatted(
                proc("cpuinfo", "model name", System.getProperty("os.arch", "?")),
                Runtime.getRuntime().availableProcessors(),
                memory()),
        System.getProperty("os.name", "?") + " " + System.getProperty("os.version", ""),
        "PostgreSQL " + databases.server().queryForObject("show server_version", String.class),
        "Java " + Runtime.version(),
        "commit " + commit(sources));
  }

  private static String memory() {
    String kilobytes = proc("meminfo", "MemTotal", "").replaceAll("\\D", "");
    return kilobytes.isEmpty() ? "?" : Math.round(Long.parseLong(kilobytes) / 1048576.0) + " GB";
  }

  /** From a file of Linux; another word elsewhere. */
  private static String proc(String file, String name, String otherwise) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static String commit(Path sources) {
    try {
      Process git =
          new ProcessBuilder(
                  List.of("git", "-C", sources.toString(), "describe", "--always", "--dirty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 ? said : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
