package org.lethe.subject.erase;

import java.util.Arrays;

/** What becomes of one of a person's own rows, and why. */
enum Fate {
  /** It goes. */
  GO(0),
  /** It stays, as the policy says, and its columns are treated. */
  TREAT(1),
  /** The law wants it kept. */
  RETAINED(2),
  /** Somebody placed a hold on it. */
  HELD(3),
  /** It hangs on a row that is kept, and the policy wants it kept along. */
  ALONG(4),
  /** It protects the row it refers to from going, and so cannot go by itself. */
  PROTECTS(5),
  /** Something that stays refers to it; its columns are treated. */
  NEEDED(6);

  private final int code;

  Fate(int code) {
    this.code = code;
  }

  static Fate of(int code) {
    return Arrays.stream(values()).filter(f -> f.code == code).findFirst().orElseThrow();
  }

  /** Whether nothing of it may change. */
  boolean untouched() {
    return this == RETAINED || this == HELD || this == ALONG || this == PROTECTS;
  }

  /** As it stands in a set of rows. */
  int code() {
    return code;
  }
}
