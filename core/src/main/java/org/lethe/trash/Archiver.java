package org.lethe.trash;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Audit;
import org.lethe.collect.Collected;
import org.lethe.collect.Counts;
import org.lethe.collect.KeySet;
import org.lethe.collect.Selected;
import org.lethe.collect.UpdateSet;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Keeper;
import org.lethe.plan.Plan;
import org.lethe.plan.Step;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Writes a removal into the ledger: images of all rows that go, before a trigger of the application
 * can touch them, and what the rows that stay looked like before and after. For one removal; not
 * thread-safe.
 */
final class Archiver implements Keeper {

  private static final String TABLE =
      """
      insert into lethe.archived_table
             (deletion_id, position, table_schema, table_name, columns, types, identity, fate, flags)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Decisions decisions;
  private final Dialect dialect;
  private final Period keep;
  private final By by;
  private final UUID id = UUID.randomUUID();
  private final Mark mark;
  private final Map<TableId, Changing> changing = new LinkedHashMap<>();
  private final List<Changing> marking = new ArrayList<>();
  private final List<Object[]> tables = new ArrayList<>();
  private boolean kept;
  private String details = "{}";

  Archiver(Decisions decisions, Dialect dialect, Clock clock, Period keep, By by) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.mark = new Mark(id, clock.instant());
    this.keep = keep;
    this.by = by;
  }

  /** Rows of one table that will change, as a temporary table of their keys and images. */
  private record Changing(
      RowImage image, String name, int position, @Nullable KeylessArchive keyless) {}

  @Override
  public Mark mark() {
    return mark;
  }

  @Override
  public @Nullable UUID deletion() {
    return kept ? id : null;
  }

  @Override
  public void before(JdbcOperations jdbc, Plan plan, Collected collected) {
    jdbc.query(dialect.fixTextForms(), rs -> {});
    changing.clear();
    marking.clear();
    tables.clear();
    kept = true;
    insertDeletion(jdbc, plan, collected);
    details = LedgerJson.act(plan);
    Set<TableId> renamed = renamed(plan, collected);
    int position = 0;
    List<String> images = new ArrayList<>();
    for (Selected selected : plan.selection().tables()) {
      KeySet set = collected.rowsOf(selected.table());
      if (selected.marked()) {
        marking.add(mark(jdbc, set, collected.flags().columns(selected.table()), ++position));
      } else {
        images.add(archive(set, ++position));
      }
    }
    for (Step step : plan.steps()) {
      if (step instanceof Step.Update u) {
        UpdateSet update = collected.updatesOver(u.relation());
        Changing known = changing.get(update.table().id());
        changing.put(
            update.table().id(),
            remember(
                jdbc,
                update,
                known,
                known == null ? ++position : 0,
                !renamed.contains(update.table().id())));
      }
    }
    jdbc.batchUpdate(TABLE, tables);
    if (!images.isEmpty()) {
      jdbc.batchUpdate(images.toArray(String[]::new));
    }
    keyless().forEach(k -> k.reckon(id));
  }

  /** Tables whose rows stay and change what names them, as links between two others do. */
  private static Set<TableId> renamed(Plan plan, Collected collected) {
    return plan.steps().stream()
        .flatMap(s -> s instanceof Step.Update u ? Stream.of(u) : Stream.empty())
        .map(u -> collected.updatesOver(u.relation()))
        .filter(u -> !Collections.disjoint(u.facts().columns(), u.table().identity()))
        .map(u -> u.table().id())
        .collect(Collectors.toSet());
  }

  private void insertDeletion(JdbcOperations jdbc, Plan plan, Collected collected) {
    Catalog catalog = decisions.catalog();
    TableId root = plan.selection().roots().table();
    jdbc.update(
        """
        insert into lethe.deletion (deletion_id, deleted_at, root, root_table, label, actor, reason,
                                    policy_hash, catalog_hash, plan_hash, counts, keep_until)
        values (?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
        """,
        id,
        Timestamp.from(mark.at()),
        LedgerJson.roots(plan.selection().roots()),
        catalog.displayName(root),
        new RootLabel(decisions, dialect, jdbc).of(collected.rowsOf(root)),
        by.actor(),
        by.reason(),
        plan.policyHash(),
        plan.catalogHash(),
        plan.hash(),
        LedgerJson.counts(plan.counts()),
        Timestamp.from(mark.at().atZone(ZoneOffset.UTC).plus(keep).toInstant()));
  }

  /** The statement that keeps the images of rows that go. */
  private String archive(KeySet set, int position) {
    RowImage image = new RowImage(dialect, set.table());
    addTable(image, position, ArchivedTable.Fate.REMOVED, set.table().identity(), List.of());
    return "insert into lethe.archived_row (deletion_id, position, image) select '%s'::uuid, %d, %s from %s as c join %s as s on %s"
        .formatted(
            id,
            position,
            image.of("c"),
            dialect.ownRows(set.table()),
            set.name(),
            set.sameRowSoFar("c", "s"));
  }

  /** Rows that stay are remembered like any others that change. */
  private Changing mark(JdbcOperations jdbc, KeySet set, FlagColumns flag, int position) {
    RowImage image = new RowImage(dialect, set.table());
    List<String> flags = flag.all().stream().map(Column::name).toList();
    addTable(image, position, ArchivedTable.Fate.MARKED, set.table().identity(), flags);
    String name = wasName(position);
    jdbc.execute(
        "create temporary table %s on commit drop as %s"
            .formatted(name, was(image, set.name(), set.sameRowSoFar("c", "s"))));
    return new Changing(image, "pg_temp." + name, position, null);
  }

  private String wasName(int position) {
    return "lethe_was_" + position + "_" + id.toString().substring(0, 8);
  }

  private String was(RowImage image, String rows, String samePlace) {
    return "select %s as key, %s as was from %s as c join %s as s on %s"
        .formatted(
            image.keyOf("c"), image.of("c"), dialect.ownRows(image.table()), rows, samePlace);
  }

  private void addTable(
      RowImage image,
      int position,
      ArchivedTable.Fate fate,
      List<String> identity,
      List<String> flags) {
    Table table = image.table();
    tables.add(
        new Object[] {
          id,
          position,
          table.id().schema(),
          table.id().name(),
          image.columns().toArray(String[]::new),
          image.types().toArray(String[]::new),
          identity.toArray(String[]::new),
          fate.word(),
          flags.toArray(String[]::new)
        });
  }

  /**
   * A row that loses two references is remembered once, as it was before both.
   *
   * @param named whether its key stays and leads to it afterwards
   */
  private Changing remember(
      JdbcOperations jdbc,
      UpdateSet update,
      @Nullable Changing known,
      int position,
      boolean named) {
    RowImage image = new RowImage(dialect, update.table());
    String name = wasName(position);
    if (known == null) {
      List<String> identity = named ? update.table().identity() : List.of();
      addTable(image, position, ArchivedTable.Fate.CHANGED, identity, List.of());
    }
    if (!named || update.table().identity().isEmpty()) {
      KeylessArchive rows =
          known == null || known.keyless() == null
              ? new KeylessArchive(dialect, jdbc, update.table(), name)
              : known.keyless();
      rows.add(update);
      return known == null ? new Changing(image, rows.entries(), position, rows) : known;
    }
    String rows = was(image, update.name(), "c.ctid = s.tid and c.tableoid = s.part");
    if (known == null) {
      jdbc.execute("create temporary table " + name + " on commit drop as " + rows);
      return new Changing(image, "pg_temp." + name, position, null);
    }
    jdbc.update(
        "insert into %s select * from (%s) as r where not exists (select 1 from %s as k where k.key = r.key)"
            .formatted(known.name(), rows, known.name()));
    return known;
  }

  @Override
  public void after(JdbcOperations jdbc, Counts counts) {
    keyless().forEach(KeylessArchive::check);
    List<Changing> all = new ArrayList<>(changing.values());
    all.addAll(marking);
    for (Changing c : all) {
      jdbc.update(
          """
          insert into lethe.changed_row (deletion_id, position, key, changed, was, now)
          select ?, ?, r.key, d.changed, d.was, d.now
            from (%s) as r
           cross join lateral (
                 select array_agg(n) as changed, array_agg(w) as was, array_agg(x) as now
                   from unnest(r.was, r.now) with ordinality as u(w, x, n)
                  where w is distinct from x) as d
           where d.changed is not null
          """
              .formatted(becoming(c)),
          id,
          c.position());
    }
    new Audit(jdbc).append(mark.at(), by.actor(), "delete", id.toString(), by.reason(), details);
  }

  private List<KeylessArchive> keyless() {
    return changing.values().stream().flatMap(c -> Stream.ofNullable(c.keyless())).toList();
  }

  /** A query for the rows that changed: {@code key}, {@code was} and {@code now}. */
  private String becoming(Changing c) {
    return c.keyless() != null
        ? "select s.was as key, s.was, s.now from %s as s".formatted(c.name())
        : "select s.key, s.was, %s as now from %s as s join %s as c on %s"
            .formatted(
                c.image().of("c"),
                c.name(),
                dialect.ownRows(c.image().table()),
                c.image().isNamedBy("s.key", "c"));
  }
}
