package org.lethe.stores.redis;

import org.lethe.store.Locator;
import org.lethe.stores.Handle;

/** The sorts of pieces, as handles tell them apart. */
enum Sort {
  KEY,
  MEMBER,
  FIELD,
  ENTRY;

  private static final String NAME = "sort";

  Pieces pieces() {
    return switch (this) {
      case KEY -> WholeKeys.PIECES;
      case MEMBER -> Members.PIECES;
      case FIELD -> Fields.PIECES;
      case ENTRY -> Entries.PIECES;
    };
  }

  Handle handle() {
    return Handle.of(NAME, name());
  }

  static Sort of(Locator piece, Handle handle) {
    String name = handle.get(piece, NAME);
    for (Sort sort : values()) {
      if (sort.name().equals(name)) {
        return sort;
      }
    }
    throw Handle.foreign(piece);
  }
}
