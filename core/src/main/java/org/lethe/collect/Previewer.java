package org.lethe.collect;

import java.util.List;
import java.util.Optional;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** Looks at a removal without locking or changing anything. Inside one transaction. */
public final class Previewer {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Handfuls handfuls;

  /**
   * @param handfuls for the same policy
   */
  public Previewer(Decisions decisions, Dialect dialect, JdbcOperations jdbc, Handfuls handfuls) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.handfuls = handfuls;
  }

  public Preview preview(Roots roots, DeleteKind kind, Preview.Cap cap) {
    Collected collected = collect(roots, kind);
    List<TreeNode> tree = new TreeBuilder(decisions, dialect, jdbc, collected, cap).build();
    long rootRows =
        collected.sets().filled().stream()
            .mapToLong(s -> s.reachedBy().getOrDefault(KeySet.ROOT, 0L))
            .sum();
    return new Preview(collected.selection(), tree, rootRows);
  }

  /** The path from a root to a row; empty if the removal does not touch it. */
  public List<PathStep> why(Roots roots, DeleteKind kind, TableId table, List<String> key) {
    Collected collected = collect(roots, kind);
    KeySet set = collected.sets().get(decisions.catalog().whole(table));
    return set == null
        ? List.of()
        : new PathFinder(
                decisions,
                dialect,
                jdbc,
                new RelationSql(dialect, decisions.catalog(), collected.flags()),
                collected.sets())
            .to(set, key);
  }

  /** A row with its label; empty if there is none with this key. */
  public Optional<Row> row(TableId id, List<String> key) {
    Table table = decisions.catalog().table(id);
    Labels labels = new Labels(dialect, table, decisions.label(id));
    GivenKeys given = new GivenKeys(decisions.catalog(), dialect, new Roots.Keys(id, List.of(key)));
    return jdbc
        .query(
            "select %s from %s as c where %s"
                .formatted(labels.columns("c"), dialect.ownRows(table), given.matches("c")),
            (rs, n) -> labels.read(rs, 1),
            given.arguments())
        .stream()
        .findFirst();
  }

  private Collected collect(Roots roots, DeleteKind kind) {
    Flags flags = new Flags(decisions, dialect, kind, roots.table());
    return new Collector(decisions, dialect, jdbc, Collector.Mode.LOOK, flags, handfuls)
        .collect(roots);
  }
}
