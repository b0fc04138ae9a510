package org.lethe.cli;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.lethe.Lethe;
import org.lethe.retention.Purger;
import org.lethe.schema.Catalog;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.Hold;
import org.lethe.trash.LedgerSchema;
import org.lethe.trash.Trash;

/**
 * The trash of one database. Restoring needs no policy: what was kept comes back by the database's
 * own rules, whatever {@code lethe.yaml} says by now.
 */
record TrashSession(Database database, Lethe lethe) {

  static final String NOTHING_YET = "nothing was ever put into the trash of this database";

  /** The trash, to look at; empty where nothing was ever put into it. */
  static Optional<TrashSession> look(LetheCommand command) {
    Database database = new Database(command.databaseUrl(), command.interruption());
    if (!LedgerSchema.exists(database)) {
      return Optional.empty();
    }
    LedgerSchema.check(database);
    return Optional.of(new TrashSession(database, Lethe.builder(database).build()));
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

  /**
   * What makes deletions final. That does need the policy: rows that were only marked as deleted
   * are live rows, and what hangs on them by now goes by its rules.
   *
   * @throws org.lethe.policy.PolicyException if it has faults
   */
  Purger purger(LetheCommand command) {
    return Session.readPolicy(command)
        .map(policy -> Lethe.of(database, policy).purger())
        .orElseGet(lethe::purger);
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
    List<Deletion> found = starting(ShortId.digits(id));
    if (found.isEmpty()) {
      throw new UsageException("no deletion " + id + " is known; lethe trash list shows their ids");
    }
    return ShortId.only(found, id, "deletions");
  }

  /** At most two, which is enough to know that there are several. */
  private List<Deletion> starting(String digits) {
    return trash().between(ShortId.first(digits), ShortId.last(digits), 2);
  }

  /**
   * The hold in force whose id starts so.
   *
   * @throws UsageException if none does, or several do
   */
  Hold findHold(String id) {
    String digits = ShortId.digits(id);
    List<Hold> found =
        trash().holds().stream().filter(h -> ShortId.starts(h.id(), digits)).toList();
    if (found.isEmpty()) {
      throw new UsageException("no hold " + id + " is in force; lethe hold list shows their ids");
    }
    return ShortId.only(found, id, "holds");
  }

  /** The id of the deletion or hold that is meant by its beginning; anything else as it is. */
  String wholeId(String object) {
    String digits = ShortId.plain(object);
    if (!ShortId.isOne(digits)) {
      return object;
    }
    List<String> found =
        Stream.concat(
                starting(digits).stream().map(Deletion::id),
                trash().holds().stream().map(Hold::id).filter(id -> ShortId.starts(id, digits)))
            .map(UUID::toString)
            .toList();
    return found.isEmpty() ? object : ShortId.only(found, object, "deletions or holds");
  }

  /** What keeps a deletion from being purged. */
  List<Hold> holdsOn(Deletion deletion) {
    return trash().holds().stream().filter(h -> h.deletion().equals(deletion.id())).toList();
  }

  /** The deletions in the trash that hold what a restore misses. */
  List<Deletion> parents(List<Conflict> conflicts) {
    return conflicts.stream()
        .flatMap(c -> c.deletions().stream())
        .distinct()
        .flatMap(id -> trash().between(id, id, 1).stream())
        .toList();
  }
}
