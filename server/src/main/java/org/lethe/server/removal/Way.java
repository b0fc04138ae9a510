package org.lethe.server.removal;

import java.util.Optional;
import org.lethe.account.Action;
import org.lethe.collect.DeleteKind;

/** How rows can be deleted. */
public enum Way {
  TRASH("trash", DeleteKind.SOFT, Action.DELETE),
  GOOD("good", DeleteKind.HARD, Action.PURGE);

  private final String word;
  private final DeleteKind kind;
  private final Action action;

  Way(String word, DeleteKind kind, Action action) {
    this.word = word;
    this.kind = kind;
    this.action = action;
  }

  /** As forms send it. */
  public String word() {
    return word;
  }

  DeleteKind kind() {
    return kind;
  }

  /** What one must be allowed. */
  Action action() {
    return action;
  }

  public static Optional<Way> of(String word) {
    for (Way way : values()) {
      if (way.word.equals(word)) {
        return Optional.of(way);
      }
    }
    return Optional.empty();
  }
}
