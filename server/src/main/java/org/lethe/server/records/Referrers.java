package org.lethe.server.records;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.GivenKeys;
import org.lethe.collect.RelationSql;
import org.lethe.collect.Roots;
import org.lethe.error.InputException;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;

/** What refers to a row: how many rows of each relation, and where they are. Thread-safe. */
@Service
public final class Referrers {

  private static final int COUNTED = 1000;

  /** For one relation: without an index the database reads a whole table. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Decisions decisions;
  private final Reads reads;

  Referrers(Lethe lethe, Reads reads) {
    this.decisions = lethe.decisions();
    this.reads = reads;
  }

  /**
   * Rows that refer to one.
   *
   * @param relation its name in the policy
   * @param counted how many; null where nobody knows, or they are more than anybody counts
   * @param rows how many, in words
   * @param href the list of them; null where no address says which they are, or it may not be seen
   * @param onDelete what becomes of them when the row goes, in words
   */
  public record Referrer(
      String relation,
      String table,
      @Nullable Long counted,
      String rows,
      @Nullable String href,
      String onDelete) {}

  /** Relations by which at least one row refers to this one, or of which nobody knows. */
  List<Referrer> of(Me me, TableId table, List<String> key) {
    me.require(Action.VIEW, table);
    List<Referrer> found = new ArrayList<>();
    for (Relation relation : decisions.graph().into(table)) {
      long rows = count(relation, table, key);
      if (rows != 0) {
        found.add(
            new Referrer(
                relation.name(),
                decisions.catalog().displayName(relation.child()),
                rows < 0 || rows > COUNTED ? null : rows,
                words(rows),
                me.may(Action.VIEW, relation.child()) ? href(relation, table, key) : null,
                effect(decisions.of(relation).onDelete())));
      }
    }
    return found;
  }

  private static String words(long rows) {
    if (rows < 0) {
      return "some rows, or none: counting takes too long without an index";
    }
    return rows > COUNTED ? "more than " + RecordWords.rows(COUNTED) : RecordWords.rows(rows);
  }

  private static String effect(OnDelete onDelete) {
    return switch (onDelete.kind()) {
      case CASCADE -> "removed with it";
      case PROTECT, RESTRICT -> "keep it from being deleted";
      case UNDECIDED -> "nobody decided: keep it from being deleted";
      case DO_NOTHING -> "stay as they are";
      case SET_NULL, SET_DEFAULT, SET, REASSIGN -> "stay, changed (" + onDelete + ")";
    };
  }

  /** -1 where it takes too long. */
  private long count(Relation relation, TableId table, List<String> key) {
    GivenKeys given =
        new GivenKeys(decisions.catalog(), reads.dialect(), new Roots.Keys(table, List.of(key)));
    Flags none = new Flags(decisions, reads.dialect(), DeleteKind.HARD, table);
    RelationSql relations = new RelationSql(reads.dialect(), decisions.catalog(), none);
    String sql =
        "select count(*) from (select 1 from %s as c where exists (select 1 from %s as p where %s and %s) limit %d) as found"
            .formatted(
                relations.childRows(relation),
                reads.dialect().ownRows(decisions.catalog().table(relation.parentScan())),
                given.matches("p"),
                relations.refersToRow(relation, "p"),
                COUNTED + 1);
    try {
      Long rows =
          reads.read(PATIENCE, jdbc -> jdbc.queryForObject(sql, Long.class, given.arguments()));
      return rows == null ? 0 : rows;
    } catch (TooSlowException e) {
      return -1;
    }
  }

  private @Nullable String href(Relation relation, TableId parent, List<String> key) {
    if (relation instanceof Link link
        && (link.normaliser() != Link.Normaliser.NONE || link.jsonPath() != null)) {
      return null;
    }
    List<String> identity = decisions.catalog().table(parent).identity();
    TableView child = TableView.of(decisions, relation.child());
    Map<String, String> values = new LinkedHashMap<>();
    if (!identity.containsAll(relation.parentColumns())) {
      return null;
    }
    IntStream.range(0, relation.childColumns().size())
        .forEach(
            i ->
                values.put(
                    relation.childColumns().get(i),
                    key.get(identity.indexOf(relation.parentColumns().get(i)))));
    if (relation instanceof Link link) {
      values.putAll(link.conditions());
    }
    boolean filtered =
        values.keySet().stream()
            .allMatch(c -> child.column(c).map(ShownColumn::filtered).orElse(false));
    return filtered ? References.only(child, values) : null;
  }

  /** Refuses keys that cannot be one of this table. */
  void check(TableId table, List<String> key) {
    if (decisions.catalog().table(table).identity().size() != key.size()) {
      throw new InputException("This address names no row of this table.");
    }
  }
}
