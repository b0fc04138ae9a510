package org.lethe.subject;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.KeySet;
import org.lethe.collect.KeySets;
import org.lethe.collect.PathStep;
import org.lethe.collect.Reach;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * All rows of this database that are a person's: their own, over relations that say {@code sole},
 * and those they share with others. Rows that are marked as deleted are among them. Lives as long
 * as the transaction it was collected in; not thread-safe.
 */
public final class Holdings {

  private final Reach reach;
  private final KeySets sole;
  private final List<Held> tables;

  private Holdings(Decisions decisions, Reach reach, KeySets all, KeySets sole) {
    this.reach = reach;
    this.sole = sole;
    this.tables = tables(decisions, all, sole);
  }

  /**
   * Collects.
   *
   * @param locks whether the person's own rows are locked as they are found
   * @throws org.lethe.error.InputException if a root does not exist
   */
  public static Holdings collect(
      Decisions decisions, Dialect dialect, JdbcOperations jdbc, Roots roots, boolean locks) {
    return collect(decisions, dialect, jdbc, List.of(roots), true, locks);
  }

  /**
   * The same from several roots.
   *
   * @param following whether what hangs on the roots is theirs too
   */
  public static Holdings collect(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      List<Roots> roots,
      boolean following,
      boolean locks) {
    Flags flags = new Flags(decisions, dialect, DeleteKind.HARD, roots.get(0).table());
    Predicate<Relation> owned = r -> following && decisions.ownership(r) == Ownership.SOLE;
    Predicate<Relation> theirs = r -> following && decisions.ownership(r) != Ownership.MENTIONED;
    Reach own = new Reach(decisions, dialect, jdbc, flags, locks, owned);
    KeySets sole = own.from(roots);
    if (!following || !shares(decisions, sole)) {
      return new Holdings(decisions, own, sole, sole);
    }
    Reach reach = new Reach(decisions, dialect, jdbc, flags, false, theirs);
    return new Holdings(decisions, reach, reach.from(roots), sole);
  }

  /** Whether something may be theirs and others' too, so that it has to be looked for. */
  private static boolean shares(Decisions decisions, KeySets own) {
    return own.filled().stream()
        .flatMap(set -> decisions.graph().into(set.table().id()).stream())
        .anyMatch(r -> decisions.ownership(r) == Ownership.SHARED);
  }

  /** Counted now: an erasure takes rows out of the person's own sets. */
  private static List<Held> tables(Decisions decisions, KeySets all, KeySets sole) {
    Collection<TableId> filled = all.filled().stream().map(s -> s.table().id()).toList();
    List<Held> held = new ArrayList<>();
    for (Set<TableId> component : decisions.graph().components(filled, r -> true)) {
      for (TableId table : component) {
        KeySet set = Objects.requireNonNull(all.get(table));
        KeySet own = sole.get(table);
        held.add(new Held(set, own == null || own.isEmpty() ? null : own, set.rows()));
      }
    }
    return List.copyOf(held);
  }

  /** Tables with rows of the person, parents before children. */
  public List<Held> tables() {
    return tables;
  }

  /** The person's own rows. */
  public KeySets sole() {
    return sole;
  }

  /** Why a row is theirs: the path to it; empty if it is not. */
  public List<PathStep> why(TableId table, List<String> key) {
    return reach.why(table, key);
  }

  /**
   * Rows of one table.
   *
   * @param all of them
   * @param sole the person's own; null if all are shared, the same set if none can be
   * @param rows how many there were when they were collected
   */
  public record Held(KeySet all, @Nullable KeySet sole, long rows) {

    public Table table() {
      return all.table();
    }

    /** How many of them are shared with others. */
    public long shared() {
      return sole == all ? 0 : all.rows() - (sole == null ? 0 : sole.rows());
    }

    /** Rows {@code c} of the real table that are the person's: a FROM item with its condition. */
    public String from(Dialect dialect) {
      return "%s as c join %s as s on %s"
          .formatted(dialect.ownRows(table()), all.name(), all.sameRowSoFar("c", "s"));
    }

    /** Whether row {@code c} is shared with others, as SQL. */
    public String isShared() {
      return sole == null ? "true" : shared() == 0 ? "false" : "(true" + sole.andNotIn("c") + ")";
    }
  }
}
