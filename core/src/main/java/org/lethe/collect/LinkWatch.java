package org.lethe.collect;

import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Locks keep new children away where a foreign key makes their writers look at the parent. A link
 * has no such guard, so just before the end it is asked once more whether anything hangs on what is
 * gone.
 */
public final class LinkWatch {

  private final Decisions decisions;
  private final JdbcOperations jdbc;
  private final Collected collected;
  private final RelationSql relationSql;

  public LinkWatch(Decisions decisions, Dialect dialect, JdbcOperations jdbc, Collected collected) {
    this.decisions = decisions;
    this.jdbc = jdbc;
    this.collected = collected;
    this.relationSql = new RelationSql(dialect, decisions.catalog(), collected.flags());
  }

  /** Whether rows came in over a link since they were collected. */
  public boolean findsNewcomers() {
    for (Relation relation : decisions.graph().relations()) {
      KeySet parents = collected.sets().get(relation.parent());
      if (relation instanceof Link
          && parents != null
          && !parents.isEmpty()
          && decisions.of(relation).onDelete().kind() != OnDelete.Kind.DO_NOTHING
          && finds(relation, parents)) {
        return true;
      }
    }
    return false;
  }

  private boolean finds(Relation relation, KeySet parents) {
    return !jdbc.query(
            "select 1" + relationSql.from(relation, parents, "") + " limit 1", (rs, n) -> 1)
        .isEmpty();
  }
}
