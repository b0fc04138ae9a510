package org.lethe.retention;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.Catalog;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.schema.Trigger;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deletes from a table that nothing hangs on, straight away: page by page where many rows go, so
 * that each page is read once, or along an index where few do. The predicate is part of every
 * DELETE, so a row that somebody changes meanwhile stays if it does not match any more.
 */
final class FlatTable {

  /** Rows per transaction, roughly: enough to be quick, few enough to be over soon. */
  static final int CHUNK = 10_000;

  /** Pages read in one transaction where few rows match: a second's work or so. */
  private static final long MOST_PAGES = 16_384;

  /** Where more than one row in twenty goes, reading all pages costs less than an index. */
  private static final double MANY = 0.05;

  private final Dialect dialect;
  private final TableId stored;
  private final String target;
  private final String condition;
  private long pages = -1;
  private long page;
  private long step;
  private boolean byPage;

  private FlatTable(Dialect dialect, TableId stored, String target, String condition) {
    this.dialect = dialect;
    this.stored = stored;
    this.target = target;
    this.condition = condition;
  }

  /** Whether a bare DELETE is all there is to do for a row of this table. */
  static boolean fits(Decisions decisions, TableId id) {
    Catalog catalog = decisions.catalog();
    Table table = catalog.table(id);
    boolean plain =
        Stream.concat(Stream.of(table), table.partitions().stream().map(catalog::table))
            .allMatch(FlatTable::plain);
    return plain && decisions.graph().into(catalog.whole(id)).isEmpty();
  }

  private static boolean plain(Table table) {
    return table.kind() != Table.Kind.FOREIGN
        && table.children().isEmpty()
        && table.parents().isEmpty()
        && !table.rowSecurity()
        && table.triggers().stream()
            .noneMatch(t -> t.enabled() && t.events().contains(Trigger.Event.DELETE));
  }

  /** The tables that really store its rows. */
  static List<FlatTable> of(Decisions decisions, Dialect dialect, TableId id, DueRows due) {
    Table table = decisions.catalog().table(id);
    List<TableId> stored =
        table.kind() == Table.Kind.PARTITIONED ? table.partitions() : List.of(id);
    return stored.stream()
        .map(
            t ->
                new FlatTable(
                    dialect,
                    t,
                    "%s as %s".formatted(dialect.quote(t), dialect.quote(id.name())),
                    due.condition()))
        .collect(Collectors.toList());
  }

  /** Looks how large it is and how much of it goes. */
  void measure(JdbcOperations jdbc) {
    Long size =
        jdbc.queryForObject(
            "select pg_relation_size(?::regclass) / current_setting('block_size')::bigint",
            Long.class,
            dialect.quote(stored));
    pages = size == null ? 0 : size;
    Double rows =
        jdbc.queryForObject(
            "select greatest(reltuples, 0) from pg_class where oid = ?::regclass",
            Double.class,
            dialect.quote(stored));
    String plan =
        jdbc.queryForObject(
            "explain (format json) select 1 from %s where %s".formatted(target, condition),
            String.class);
    JsonNode top = JsonMapper.shared().readTree(plan == null ? "[]" : plan).path(0).path("Plan");
    double going = Math.max(1, top.path("Plan Rows").asDouble(1));
    byPage =
        rows == null
            || rows <= 0
            || going / rows >= MANY
            || plan == null
            || plan.contains("Seq Scan");
    step = bounded(pages * CHUNK / Math.max(going, 1));
  }

  boolean measured() {
    return pages >= 0;
  }

  private static long bounded(double number) {
    return (long) Math.max(1, Math.min(MOST_PAGES, number));
  }

  /**
   * Deletes the next chunk, within the caller's transaction.
   *
   * @return how many rows went, perhaps none; negative when there is nothing left to look at
   */
  long deleteNext(JdbcOperations jdbc) {
    // What a crash brings back is still due, and the end of the run is waited for.
    jdbc.query(dialect.commitWithoutWaiting(), rs -> {});
    return byPage ? deletePages(jdbc) : deleteFound(jdbc);
  }

  private long deletePages(JdbcOperations jdbc) {
    if (page >= pages) {
      return -1;
    }
    return jdbc.update(
        "delete from %s where ctid >= '(%d,0)' and ctid < '(%d,0)' and %s"
            .formatted(target, page, page + step, condition));
  }

  private long deleteFound(JdbcOperations jdbc) {
    int rows =
        jdbc.update(
            """
            delete from %s
             where ctid = any(array(select ctid from %s where %s limit %d)) and %s
            """
                .formatted(target, target, condition, CHUNK, condition));
    return rows == 0 ? -1 : rows;
  }

  /** Goes on to what comes after a chunk that was committed. */
  void advance(long rows) {
    if (byPage) {
      page += step;
      // Towards chunks of the right size, not more than twice or half of the last at once.
      double wanted = rows <= 0 ? step * 2.0 : (double) step * CHUNK / rows;
      step = bounded(Math.max(step / 2.0, Math.min(step * 2.0, wanted)));
    }
  }
}
