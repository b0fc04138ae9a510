package org.lethe.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Takes a password from a person, who types it twice and unseen, or from standard input. */
final class PasswordInput {

  private PasswordInput() {}

  /**
   * A password.
   *
   * @throws UsageException if none is given, or two different ones
   */
  @SuppressWarnings("SystemConsoleNull")
  static String read(Terminal terminal, String prompt) {
    if (!terminal.interactive()) {
      return given(terminal.readLine());
    }
    Console console = System.console();
    String first = ask(terminal, console, prompt + ": ");
    String again = ask(terminal, console, "The same again: ");
    if (!first.equals(again)) {
      throw new UsageException("these were two different passwords; nothing was changed");
    }
    return first;
  }

  private static String ask(Terminal terminal, @Nullable Console console, String prompt) {
    if (console == null) {
      return given(terminal.ask(prompt));
    }
    char[] typed = console.readPassword("%s", prompt);
    return given(typed == null ? null : new String(typed));
  }

  private static String given(@Nullable String password) {
    if (password == null || password.isEmpty()) {
      throw new UsageException("no password was given; type one, or write it to stdin as one line");
    }
    return password;
  }
}
