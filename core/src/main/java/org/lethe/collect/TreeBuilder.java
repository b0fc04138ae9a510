package org.lethe.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Relation;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Builds the capped tree of a preview, level by level: two statements per relation and level,
 * whatever hangs there.
 */
final class TreeBuilder {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final RelationSql relationSql;
  private final Collected collected;
  private final Preview.Cap cap;
  private int nodesLeft;

  TreeBuilder(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Collected collected,
      Preview.Cap cap) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.relationSql = new RelationSql(dialect, decisions.catalog(), collected.flags());
    this.collected = collected;
    this.cap = cap;
    this.nodesLeft = cap.nodes();
  }

  /** A node while its branches are still growing. */
  private static final class Growing {
    final Row row;
    final KeySet set;
    final String tid;
    final String part;
    final List<GrowingBranch> branches = new ArrayList<>();

    Growing(Row row, KeySet set, String tid, String part) {
      this.row = row;
      this.set = set;
      this.tid = tid;
      this.part = part;
    }

    TreeNode done() {
      return new TreeNode(row, branches.stream().map(GrowingBranch::done).toList());
    }
  }

  private record GrowingBranch(
      Relation relation, TreeNode.Effect effect, long rows, List<Growing> shown) {
    TreeNode.Branch done() {
      return new TreeNode.Branch(
          relation.name(), effect, rows, shown.stream().map(Growing::done).toList());
    }
  }

  List<TreeNode> build() {
    if (cap.depth() <= 0) {
      return List.of();
    }
    List<Growing> roots = new ArrayList<>();
    for (KeySet set : collected.sets().filled()) {
      if (set.reachedBy().containsKey(KeySet.ROOT)) {
        roots.addAll(roots(set));
      }
    }
    List<Growing> level = roots;
    for (int depth = 0; depth < cap.depth() && !level.isEmpty(); depth++) {
      Map<KeySet, List<Growing>> byTable =
          level.stream()
              .collect(Collectors.groupingBy(g -> g.set, LinkedHashMap::new, Collectors.toList()));
      List<Growing> next = new ArrayList<>();
      byTable.forEach((set, nodes) -> next.addAll(grow(set, nodes)));
      level = next;
    }
    return roots.stream().map(Growing::done).toList();
  }

  private List<Growing> roots(KeySet set) {
    Labels labels = labels(set);
    int limit = Math.min(cap.perBranch() * 4, nodesLeft);
    List<Growing> found =
        jdbc.query(
            "select %s, s.tid, s.part::bigint from %s as s join %s as c on %s where s.via = %d order by s.part, s.tid limit %d"
                .formatted(
                    labels.columns("c"),
                    set.name(),
                    dialect.ownRows(set.table()),
                    set.sameRow("c", "s"),
                    KeySet.ROOT,
                    limit),
            (rs, n) -> growing(labels, set, rs, 1));
    nodesLeft -= found.size();
    return found;
  }

  /** Adds what hangs on these nodes of one table; returns the new nodes that go and may grow on. */
  private List<Growing> grow(KeySet parents, List<Growing> nodes) {
    List<Growing> next = new ArrayList<>();
    for (Relation relation : decisions.graph().into(parents.table().id())) {
      OnDelete.Kind kind = decisions.of(relation).onDelete().kind();
      Members members = members(relation, kind);
      if (members != null) {
        next.addAll(branch(relation, members, parents, nodes));
      }
    }
    return next;
  }

  /**
   * Which rows {@code c} belong to a branch.
   *
   * @param join narrows {@code c} to them
   * @param all how many there are below all nodes together; null when only counting can tell
   */
  private record Members(
      TreeNode.Effect effect, KeySet children, String join, String more, @Nullable Long all) {}

  private @Nullable Members members(Relation relation, OnDelete.Kind kind) {
    KeySet going = collected.sets().get(relation.child());
    KeySet shape = collected.sets().shape(relation.child());
    String notGoing = going == null ? "" : going.andNotIn("c");
    return switch (kind) {
      case CASCADE -> {
        if (going == null) {
          yield null;
        }
        int via = collected.sets().number(relation);
        Long reached = going.reachedBy().get(via);
        yield reached == null
            ? null
            : new Members(
                collected.flags().marks(relation.child())
                    ? TreeNode.Effect.MARKED
                    : TreeNode.Effect.DELETED,
                going,
                " join %s as s on %s and s.via = %d"
                    .formatted(going.name(), going.sameRow("c", "s"), via),
                "",
                reached);
      }
      case SET_NULL, SET_DEFAULT, SET, REASSIGN -> {
        UpdateSet update = collected.updates().get(relation.name());
        yield update == null
            ? null
            : new Members(
                updateEffect(kind),
                shape,
                " join %s as s on c.ctid = s.tid and c.tableoid = s.part".formatted(update.name()),
                "",
                update.facts().rows());
      }
      case PROTECT -> new Members(TreeNode.Effect.PROTECTED, shape, "", "", null);
      case UNDECIDED -> new Members(TreeNode.Effect.UNDECIDED, shape, "", "", null);
      case RESTRICT -> new Members(TreeNode.Effect.RESTRICTED, shape, "", notGoing, null);
      case DO_NOTHING -> new Members(TreeNode.Effect.LEFT_DANGLING, shape, "", notGoing, null);
    };
  }

  private static TreeNode.Effect updateEffect(OnDelete.Kind kind) {
    return switch (kind) {
      case SET_NULL -> TreeNode.Effect.SET_NULL;
      case SET_DEFAULT -> TreeNode.Effect.SET_DEFAULT;
      case REASSIGN -> TreeNode.Effect.REASSIGNED;
      default -> TreeNode.Effect.SET;
    };
  }

  private List<Growing> branch(
      Relation relation, Members members, KeySet parents, List<Growing> nodes) {
    String given =
        IntStream.range(0, nodes.size())
            .mapToObj(
                i -> "(%d, '%s'::tid, %s::oid)".formatted(i, nodes.get(i).tid, nodes.get(i).part))
            .collect(Collectors.joining(", ", "(values ", ") as v(node, tid, part)"));
    String entry = " join %s as p on p.tid = v.tid and p.part = v.part".formatted(parents.name());
    String hanging =
        " from %s as c%s where %s%s"
            .formatted(
                relationSql.childRows(relation),
                members.join(),
                relationSql.matches(relation, parents),
                members.more());
    Map<Integer, Long> counts = counts(members, parents, given, entry, hanging);
    if (counts.isEmpty()) {
      return List.of();
    }
    Labels labels = labels(members.children());
    Map<Integer, List<Growing>> shown = new LinkedHashMap<>();
    jdbc.query(
        "select h.* from %s%s cross join lateral (select v.node, %s, c.ctid as lethe_tid, c.tableoid::bigint as lethe_part%s order by c.tableoid, c.ctid limit %d) as h order by h.node, h.lethe_part, h.lethe_tid"
            .formatted(given, entry, labels.columns("c"), hanging, cap.perBranch()),
        rs -> {
          if (nodesLeft > 0) {
            nodesLeft--;
            shown
                .computeIfAbsent(rs.getInt(1), n -> new ArrayList<>())
                .add(growing(labels, members.children(), rs, 2));
          }
        });
    List<Growing> next = new ArrayList<>();
    counts.forEach(
        (node, rows) -> {
          List<Growing> few = shown.getOrDefault(node, List.of());
          nodes.get(node).branches.add(new GrowingBranch(relation, members.effect(), rows, few));
          if (members.effect() == TreeNode.Effect.DELETED
              || members.effect() == TreeNode.Effect.MARKED) {
            next.addAll(few);
          }
        });
    return next;
  }

  private Map<Integer, Long> counts(
      Members members, KeySet parents, String given, String entry, String hanging) {
    Map<Integer, Long> counts = new LinkedHashMap<>();
    if (members.all() != null && parents.rows() == 1) {
      counts.put(0, members.all());
      return counts;
    }
    jdbc.query(
        "select v.node, h.n from %s%s cross join lateral (select count(*) as n%s) as h where h.n > 0 order by v.node"
            .formatted(given, entry, hanging),
        rs -> {
          counts.put(rs.getInt(1), rs.getLong(2));
        });
    return counts;
  }

  private static Growing growing(Labels labels, KeySet set, java.sql.ResultSet rs, int from)
      throws java.sql.SQLException {
    int place = from + labels.width();
    return new Growing(labels.read(rs, from), set, rs.getString(place), rs.getString(place + 1));
  }

  private Labels labels(KeySet set) {
    return new Labels(dialect, set.table(), decisions.label(set.table().id()));
  }
}
