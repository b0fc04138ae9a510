package org.lethe.subject.erase;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.KeySet;
import org.lethe.collect.KeySets;
import org.lethe.collect.RelationSql;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.Erasure;
import org.lethe.policy.LegalRetention;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Ownership;
import org.lethe.policy.TableRule;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.subject.Holdings;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Decides which of a person's own rows go and which stay, inside the database: first what each row
 * says for itself (retention, holds, the policy's treatments), then what is kept along with it, and
 * last what cannot go because something that stays needs it. Changes nothing but the temporary
 * sets. For one collection, inside its transaction.
 */
final class Fates {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final KeySets sets;
  private final Instant now;
  private final boolean followed;
  private final RelationSql relationSql;
  private final Map<TableId, KeySet> staying = new LinkedHashMap<>();

  /**
   * @param followed whether all that hangs on the rows was collected
   */
  Fates(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Holdings holdings,
      TableId root,
      Instant now,
      boolean followed) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.sets = holdings.sole();
    this.now = now;
    this.followed = followed;
    this.relationSql =
        new RelationSql(
            dialect, decisions.catalog(), new Flags(decisions, dialect, DeleteKind.HARD, root));
  }

  /**
   * Rows of a relation of which nobody decided anything, so that they keep everything from going.
   */
  record Undecided(Relation relation, long rows) {}

  /**
   * Decides.
   *
   * @return rows that stay, by table; those that go are left in the holdings' own sets
   */
  Map<TableId, KeySet> decide(HoldMarks holds) {
    List<KeySet> filled = sets.filled();
    if (everythingGoes(holds)) {
      return staying;
    }
    for (KeySet set : filled) {
      jdbc.execute(
          "alter table %s add fate smallint not null default 0, add until timestamptz, add ground text, add done boolean not null default false"
              .formatted(set.name()));
      byItself(set);
      holds.mark(set);
    }
    along();
    protecting();
    needed(filled);
    for (KeySet set : filled) {
      KeySet out = sets.moveOut(set, "s.fate <> 0");
      if (!out.isEmpty()) {
        staying.put(set.table().id(), out);
      }
    }
    return staying;
  }

  /**
   * Whether the policy leaves nothing to decide: no row says for itself that it stays, and what
   * refers to rows that go has been collected with them, or lets go.
   */
  boolean everythingGoes(HoldMarks holds) {
    Set<TableId> tables = filledTables();
    return followed
        && tables.stream().map(decisions.data()::table).noneMatch(Fates::keeps)
        && tables.stream()
            .flatMap(table -> decisions.graph().into(table).stream())
            .allMatch(this::letsGo)
        && !holds.mayHold(tables);
  }

  private static boolean keeps(TableRule rule) {
    return rule.erasure() == Erasure.ANONYMISE
        || rule.retain() != null
        || rule.columns().values().stream().anyMatch(column -> column.retain() != null);
  }

  private boolean letsGo(Relation relation) {
    OnDelete.Kind kind = decisions.of(relation).onDelete().kind();
    return kind != OnDelete.Kind.PROTECT
        && (decisions.ownership(relation) == Ownership.SOLE || kind.updates() || !needs(relation));
  }

  /** Relations into the person's rows that nobody decided, with rows of theirs. */
  List<Undecided> undecided() {
    List<Undecided> found = new ArrayList<>();
    for (Relation relation : between()) {
      boolean open =
          decisions.of(relation).onDelete().kind() == OnDelete.Kind.UNDECIDED
              && decisions.of(relation).owner() == null;
      if (open) {
        Long rows =
            jdbc.queryForObject(
                "select count(*) from %s as c where exists (select 1 from %s as p where %s)"
                    .formatted(
                        relationSql.childRows(relation),
                        set(relation.parent()).name(),
                        relationSql.matches(relation, set(relation.parent()))),
                Long.class);
        if (rows != null && rows > 0) {
          found.add(new Undecided(relation, rows));
        }
      }
    }
    return found;
  }

  private void byItself(KeySet set) {
    Table table = set.table();
    TableRule rule = decisions.data().table(table.id());
    if (rule.erasure() == Erasure.ANONYMISE) {
      jdbc.update("update %s set fate = %d".formatted(set.name(), Fate.TREAT.code()));
    }
    rule.columns()
        .forEach(
            (name, column) -> {
              LegalRetention retain = column.retain();
              if (retain != null) {
                retain(set, retain, Fate.TREAT);
              }
            });
    LegalRetention retain = rule.retain();
    if (retain != null) {
      retain(set, retain, Fate.RETAINED);
    }
  }

  private void retain(KeySet set, LegalRetention retain, Fate fate) {
    Table table = set.table();
    String end = end(dialect, table.column(retain.from()).orElseThrow());
    jdbc.update(
        """
        update %s as s
           set fate = %d, ground = ?,
               until = case when s.until is null and s.fate > 0 and s.ground is not null then null
                            else nullif(greatest(coalesce(s.until, '-infinity'), %s), '-infinity') end
          from %s as c
         where %s and (c.%s is null or %s > ?)
        """
            .formatted(
                set.name(),
                fate.code(),
                end,
                dialect.ownRows(table),
                set.sameRowSoFar("c", "s"),
                dialect.quote(retain.from()),
                end),
        ground(retain),
        retain.period().text(),
        retain.period().text(),
        Timestamp.from(now));
  }

  /** When a retention ends, in UTC as everywhere; takes the period. */
  static String end(Dialect dialect, Column column) {
    String value = "c." + dialect.quote(column.name());
    return column.type().endsWith("with time zone")
        ? "(" + value + " + cast(? as interval))"
        : "((cast(%s as timestamp) + cast(? as interval)) at time zone 'UTC')".formatted(value);
  }

  static String ground(LegalRetention retain) {
    return retain.law() == null ? retain.ground() : retain.ground() + ", " + retain.law();
  }

  /** What hangs on kept rows and is to be kept along, down to the last. */
  private void along() {
    for (TableId kept : filledTables()) {
      LegalRetention retain = decisions.data().table(kept).retain();
      if (retain == null || retain.with().isEmpty()) {
        continue;
      }
      Predicate<Relation> down =
          r ->
              retain.with().contains(r.child())
                  && (r.parent().equals(kept) || retain.with().contains(r.parent()))
                  && decisions.ownership(r) == Ownership.SOLE;
      List<Relation> relations = between().stream().filter(down).toList();
      repeat(relations, this::keepAlong);
    }
  }

  private int keepAlong(Relation relation) {
    KeySet child = set(relation.child());
    return jdbc.update(
        """
        update %s as x set fate = %d, until = p.until, ground = p.ground
          from %s as c, %s as p
         where %s and %s and p.fate in (%s) and x.fate not in (%s)
        """
            .formatted(
                child.name(),
                Fate.ALONG.code(),
                relationSql.childRows(relation),
                set(relation.parent()).name(),
                child.sameRow("c", "x"),
                relationSql.matches(relation, set(relation.parent())),
                codes(f -> f == Fate.RETAINED || f == Fate.HELD || f == Fate.ALONG),
                codes(Fate::untouched)));
  }

  /** Rows that the policy wants settled before what they refer to may go. */
  private void protecting() {
    for (Relation relation : between()) {
      if (decisions.of(relation).onDelete().kind() == OnDelete.Kind.PROTECT) {
        KeySet child = set(relation.child());
        jdbc.update(
            """
            update %s as x set fate = %d, ground = ?
              from %s as c
             where %s and x.fate = 0
               and exists (select 1 from %s as p where %s)
            """
                .formatted(
                    child.name(),
                    Fate.PROTECTS.code(),
                    relationSql.childRows(relation),
                    child.sameRow("c", "x"),
                    set(relation.parent()).name(),
                    relationSql.matches(relation, set(relation.parent()))),
            "protect " + relation.name());
      }
    }
  }

  /** Children before parents, so that one round is mostly enough. */
  private void needed(List<KeySet> filled) {
    Set<TableId> tables = filled.stream().map(s -> s.table().id()).collect(Collectors.toSet());
    List<Set<TableId>> components =
        new ArrayList<>(decisions.graph().components(tables, r -> true));
    Collections.reverse(components);
    List<Relation> relations = new ArrayList<>();
    for (Set<TableId> component : components) {
      for (TableId table : component) {
        // What refers to a table comes after what refers to its children.
        decisions.graph().into(table).stream().filter(this::needs).forEach(relations::add);
      }
    }
    repeat(relations, this::pin);
  }

  /** Whether a row that stays keeps what it refers to by this relation. */
  private boolean needs(Relation relation) {
    boolean enforced = relation instanceof ForeignKeyRelation r && r.foreignKey().enforced();
    return enforced || decisions.of(relation).onDelete().kind() == OnDelete.Kind.PROTECT;
  }

  private int pin(Relation relation) {
    KeySet parents = set(relation.parent());
    KeySet own = sets.get(relation.child());
    boolean letsGo = decisions.of(relation).onDelete().kind().updates();
    String stays =
        own == null || own.isEmpty()
            ? letsGo ? "false" : "true"
            : "(%s or exists (select 1 from %s as x where %s and x.fate in (%s)))"
                .formatted(
                    letsGo ? "false" : "(true" + own.andNotIn("c") + ")",
                    own.name(),
                    own.sameRow("c", "x"),
                    codes(f -> letsGo ? f.untouched() : f != Fate.GO));
    if (stays.equals("false")) {
      return 0;
    }
    return jdbc.update(
        """
        update %s as p set fate = %d, ground = ?
         where p.fate = 0 and exists (select 1 from %s as c where %s and %s)
        """
            .formatted(
                parents.name(),
                Fate.NEEDED.code(),
                relationSql.childRows(relation),
                relationSql.matches(relation, parents),
                stays),
        relation.name());
  }

  private interface Work {
    int on(Relation relation);
  }

  private void repeat(List<Relation> relations, Work work) {
    int changed = relations.isEmpty() ? 0 : 1;
    while (changed > 0) {
      changed = 0;
      for (Relation relation : relations) {
        changed += work.on(relation);
      }
    }
  }

  /** Relations both of whose ends are rows of the person. */
  private List<Relation> between() {
    Set<TableId> filled = filledTables();
    return decisions.graph().relations().stream()
        .filter(r -> filled.contains(r.child()) && filled.contains(r.parent()))
        .toList();
  }

  private Set<TableId> filledTables() {
    return sets.filled().stream().map(s -> s.table().id()).collect(Collectors.toSet());
  }

  private KeySet set(TableId table) {
    KeySet set = sets.get(table);
    if (set == null) {
      throw new IllegalArgumentException("nothing of " + table + " was collected");
    }
    return set;
  }

  static String codes(Predicate<Fate> which) {
    return Arrays.stream(Fate.values())
        .filter(which)
        .map(f -> Integer.toString(f.code()))
        .collect(Collectors.joining(", "));
  }
}
