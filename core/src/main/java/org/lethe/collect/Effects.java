package org.lethe.collect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decision;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Once it is known which rows go: which others change, which block, and what else comes with it.
 * One statement per relation into a table of which something goes.
 */
public final class Effects {

  /** Which rows keep others from going that are protected, or of which nothing was decided. */
  public enum Blocking {
    /** Any that refer to them. */
    ANY,
    /** Those that do not go themselves: that they may was decided otherwise. */
    STAYING
  }

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final RelationSql relationSql;
  private final KeySets sets;
  private final Flags flags;
  private final Collector.Mode mode;
  private final Blocking blocking;

  private final Map<String, UpdateSet> updates = new LinkedHashMap<>();
  private final List<Blocker> blockers = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  public Effects(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      KeySets sets,
      Flags flags,
      Collector.Mode mode,
      Blocking blocking) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.relationSql = new RelationSql(dialect, decisions.catalog(), flags);
    this.sets = sets;
    this.flags = flags;
    this.mode = mode;
    this.blocking = blocking;
  }

  /** Finds them, for the rows that are in the sets now. */
  public Collected assess(Roots roots) {
    for (Relation relation : decisions.graph().relations()) {
      KeySet parents = sets.get(relation.parent());
      if (parents != null && !parents.isEmpty()) {
        assess(relation, parents);
      }
    }
    return concluded(roots);
  }

  /**
   * The same where it is known which rows change, that they lose a reference, and nothing blocks.
   */
  Collected assess(Roots roots, List<Handful.Changing> changing) {
    for (Handful.Changing found : changing) {
      Relation relation = found.relation();
      OnDelete onDelete = decisions.of(relation).onDelete();
      KeySet rows = found.rows();
      KeySet parents = sets.open(relation.parent());
      remember(
          relation,
          onDelete,
          UpdateValues.columns(relation, onDelete, rows.table()),
          rows,
          found.count(),
          relationSql.from(relation, parents, "") + notGoing(relation));
    }
    return concluded(roots);
  }

  private Collected concluded(Roots roots) {
    PathFinder paths = new PathFinder(decisions, dialect, jdbc, relationSql, sets);
    blockers.addAll(
        new Collisions(decisions.catalog(), dialect, jdbc, sets, paths).find(updates.values()));
    blockers.addAll(new KeptRows(decisions, dialect, jdbc, sets, paths).find());
    List<TableId> going = sets.filled().stream().map(s -> s.table().id()).toList();
    warnings.addAll(
        Triggers.warnings(
            decisions.catalog(),
            going.stream().filter(t -> !flags.marks(t)).toList(),
            Stream.concat(
                    updates.values().stream().map(u -> u.table().id()),
                    going.stream().filter(flags::marks))
                .distinct()
                .toList()));
    List<Updated> updated = updates.values().stream().map(UpdateSet::facts).toList();
    return new Collected(
        new Selection(
            roots, flags.kind(), decisions.choices(), selected(), updated, blockers, warnings),
        sets,
        flags,
        updates);
  }

  private void assess(Relation relation, KeySet parents) {
    OnDelete onDelete = decisions.of(relation).onDelete();
    switch (onDelete.kind()) {
      case CASCADE -> {}
      case SET_NULL, SET_DEFAULT, SET, REASSIGN -> update(relation, onDelete, parents);
      case PROTECT, UNDECIDED ->
          block(
              relation,
              onDelete.kind(),
              parents,
              blocking == Blocking.ANY ? "" : notGoing(relation));
      case RESTRICT -> block(relation, onDelete.kind(), parents, notGoing(relation));
      case DO_NOTHING -> doNothing(relation, parents);
    }
  }

  private String notGoing(Relation relation) {
    KeySet children = sets.get(relation.child());
    return children == null ? "" : children.andNotIn("c");
  }

  private void update(Relation relation, OnDelete onDelete, KeySet parents) {
    String matching = relationSql.from(relation, parents, "") + notGoing(relation);
    KeySet shape = sets.shape(relation.child()).named(sets.newName());
    long rows =
        jdbc.update(
            "create temporary table %s on commit drop as select %s%s%s"
                .formatted(
                    shape.name(),
                    shape.values("c", "0", 0),
                    matching,
                    mode.locks() ? sets.lockInPageOrder(shape) : ""));
    if (rows == 0) {
      return;
    }
    jdbc.execute("analyze " + shape.name());
    List<String> columns = UpdateValues.columns(relation, onDelete, shape.table());
    NewTargets targets =
        new NewTargets(
            decisions.catalog(),
            dialect,
            jdbc,
            relationSql,
            mode.locks(),
            decisions.of(relation).origin() == Decision.Origin.CHOICE);
    targets.check(relation, onDelete, columns, parents);
    targets.refuseSelf(relation, onDelete, shape.name());
    remember(relation, onDelete, columns, shape, rows, matching);
  }

  private void remember(
      Relation relation,
      OnDelete onDelete,
      List<String> columns,
      KeySet set,
      long rows,
      String matching) {
    Updated facts = new Updated(relation, onDelete, columns, rows, digest(set, set.name()));
    updates.put(relation.name(), new UpdateSet(facts, set, matching));
  }

  private void block(Relation relation, OnDelete.Kind kind, KeySet parents, String notGoing) {
    long rows = count(relation, parents, notGoing);
    if (rows == 0) {
      return;
    }
    List<PathStep> path =
        new PathFinder(decisions, dialect, jdbc, relationSql, sets)
            .toOneOf(relation, parents, notGoing);
    String snippet = kind == OnDelete.Kind.UNDECIDED ? decisions.snippet(relation) : null;
    blockers.add(new Blocker(relation, kind, rows, path, snippet, null));
  }

  private long count(Relation relation, KeySet parents, String more) {
    Long rows =
        jdbc.queryForObject(
            "select count(*)" + relationSql.from(relation, parents, "") + more, Long.class);
    return rows == null ? 0 : rows;
  }

  private void doNothing(Relation relation, KeySet parents) {
    ForeignKey.@Nullable Rule rule = enforcedRule(relation);
    if (rule == ForeignKey.Rule.NO_ACTION || rule == ForeignKey.Rule.RESTRICT) {
      // The database will not have it, so it is better said now than half-way.
      block(relation, OnDelete.Kind.DO_NOTHING, parents, notGoing(relation));
      return;
    }
    long rows = count(relation, parents, notGoing(relation));
    if (rows == 0) {
      return;
    }
    String table = decisions.catalog().displayName(relation.child());
    warnings.add(
        rule == null
            ? new Warning(
                Warning.Kind.DANGLING,
                relation.name(),
                "%d row%s of %s will refer to nothing (do_nothing)"
                    .formatted(rows, rows == 1 ? "" : "s", table))
            : new Warning(
                Warning.Kind.DATABASE_CASCADE,
                relation.name(),
                "the policy says do_nothing, but the database itself does %s to %d row%s of %s"
                    .formatted(
                        rule.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                        rows,
                        rows == 1 ? "" : "s",
                        table)));
  }

  private static ForeignKey.@Nullable Rule enforcedRule(Relation relation) {
    return relation instanceof ForeignKeyRelation r && r.foreignKey().enforced()
        ? r.foreignKey().onDelete()
        : null;
  }

  /** Tables with rows that go, parents before children. */
  private List<Selected> selected() {
    Map<TableId, KeySet> filled = new HashMap<>();
    sets.filled().forEach(s -> filled.put(s.table().id(), s));
    List<Set<TableId>> components = decisions.graph().components(filled.keySet(), r -> true);
    return components.stream()
        .flatMap(Set::stream)
        .flatMap(id -> Stream.ofNullable(filled.get(id)))
        .map(
            set ->
                new Selected(
                    set.table().id(),
                    set.rows(),
                    flags.marks(set.table().id()),
                    digest(set, set.name()),
                    reachedBy(set)))
        .toList();
  }

  private Map<String, Long> reachedBy(KeySet set) {
    Map<String, Long> byName = new LinkedHashMap<>();
    set.reachedBy()
        .forEach(
            (via, rows) ->
                byName.merge(via == KeySet.ROOT ? "" : sets.relation(via).name(), rows, Long::sum));
    return byName;
  }

  /** Of the keys; where rows have none, of the rows themselves, since places mean nothing later. */
  private @Nullable String digest(KeySet set, String entries) {
    if (!mode.digests()) {
      return null;
    }
    String from =
        set.identity().isEmpty()
            ? " from %s as s join %s as c on %s"
                .formatted(entries, dialect.ownRows(set.table()), set.samePlace("c", "s"))
            : " from " + entries + " as s";
    List<String> hashed =
        set.identity().isEmpty()
            ? List.of("c.*")
            : Stream.of(set.distinguishing().split(", "))
                .map(k -> "s." + k)
                .collect(Collectors.toList());
    return jdbc.queryForObject(
        "select coalesce(sum(" + dialect.hash(hashed) + "), 0)::text" + from, String.class);
  }
}
