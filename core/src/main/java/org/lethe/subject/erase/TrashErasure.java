package org.lethe.subject.erase;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.LegalRetention;
import org.lethe.subject.TrashedRows;
import org.springframework.jdbc.core.JdbcOperations;

/** Takes a person's own rows out of the trash. Inside an erasure's transaction. */
final class TrashErasure {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Instant now;
  private final TrashedRows trashed;

  TrashErasure(
      Decisions decisions, Dialect dialect, JdbcOperations jdbc, Instant now, TrashedRows trashed) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.now = now;
    this.trashed = trashed;
  }

  /** How many there are of each table that may go, by its name. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<TrashedRows.Shape> shapes = trashed.shapes();
    for (int i = 0; i < shapes.size(); i++) {
      Long rows =
          jdbc.queryForObject(
              own(i) + " select count(*) from r where " + mayGo(shapes.get(i)),
              Long.class,
              arguments(shapes.get(i)));
      if (rows != null && rows > 0) {
        counts.merge(name(shapes.get(i)), rows, Long::sum);
      }
    }
    return counts;
  }

  /** Takes them out; what is left of their deletions can still be restored. */
  void remove() {
    if (trashed.shapes().isEmpty()) {
      return;
    }
    List<TrashedRows.Shape> shapes = trashed.shapes();
    for (int i = 0; i < shapes.size(); i++) {
      TrashedRows.Shape shape = shapes.get(i);
      jdbc.update(
          own(i)
              + " delete from lethe.archived_row as gone using r where gone.ctid = r.place and "
              + mayGo(shape),
          arguments(shape));
      jdbc.update(
          """
          update lethe.deletion set label = null, root = null
           where root_table = ? and deletion_id in (select deletion_id from %s where shape = %d)
          """
              .formatted(trashed.found(), i),
          name(shape));
    }
    jdbc.update(
        """
        update lethe.deletion as d set state = 'purged', settled_at = ?, settled_by = ?
         where d.state = 'in_trash' and d.deletion_id in (select deletion_id from %s)
           and not exists (select 1 from lethe.archived_row as r where r.deletion_id = d.deletion_id)
           and not exists (select 1 from lethe.archived_table as a
                            where a.deletion_id = d.deletion_id and a.fate = 'marked')
        """
            .formatted(trashed.found()),
        Timestamp.from(now),
        "erasure");
  }

  /**
   * A person's images of one shape as {@code r}, picked out first and apart: values of other
   * tables' rows need not be of the type that a condition casts to.
   */
  private String own(int shape) {
    return """
        with r as materialized (
          select i.ctid as place, i.image
            from %s as f join lethe.archived_row as i on i.ctid = f.place
           where f.shape = %d)
        """
        .formatted(trashed.found(), shape);
  }

  private String name(TrashedRows.Shape shape) {
    return decisions.catalog().displayName(shape.table().id());
  }

  /** What the law wants kept is kept in the trash, too, until a purge takes it. */
  private String mayGo(TrashedRows.Shape shape) {
    LegalRetention retain = decisions.data().table(shape.table().id()).retain();
    String from = retain == null ? null : shape.value(dialect, "r.image", retain.from());
    return retain == null || from == null
        ? "true"
        : "coalesce(cast(%s as timestamp) + cast(? as interval) <= (cast(? as timestamptz) at time zone 'UTC'), false)"
            .formatted(from);
  }

  private Object[] arguments(TrashedRows.Shape shape) {
    LegalRetention retain = decisions.data().table(shape.table().id()).retain();
    boolean asked = retain != null && shape.value(dialect, "r.image", retain.from()) != null;
    return asked ? new Object[] {retain.period().text(), Timestamp.from(now)} : new Object[0];
  }
}
