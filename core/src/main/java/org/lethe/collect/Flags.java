package org.lethe.collect;

import java.util.Map;
import java.util.Objects;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;

/**
 * Which tables' rows are only marked as deleted in one removal, and how to tell the rows that
 * already are: these are as good as gone for everything that does not really go. Immutable.
 */
public final class Flags {

  private final Decisions decisions;
  private final Dialect dialect;
  private final DeleteKind kind;
  private final Map<TableId, FlagColumns> marked;

  /**
   * For one removal.
   *
   * @param root the table it starts from
   */
  public Flags(Decisions decisions, Dialect dialect, DeleteKind kind, TableId root) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.kind = kind;
    this.marked = kind == DeleteKind.SOFT ? decisions.markedWith(root) : Map.of();
  }

  public DeleteKind kind() {
    return kind;
  }

  /** Whether the table's rows stay and are marked. */
  public boolean marks(TableId table) {
    return marked.containsKey(table);
  }

  /** The columns that mark rows of a table; only where this removal {@link #marks} them. */
  public FlagColumns columns(TableId table) {
    return Objects.requireNonNull(marked.get(table), () -> table + " is not marked");
  }

  /** A condition that row {@code alias} is not marked yet; empty where rows are not marked. */
  public String andLive(TableId table, String alias) {
    return marks(table) ? " and " + isLive(dialect, columns(table), alias) : "";
  }

  /**
   * A condition that row {@code alias} of the relation's child counts at all: a row that was marked
   * before neither follows nor blocks a parent that stays.
   */
  String andLiveChild(Relation relation, String alias) {
    FlagColumns columns = decisions.trash(relation.child()).flag();
    boolean parentStays =
        marks(relation.parent())
            || (!marked.isEmpty()
                && !(relation instanceof ForeignKeyRelation r && r.foreignKey().enforced()));
    return columns != null && parentStays ? " and " + isLive(dialect, columns, alias) : "";
  }

  /** Whether row {@code alias} is not marked as deleted; never null. */
  public static String isLive(Dialect dialect, FlagColumns columns, String alias) {
    return columns.isLive(alias + "." + dialect.quote(columns.telling().name()));
  }
}
