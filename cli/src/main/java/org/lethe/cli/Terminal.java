package org.lethe.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the command line reads and writes: results on {@link #out}, everything said to the person
 * beside them on standard error. A reader that went away ({@code | head}) is no error.
 */
final class Terminal {

  /** Names the streams that are terminals; the launcher sets it, since Java 17 cannot ask. */
  static final String PROPERTY = "lethe.terminal";

  private final BufferedReader in;
  private final PrintStream out;
  private final PrintStream err;
  private final Set<String> terminals;
  private final boolean noColor;
  private ColorMode colorMode = ColorMode.AUTO;
  private boolean quiet;

  /**
   * @param terminals which of {@code in}, {@code out} and {@code err} a person sits at
   */
  Terminal(
      BufferedReader in, PrintStream out, PrintStream err, Set<String> terminals, boolean noColor) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.terminals = Set.copyOf(terminals);
    this.noColor = noColor;
  }

  /** The terminal of this process. UTF-8, whatever the locale says. */
  static Terminal ofProcess(Map<String, String> environment) {
    String noColor = environment.getOrDefault("NO_COLOR", "");
    return new Terminal(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        utf8(FileDescriptor.out, 1 << 16),
        utf8(FileDescriptor.err, 1 << 10),
        terminals(System.getProperty(PROPERTY)),
        !noColor.isEmpty() || "dumb".equals(environment.get("TERM")));
  }

  private static PrintStream utf8(FileDescriptor stream, int buffer) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(stream), buffer),
        false,
        StandardCharsets.UTF_8);
  }

  @SuppressWarnings("SystemConsoleNull")
  private static Set<String> terminals(@Nullable String byLauncher) {
    if (byLauncher != null) {
      return Set.of(byLauncher.split(",", -1));
    }
    // From JDK 22 on System.console() exists without a terminal, unless this is asked for.
    System.setProperty("jdk.console", "java.base");
    return System.console() == null ? Set.of() : Set.of("in", "out", "err");
  }

  void use(ColorMode mode, boolean beQuiet) {
    colorMode = mode;
    quiet = beQuiet;
  }

  /** For results; flushed when the command ends. */
  PrintStream out() {
    return out;
  }

  /** For progress; everything else is said with {@link #note}, {@link #say} and {@link #error}. */
  PrintStream err() {
    return err;
  }

  /** Prints a line of the result. */
  void result(String line) {
    out.print(line);
    out.print('\n');
  }

  /** Says something that is not the result; dropped when quiet. */
  void note(String text) {
    if (!quiet) {
      out.flush();
      err.println(text);
      err.flush();
    }
  }

  /** Says what a question is about; never dropped. */
  void say(String text) {
    err.println(text);
  }

  /** Says what stops the command; never dropped. */
  void error(String text) {
    out.flush();
    err.println(text);
    err.flush();
  }

  /** Whether somebody can answer questions. */
  boolean interactive() {
    return terminals.contains("in") && terminals.contains("err");
  }

  boolean showsProgress() {
    return terminals.contains("err") && !quiet;
  }

  Paint paint() {
    boolean coloured =
        switch (colorMode) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> terminals.contains("out") && !noColor;
        };
    return coloured ? Paint.ANSI : Paint.PLAIN;
  }

  /** Asks on standard error; null when the input ends. */
  @Nullable String ask(String question) {
    out.flush();
    err.print(question);
    err.flush();
    return readLine();
  }

  /** Asks for what must not be seen while it is typed; null when the input ends. */
  @SuppressWarnings("SystemConsoleNull")
  @Nullable String askUnseen(String question) {
    Console console = interactive() ? System.console() : null;
    if (console == null) {
      return ask(question);
    }
    out.flush();
    char[] typed = console.readPassword("%s", question);
    return typed == null ? null : new String(typed);
  }

  /** The next line of standard input; null when it ends. */
  @Nullable String readLine() {
    try {
      return in.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }

  /**
   * What standard input has on its lines, without blanks around and without empty lines.
   *
   * @param what is expected, such as {@code keys}
   * @throws UsageException if there is nothing
   */
  List<String> readLines(String what) {
    List<String> read = new ArrayList<>();
    for (String line = readLine(); line != null; line = readLine()) {
      if (!line.isBlank()) {
        read.add(line.strip());
      }
    }
    if (read.isEmpty()) {
      throw new UsageException("no %s on standard input: expected one per line".formatted(what));
    }
    return read;
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
