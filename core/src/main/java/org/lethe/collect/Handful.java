package org.lethe.collect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.schema.Relation;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Collects a removal of few rows by one query, without temporary tables, which cost more than such
 * a removal itself. Where something is not ordinary, or there are more rows, it gives up, and the
 * removal is collected as any other.
 *
 * <p>One query sees the database at one moment, but locks rows after it: what came to hang on a row
 * in between is not seen. So the same is asked once more when all is locked, and only if the answer
 * is the same it holds: nobody can add to what hangs on locked rows over a foreign key. Where the
 * database itself would refuse to delete what something overlooked refers to, and the removal can
 * be made again, that is left to the database.
 *
 * <p>One use, inside one transaction; not thread-safe.
 */
final class Handful {

  private final Handfuls handfuls;
  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final DeleteKind kind;

  Handful(
      Handfuls handfuls,
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      DeleteKind kind) {
    this.handfuls = handfuls;
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.kind = kind;
  }

  /**
   * Rows that were found.
   *
   * @param tag says where
   * @param part the table's number
   * @param places an array as text, as are the following
   * @param vias in the order of the places
   * @param held the same, for each column
   */
  private record Found(
      int tag, long rows, long part, String places, String vias, List<String> held) {

    /** How many rows each relation reached. */
    Map<Integer, Long> reachedBy() {
      return Stream.of(vias.substring(1, vias.length() - 1).split(",", -1))
          .collect(
              Collectors.groupingBy(Integer::valueOf, LinkedHashMap::new, Collectors.counting()));
    }
  }

  /** Rows that stay and lose their reference. */
  record Changing(Relation relation, KeySet rows, long count) {}

  /** The rows that go, and those that change. */
  record Rows(KeySets going, List<Changing> changing) {}

  /**
   * Finds what goes and what changes; nothing if this is no handful.
   *
   * @param locks whether rows are locked as they are found
   * @param again whether the removal is made again if the database refuses it
   * @throws org.lethe.error.InputException if a root cannot be read
   */
  Optional<Rows> collect(Roots from, boolean locks, boolean again) {
    if (!(from instanceof Roots.Keys roots)) {
      return Optional.empty();
    }
    Optional<Handfuls.Query> query = handfuls.query(roots, kind, locks);
    if (query.isEmpty()) {
      return Optional.empty();
    }
    GivenKeys given = new GivenKeys(decisions.catalog(), dialect, roots);
    new StandIn(decisions, dialect).refuse(jdbc, roots);
    Optional<List<Found>> found = found(query.get(), given);
    if (found.isEmpty() || missing(found.get(), query.get().form(), roots)) {
      return Optional.empty();
    }
    boolean sure = !locks || (again && query.get().guarded());
    if (!sure
        && handfuls
            .query(roots, kind, false)
            .flatMap(q -> found(q, given))
            .filter(found.get()::equals)
            .isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(filled(query.get().form(), found.get()));
  }

  private static boolean missing(List<Found> found, HandfulQuery query, Roots.Keys roots) {
    long there =
        found.stream()
            .filter(f -> f.tag() == query.rootTag())
            .mapToLong(f -> f.reachedBy().getOrDefault(KeySet.ROOT, 0L))
            .sum();
    return there < roots.keys().stream().distinct().count();
  }

  private Optional<List<Found>> found(Handfuls.Query query, GivenKeys given) {
    List<Found> found = jdbc.query(query.sql(), (rs, n) -> read(rs), given.arguments());
    boolean handful =
        found.stream().mapToLong(Found::rows).sum() <= handfuls.limit()
            && found.stream().noneMatch(f -> f.tag() == HandfulQuery.TOO_MUCH);
    return handful ? Optional.of(found) : Optional.empty();
  }

  private static Found read(ResultSet rs) throws SQLException {
    List<String> held = new ArrayList<>();
    for (int i = 6; i <= rs.getMetaData().getColumnCount(); i++) {
      held.add(String.valueOf(rs.getString(i)));
    }
    return new Found(
        rs.getInt(1),
        rs.getLong(2),
        rs.getLong(3),
        String.valueOf(rs.getString(4)),
        String.valueOf(rs.getString(5)),
        held);
  }

  private Rows filled(HandfulQuery query, List<Found> found) {
    KeySets sets = new KeySets(decisions, dialect, jdbc, query.numbers());
    Map<Integer, Found> byTag = new HashMap<>();
    found.forEach(f -> byTag.put(f.tag(), f));
    int tag = 0;
    for (KeySet shape : query.going()) {
      Found rows = byTag.get(++tag);
      if (rows != null) {
        KeySet set = written(shape, rows);
        rows.reachedBy().forEach(set::add);
        sets.put(set);
      }
    }
    List<Changing> changing = new ArrayList<>();
    for (Relation relation : query.changing()) {
      Found rows = byTag.get(++tag);
      if (rows != null) {
        KeySet shape = query.shape(relation);
        changing.add(new Changing(relation, written(shape, rows), rows.rows()));
      }
    }
    return new Rows(sets, changing);
  }

  /** Rows written out. */
  private KeySet written(KeySet shape, Found rows) {
    List<String> columns = new ArrayList<>(shape.columnNames());
    List<String> arrays = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      arrays.add(dialect.fromArrayText(rows.held().get(i), shape.held().get(i)));
    }
    columns.addAll(List.of("tid", "via"));
    arrays.add(dialect.literal(rows.places()) + "::tid[]");
    arrays.add(dialect.literal(rows.vias()) + "::integer[]");
    return shape.in(
        "(select u.*, %d::oid as part, 0 as wave from unnest(%s) as u (%s))"
            .formatted(rows.part(), String.join(", ", arrays), String.join(", ", columns)),
        rows.places());
  }
}
