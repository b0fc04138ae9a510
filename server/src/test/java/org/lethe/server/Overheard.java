package org.lethe.server;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What this process logs of warnings and errors while this is open, by either of the ways in which
 * its libraries log. Close it.
 */
final class Overheard implements AutoCloseable {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            logged.add(record.getLoggerName() + ": " + record.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  Overheard() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    Logger.getLogger("").addHandler(handler);
  }

  List<String> complaints() {
    Stream<String> lines =
        written
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("WARN") || line.contains("ERROR"));
    return Stream.concat(lines, logged.stream()).toList();
  }

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(handler);
    System.setErr(before);
  }
}
