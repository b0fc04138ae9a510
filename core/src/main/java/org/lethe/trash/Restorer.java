package org.lethe.trash;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.schema.Trigger;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Puts one deletion back, row for row: parents first, tables in a circle in one statement, then the
 * references of rows that stayed. The application's triggers fire, as other rows may count on them;
 * what they change in the rows that come back is put right again with those triggers off. At the
 * end every row is compared with its image. For one restore; inside its transaction.
 */
final class Restorer {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final UUID deletion;
  private final TriggerSwitch triggers;
  private final Map<TableId, StoredTable> removed = new LinkedHashMap<>();
  private final List<StoredTable> changed = new ArrayList<>();
  private final Map<StoredTable, KeylessRestore> keyless = new LinkedHashMap<>();
  private final Map<StoredTable, EqualRows> equal = new LinkedHashMap<>();
  private final Set<StoredTable> exact = new HashSet<>();
  private boolean quiet;

  Restorer(Decisions decisions, Dialect dialect, JdbcOperations jdbc, UUID deletion) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.deletion = deletion;
    this.triggers = new TriggerSwitch(dialect, jdbc);
  }

  /**
   * Restores, and leaves the ledger's rows alone.
   *
   * @return rows that came back per table; rows given back their references per table, by name
   * @throws RestoreException if anything would not be as it was
   */
  Counts restore(List<ArchivedTable> tables) {
    for (ArchivedTable archived : tables) {
      Table now = decisions.catalog().tables().get(archived.table());
      if (now != null && archived.removed()) {
        removed.put(archived.table(), new StoredTable(dialect, archived, now));
      } else if (now != null) {
        changed.add(new StoredTable(dialect, archived, now));
      }
    }
    Map<TableId, Long> back = new HashMap<>();
    Map<String, Long> givenBack = new TreeMap<>();
    changed.forEach(s -> elsewhere(s).lock());
    quiet = Stream.concat(removed.values().stream(), changed.stream()).allMatch(Restorer::quiet);
    try {
      changed.stream().filter(s -> s.archived().identity().isEmpty()).forEach(this::pick);
      removed.values().stream().filter(s -> !s.named() && !quiet).forEach(this::reckon);
      removed.values().stream().filter(Restorer::mustBeSilent).forEach(s -> silence(s));
      for (Set<TableId> component : parentsFirst()) {
        back.putAll(insert(component.stream().map(this::stored).toList()));
      }
      for (StoredTable stored : changed) {
        TableId table = stored.table().id();
        if (stored.archived().marked()) {
          back.merge(table, giveBack(stored), Long::sum);
        } else {
          givenBack.merge(decisions.catalog().displayName(table), giveBack(stored), Long::sum);
        }
      }
      removed.values().stream().filter(s -> !exact.contains(s)).forEach(this::repair);
      triggers.back();
      jdbc.execute(dialect.checkConstraintsNow());
    } catch (DataIntegrityViolationException e) {
      throw new RestoreException(
          "the database refuses what comes back: %s; nothing was changed"
              .formatted(
                  e.getMostSpecificCause() instanceof SQLException cause
                      ? dialect.describe(cause)
                      : "no message"),
          e);
    }
    removed.values().stream().filter(s -> !exact.contains(s)).forEach(this::compare);
    return new Counts(back, givenBack);
  }

  /** Whether nothing of the application happens when rows of the table come or change. */
  private static boolean quiet(StoredTable stored) {
    return stored.table().triggers().stream().noneMatch(Trigger::enabled);
  }

  private void pick(StoredTable stored) {
    KeylessRestore rows = new KeylessRestore(dialect, jdbc, deletion, stored);
    rows.pick();
    keyless.put(stored, rows);
  }

  private void reckon(StoredTable stored) {
    EqualRows rows = new EqualRows(dialect, jdbc, deletion, stored);
    rows.reckon(
        keyless.values().stream()
            .filter(k -> k.table().equals(stored.table().id()))
            .findFirst()
            .orElse(null));
    equal.put(stored, rows);
  }

  private long giveBack(StoredTable stored) {
    KeylessRestore rows = keyless.get(stored);
    if (rows != null) {
      return rows.restore(triggers);
    }
    long rowsBack = new ChangedRows(dialect, jdbc, deletion).restore(stored, triggers);
    elsewhere(stored).restore();
    return rowsBack;
  }

  private ImagesElsewhere elsewhere(StoredTable stored) {
    return new ImagesElsewhere(jdbc, deletion, stored.archived());
  }

  private StoredTable stored(TableId table) {
    StoredTable stored = removed.get(table);
    if (stored == null) {
      throw new IllegalStateException("nothing of " + table + " is archived");
    }
    return stored;
  }

  private List<Set<TableId>> parentsFirst() {
    return decisions.graph().components(removed.keySet(), Restorer::enforced);
  }

  private static boolean enforced(Relation relation) {
    return relation instanceof ForeignKeyRelation r && r.foreignKey().enforced();
  }

  /** Rules send rows elsewhere, and rows without a key cannot be put right afterwards. */
  private static boolean mustBeSilent(StoredTable stored) {
    return stored.table().triggersOn(Trigger.Event.INSERT).stream()
        .anyMatch(
            t ->
                t.kind() == Trigger.Kind.RULE
                    || (!stored.named() && t.kind() == Trigger.Kind.BEFORE));
  }

  private void silence(StoredTable stored) {
    triggers.off(stored.table().id());
  }

  /**
   * Where nothing of the application fires, what an insert returns is what stays: then a digest of
   * it, beside one of the images, tells whether all is as it was.
   */
  private Map<TableId, Long> insert(List<StoredTable> together) {
    List<String> parts = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (StoredTable stored : together) {
      String name = "i" + parts.size();
      String digest = quiet ? dialect.hash(List.of(stored.image("c"))) : "0";
      parts.add("%s as (%s returning %s as h)".formatted(name, insert(stored, "true"), digest));
      results.add("select count(*), coalesce(sum(h), 0) from " + name);
      results.add(
          quiet
              ? "select count(*), coalesce(sum(%s), 0) from lethe.archived_row as r where %s"
                  .formatted(dialect.hash(List.of("r.image")), ours(stored))
              : "select 0, null");
    }
    List<Digest> digests =
        jdbc.query(
            "with " + String.join(", ", parts) + " " + String.join(" union all ", results),
            (rs, n) -> new Digest(rs.getLong(1), rs.getBigDecimal(2)));
    Map<TableId, Long> rows = new HashMap<>();
    for (int i = 0; i < together.size(); i++) {
      Digest came = digests.get(2 * i);
      rows.put(together.get(i).table().id(), came.rows());
      if (came.equals(digests.get(2 * i + 1))) {
        exact.add(together.get(i));
      }
    }
    return rows;
  }

  private record Digest(long rows, @Nullable BigDecimal sum) {}

  private String insert(StoredTable stored, String which) {
    return """
        insert into %s as c (%s) overriding system value
        select %s from lethe.archived_row as r where %s and %s"""
        .formatted(
            dialect.quote(stored.table().id()),
            stored.columns(),
            stored.values("r.image"),
            ours(stored),
            which);
  }

  private String ours(StoredTable stored) {
    return "r.deletion_id = '%s' and r.position = %d"
        .formatted(deletion, stored.archived().position());
  }

  /** Undoes what triggers did to rows on their way back. */
  private void repair(StoredTable stored) {
    if (!stored.named() || count(stored, differs(stored)) == 0) {
      return;
    }
    triggers.off(stored.table().id());
    jdbc.update(
        "update %s as c set %s from lethe.archived_row as r where %s and %s and not (%s)"
            .formatted(
                stored.rows(),
                stored.assignments("r.image"),
                ours(stored),
                stored.sameKey("c", "r.image"),
                stored.same("c", "r.image")));
    jdbc.update(
        insert(
            stored,
            "not exists (select 1 from %s as c where %s)"
                .formatted(stored.rows(), stored.sameKey("c", "r.image"))));
  }

  private static String differs(StoredTable stored) {
    return "not exists (select 1 from %s as c where %s and %s)"
        .formatted(stored.rows(), stored.sameKey("c", "r.image"), stored.same("c", "r.image"));
  }

  private void compare(StoredTable stored) {
    EqualRows rows = equal.get(stored);
    // Without triggers rows without a key are only other than they were if all of them may be.
    long wrong =
        rows != null ? rows.missing() : count(stored, stored.named() ? differs(stored) : "true");
    if (wrong > 0) {
      throw new RestoreException(
          "%d row%s of %s would come back other than they were%s; nothing was changed"
              .formatted(
                  wrong,
                  wrong == 1 ? "" : "s",
                  decisions.catalog().displayName(stored.table().id()),
                  suspects(stored)));
    }
  }

  private static String suspects(StoredTable stored) {
    List<String> names =
        stored.table().triggers().stream().filter(Trigger::enabled).map(Trigger::name).toList();
    return names.isEmpty()
        ? ", as a column's type has changed"
        : ", by a changed type or by " + String.join(" or ", names);
  }

  private long count(StoredTable stored, String condition) {
    Long rows =
        jdbc.queryForObject(
            "select count(*) from lethe.archived_row as r where %s and %s"
                .formatted(ours(stored), condition),
            Long.class);
    return rows == null ? 0 : rows;
  }
}
