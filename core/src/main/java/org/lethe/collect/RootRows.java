package org.lethe.collect;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Puts the rows that a removal starts from into their key sets. */
final class RootRows {

  private final Catalog catalog;
  private final StandIn standIn;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final KeySets sets;
  private final Flags flags;
  private final boolean locks;

  RootRows(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      KeySets sets,
      Flags flags,
      boolean locks) {
    this.catalog = decisions.catalog();
    this.standIn = new StandIn(decisions, dialect);
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.sets = sets;
    this.flags = flags;
    this.locks = locks;
  }

  /** Returns the tables that got roots: the one named, and those that inherit from it. */
  Collection<TableId> insert(Roots roots) {
    Set<TableId> tables = new LinkedHashSet<>();
    if (roots instanceof Roots.Keys keys) {
      standIn.refuse(jdbc, keys);
    }
    List<TableId> scannedTables = catalog.withHeirs(roots.table());
    for (TableId scanned : scannedTables) {
      KeySet set = sets.open(catalog.whole(scanned));
      String from = " from " + dialect.ownRows(catalog.table(scanned)) + " as " + alias(roots);
      if (roots instanceof Roots.Keys keys) {
        insertKeys(keys, set, from);
      } else {
        insertWhere((Roots.Where) roots, set, from);
      }
      tables.add(set.table().id());
    }
    if (roots instanceof Roots.Keys keys) {
      long found = tables.stream().mapToLong(sets::rows).sum();
      // Fewer rows than keys may also mean that one row was named twice, as 1 and 01.
      if (found < keys.keys().stream().distinct().count()) {
        given(keys).refuseMissing(jdbc, scannedTables);
        given(keys).refuseMarked(jdbc, scannedTables, flags);
      }
    }
    return tables;
  }

  /** A predicate may call the table by its name, also where the row is an heir's. */
  private String alias(Roots roots) {
    return roots instanceof Roots.Where ? dialect.quote(roots.table().name()) : "c";
  }

  private GivenKeys given(Roots.Keys keys) {
    return new GivenKeys(catalog, dialect, keys);
  }

  private void insertKeys(Roots.Keys keys, KeySet set, String from) {
    GivenKeys given = given(keys);
    sets.fill(
        set,
        KeySet.ROOT,
        "select %s%s where %s%s%s"
            .formatted(
                set.values("c", "0", 0),
                from,
                given.matches("c") + flags.andLive(set.table().id(), "c"),
                set.andNotIn("c"),
                locks ? sets.lockInPageOrder(set) : ""),
        given.arguments());
  }

  private void insertWhere(Roots.Where where, KeySet set, String from) {
    String row = alias(where);
    // The predicate stands on lines of its own, so that a comment in it ends with it.
    sets.fill(
        set,
        KeySet.ROOT,
        "select %s%s where (\n%s\n)%s%s"
            .formatted(
                set.values(row, "0", 0),
                from,
                where.predicate(),
                flags.andLive(set.table().id(), row)
                    + standIn.andNot(jdbc, where.table(), row)
                    + set.andNotIn(row),
                locks ? " for update of " + row : ""));
  }
}
