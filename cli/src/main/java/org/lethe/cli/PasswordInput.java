package org.lethe.cli;

import org.jspecify.annotations.Nullable;

/** Takes a password from a person, who types it twice and unseen, or from standard input. */
final class PasswordInput {

  private PasswordInput() {}

  /**
   * A password.
   *
   * @throws UsageException if none is given, or two different ones
   */
  static String read(Terminal terminal, String prompt) {
    if (!terminal.interactive()) {
      return given(terminal.readLine());
    }
    String first = given(terminal.askUnseen(prompt + ": "));
    if (!first.equals(terminal.askUnseen("The same again: "))) {
      throw new UsageException("these were two different passwords; nothing was changed");
    }
    return first;
  }

  private static String given(@Nullable String password) {
    if (password == null || password.isEmpty()) {
      throw new UsageException("no password was given; type one, or write it to stdin as one line");
    }
    return password;
  }
}
