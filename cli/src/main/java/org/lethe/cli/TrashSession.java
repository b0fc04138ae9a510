package org.lethe.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.lethe.Lethe;
import org.lethe.schema.Catalog;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import org.lethe.trash.LedgerSchema;
import org.lethe.trash.Trash;

/**
 * The trash of one database. It needs no policy: what was kept comes back by the database's own
 * rules, whatever {@code lethe.yaml} says by now.
 */
record TrashSession(Database database, Lethe lethe) {

  static final String NOTHING_YET = "nothing was ever put into the trash of this database";

  /** What an id may be shortened to. */
  private static final int SHORTEST = 4;

  /** Digits of a UUID. */
  private static final int DIGITS = 32;

  /** The trash, to look at; empty where nothing was ever put into it. */
  static Optional<TrashSession> look(LetheCommand command) {
    Database database = new Database(command.databaseUrl(), command.interruption());
    return LedgerSchema.exists(database)
        ? Optional.of(new TrashSession(database, Lethe.builder(database).build()))
        : Optional.empty();
  }

  /**
   * The trash, to look at something that is in it.
   *
   * @throws UsageException where nothing was ever put into it
   */
  static TrashSession open(LetheCommand command) {
    return look(command).orElseThrow(() -> new UsageException(NOTHING_YET));
  }

  /** The trash, to change it; its tables are brought up to date. */
  TrashSession upToDate() {
    LedgerSchema.migrate(database);
    return this;
  }

  Trash trash() {
    return lethe.trash();
  }

  Catalog catalog() {
    return lethe.catalog();
  }

  /**
   * The deletion whose id starts so.
   *
   * @throws UsageException if none does, or several do
   */
  Deletion find(String id) {
    String digits = digits(id);
    UUID first = uuid(digits + "0".repeat(DIGITS - digits.length()));
    UUID last = uuid(digits + "f".repeat(DIGITS - digits.length()));
    List<Deletion> found = trash().between(first, last, 2);
    if (found.isEmpty()) {
      throw new UsageException("no deletion " + id + " is known; lethe trash list shows their ids");
    }
    return only(found, id, "deletions");
  }

  /**
   * The hold in force whose id starts so.
   *
   * @throws UsageException if none does, or several do
   */
  Hold findHold(String id) {
    String digits = digits(id);
    List<Hold> found =
        trash().holds().stream()
            .filter(h -> h.id().toString().replace("-", "").startsWith(digits))
            .toList();
    if (found.isEmpty()) {
      throw new UsageException("no hold " + id + " is in force; lethe hold list shows their ids");
    }
    return only(found, id, "holds");
  }

  /** The deletions in the trash that hold what a restore misses. */
  List<Deletion> parents(List<Conflict> conflicts) {
    return conflicts.stream()
        .flatMap(c -> c.deletions().stream())
        .distinct()
        .flatMap(id -> trash().between(id, id, 1).stream())
        .toList();
  }

  /**
   * The digits of an id or of its beginning.
   *
   * @throws UsageException if it can be neither
   */
  static String digits(String id) {
    String digits = id.replace("-", "").toLowerCase(Locale.ROOT);
    if (!digits.matches("[0-9a-f]{" + SHORTEST + "," + DIGITS + "}")) {
      throw new UsageException(
          "%s is no id: give at least the first %d of its characters, 0-9 and a-f"
              .formatted(id, SHORTEST));
    }
    return digits;
  }

  /** An id as lists show it. */
  static String shortened(UUID id) {
    return id.toString().substring(0, 8);
  }

  private static UUID uuid(String digits) {
    return UUID.fromString(
        digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  private static <T> T only(List<T> found, String id, String what) {
    if (found.size() > 1) {
      throw new UsageException(
          "the ids of several %s start with %s; give more of it".formatted(what, id));
    }
    return found.get(0);
  }
}
