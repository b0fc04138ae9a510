package org.lethe.collect;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** The key sets of one collection, made when first needed, and the numbers of its relations. */
public final class KeySets {

  /** Tells collections apart that share a session, as when a caller's transaction makes several. */
  private static final AtomicLong COLLECTIONS = new AtomicLong();

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final String prefix = "lethe_" + COLLECTIONS.incrementAndGet() + "_";
  private final Map<TableId, KeySet> sets = new LinkedHashMap<>();
  private final Map<TableId, Long> analyzedAt = new HashMap<>();
  private final RelationNumbers numbers;
  private final Set<KeySet> made = new HashSet<>();
  private final Set<Relation> climbable = new HashSet<>();
  private int names;

  KeySets(Decisions decisions, Dialect dialect, JdbcOperations jdbc) {
    this(decisions, dialect, jdbc, new RelationNumbers());
  }

  KeySets(Decisions decisions, Dialect dialect, JdbcOperations jdbc, RelationNumbers numbers) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.numbers = numbers;
  }

  /** The rows of a table; null if none were looked for. */
  public @Nullable KeySet get(TableId table) {
    return sets.get(table);
  }

  long rows(TableId table) {
    KeySet set = sets.get(table);
    return set == null ? 0 : set.rows();
  }

  /** Sets with rows in them, in the order they were opened. */
  public List<KeySet> filled() {
    return sets.values().stream().filter(s -> !s.isEmpty()).toList();
  }

  KeySet open(TableId id) {
    KeySet known = sets.get(id);
    if (known != null) {
      return known;
    }
    KeySet set = empty(decisions, dialect, id).named(newName());
    sets.put(id, set);
    return set;
  }

  /** A set for rows of a table, which is stored nowhere yet. */
  static KeySet empty(Decisions decisions, Dialect dialect, TableId id) {
    Table table = decisions.catalog().table(id);
    TreeSet<String> carried = new TreeSet<>();
    decisions.graph().into(id).forEach(r -> carried.addAll(r.parentColumns()));
    table.identity().forEach(carried::remove);
    return new KeySet(dialect, table, "none", List.copyOf(carried));
  }

  /**
   * Adds the rows that a query in the form of {@link KeySet#values} finds; the first ones bring
   * their table with them. Returns how many.
   */
  long fill(KeySet set, int via, String query, Object... arguments) {
    boolean first = made.add(set);
    String sql =
        first
            ? "create temporary table " + set.name() + " on commit drop as " + query
            : "insert into " + set.name() + " (" + set.columns() + ") " + query;
    // Without arguments a question mark is not a place for one: it may be an operator.
    long rows = arguments.length == 0 ? jdbc.update(sql) : jdbc.update(sql, arguments);
    set.add(via, rows);
    return rows;
  }

  /**
   * Moves entries to a set of their own.
   *
   * @param condition on entries {@code s}
   * @return the set; empty if no entry satisfies the condition
   */
  public KeySet moveOut(KeySet set, String condition) {
    KeySet out = set.named(newName());
    jdbc.execute(
        "create temporary table %s on commit drop as select * from %s as s where %s"
            .formatted(out.name(), set.name(), condition));
    jdbc.update("delete from %s as s where %s".formatted(set.name(), condition));
    jdbc.query(
        "select via, count(*) from %s group by via".formatted(out.name()),
        rs -> {
          out.add(rs.getInt(1), rs.getLong(2));
          set.add(rs.getInt(1), -rs.getLong(2));
        });
    jdbc.execute("analyze " + out.name());
    return out;
  }

  /** Takes a set that was filled elsewhere, as the rows of its table. */
  void put(KeySet set) {
    sets.put(set.table().id(), set);
  }

  /** A set of the same shape that is only written about, for rows that do not go. */
  KeySet shape(TableId id) {
    return shape(decisions, dialect, id);
  }

  static KeySet shape(Decisions decisions, Dialect dialect, TableId id) {
    return new KeySet(dialect, decisions.catalog().table(id), "none", List.of());
  }

  /** A name for a temporary table that nobody in this session uses. */
  String newName() {
    return prefix + ++names;
  }

  /** The numbers that stand for relations in {@code via}. */
  RelationNumbers numbers() {
    return numbers;
  }

  int number(Relation relation) {
    return numbers.of(relation);
  }

  Relation relation(int number) {
    return numbers.relation(number);
  }

  /**
   * Tells the planner how large a set is; nobody else does for temporary tables. Again only when it
   * has doubled, so that many small waves do not pay for it each time.
   */
  void analyze(TableId table) {
    analyze(table, 0);
  }

  /**
   * The same.
   *
   * @param more rows that are in the table already but not yet added to the set's counts
   */
  void analyze(TableId table, long more) {
    KeySet set = sets.get(table);
    long rows = rows(table) + more;
    if (set == null || rows == 0) {
      return;
    }
    Long before = analyzedAt.get(table);
    if (before == null || rows >= 2 * before) {
      jdbc.execute("analyze " + set.name());
      analyzedAt.put(table, rows);
    }
  }

  /** Many waves each look for a few new entries and for doubles among all the old ones. */
  void indexForWaves(TableId table) {
    KeySet set = open(table);
    if (!made.contains(set)) {
      String nothing = set.values("c", "0", 0) + " from " + dialect.ownRows(set.table());
      fill(set, KeySet.ROOT, "select " + nothing + " as c with no data");
    }
    jdbc.execute("create index on " + set.name() + " (wave)");
    jdbc.execute("create index on " + set.name() + " (" + set.distinguishing() + ")");
  }

  /** Long paths look up one parent after the other. */
  void indexForClimbing(Relation relation) {
    KeySet set = open(relation.parent());
    String columns =
        relation.parentColumns().stream().map(set::column).collect(Collectors.joining(", "));
    if (set.stored() && climbable.add(relation)) {
      jdbc.execute("create index on " + set.name() + " (" + columns + ")");
    }
  }

  /** Locks rows {@code c} in one fixed order, which is also the order of their pages. */
  String lockInPageOrder(KeySet set) {
    return set.table().kind() == Table.Kind.PARTITIONED
        ? " order by c.tableoid, c.ctid for update of c"
        : " order by c.ctid for update of c";
  }
}
