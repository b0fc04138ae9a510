package org.lethe.cli;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asks before something is changed. */
final class Confirmation {

  private static final String NOT_CONFIRMED = "not confirmed; nothing was changed";

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask; required where nobody can answer")
  private boolean yes;

  boolean given() {
    return yes;
  }

  /**
   * @throws UsageException if nobody can be asked and --yes was not given
   */
  void refuseUnattended(Terminal terminal) {
    refuseUnattended(terminal, "--dry-run");
  }

  /**
   * @param look what to give or call to look first
   * @throws UsageException if nobody can be asked and --yes was not given
   */
  void refuseUnattended(Terminal terminal, String look) {
    if (!yes && !terminal.interactive()) {
      throw new UsageException(
          "nobody here to confirm: add --yes to go ahead, or %s to look first".formatted(look));
    }
  }

  /**
   * Asks before something that can be taken back.
   *
   * @throws UsageException if the answer is not yes
   */
  void askYes(Terminal terminal, String question) {
    if (yes) {
      return;
    }
    @Nullable String answer = terminal.ask("%n%s [y/N] ".formatted(question));
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new UsageException(NOT_CONFIRMED);
    }
  }

  /** However a keyboard composes letters and an eye counts blanks. */
  private static boolean same(String typed, String name) {
    return plain(typed).equals(plain(name));
  }

  private static String plain(String text) {
    return Normalizer.normalize(OneLine.of(text), Normalizer.Form.NFC);
  }

  /**
   * Has the name typed.
   *
   * @throws UsageException if something else is typed
   */
  void ask(Terminal terminal, String name, String act) {
    if (yes) {
      return;
    }
    @Nullable String answer =
        terminal.ask("%n%s cannot be undone. Type  %s  to go ahead: ".formatted(act, name));
    if (answer == null || !same(answer, name)) {
      throw new UsageException(NOT_CONFIRMED);
    }
  }
}
