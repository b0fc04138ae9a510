package org.lethe.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the command line inside this JVM, with streams and environment of our own. */
final class Cli {

  private final Map<String, String> environment = new HashMap<>();
  private Supplier<String> input = () -> "";
  private Set<String> terminals = Set.of();

  /** What a run left behind. */
  record Result(int code, String out, String err) {
    List<String> errorLines() {
      return err.lines().toList();
    }
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Cli db(String url) {
    return with("LETHE_DB", url);
  }

  Cli input(String text) {
    return input(() -> text);
  }

  /**
   * @param text asked for when the input is read first
   */
  Cli input(Supplier<String> text) {
    input = text;
    return this;
  }

  /** As if a person sat there. */
  Cli interactive() {
    terminals = Set.of("in", "out", "err");
    return this;
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new BufferedReader(new LateReader(input)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            terminals,
            environment.containsKey("NO_COLOR"));
    int code = LetheCommand.run(terminal, environment, new Interruption(), args);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static final class LateReader extends Reader {
    private final Supplier<String> text;
    private @Nullable Reader reader;

    LateReader(Supplier<String> text) {
      this.text = text;
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
      if (reader == null) {
        reader = new StringReader(text.get());
      }
      return reader.read(buffer, from, length);
    }

    @Override
    public void close() {}
  }
}
