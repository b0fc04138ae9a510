package org.lethe.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who does something to the trash, as the ledger remembers it. */
final class ActorOption {

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "who does this, for the ledger; default: your name on this machine")
  private @Nullable String actor;

  boolean given() {
    return actor != null;
  }

  /** What can be said against it without knowing the database. */
  void check() {
    if (actor != null && actor.isBlank()) {
      throw new UsageException("--actor needs a name");
    }
  }

  String name() {
    String name = actor == null ? System.getProperty("user.name", "") : actor;
    return name.isBlank() ? "unknown" : name.strip();
  }
}
