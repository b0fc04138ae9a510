package org.lethe.server.records;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Flags;
import org.lethe.collect.GivenKeys;
import org.lethe.collect.Labels;
import org.lethe.collect.RelationSql;
import org.lethe.collect.Roots;
import org.lethe.collect.Row;
import org.lethe.policy.Decisions;
import org.lethe.policy.Ownership;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.server.security.Me;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Whose data a row is: the people that it leads up to. Thread-safe. */
@Service
public final class Owners {

  /** Rows looked at; whoever shares a row with more people than that shares it with everybody. */
  private static final int MOST = 30;

  private static final int PER_RELATION = 5;

  private final Decisions decisions;
  private final Reads reads;

  Owners(Lethe lethe, Reads reads) {
    this.decisions = lethe.decisions();
    this.reads = reads;
  }

  /**
   * Somebody whose data a row is.
   *
   * @param subject what sort of person, as the policy calls it
   * @param label their name; only where the account may see their row
   */
  public record Owner(
      String subject, String label, @org.jspecify.annotations.Nullable String href) {}

  List<Owner> of(Me me, TableId table, List<String> key) {
    me.require(Action.VIEW, table);
    return decisions.data().subjects().isEmpty()
        ? List.of()
        : reads.read(Reads.PAGE, jdbc -> of(me, table, key, jdbc));
  }

  private List<Owner> of(Me me, TableId table, List<String> key, JdbcTemplate jdbc) {
    List<Owner> owners = new ArrayList<>();
    Set<Row> seen = new HashSet<>();
    Deque<Row> queue = new ArrayDeque<>(List.of(new Row(table, key, "")));
    while (!queue.isEmpty() && seen.size() < MOST) {
      Row row = queue.remove();
      if (!seen.add(new Row(row.table(), row.key(), ""))) {
        continue;
      }
      for (SubjectType type : decisions.data().subjects().values()) {
        if (type.table().equals(row.table()) && !row.table().equals(table)) {
          owners.add(owner(me, type, row));
        }
      }
      for (Relation relation : decisions.graph().outOf(row.table())) {
        if (decisions.ownership(relation) != Ownership.MENTIONED) {
          queue.addAll(parents(relation, row, jdbc));
        }
      }
    }
    return owners;
  }

  private Owner owner(Me me, SubjectType type, Row row) {
    if (!me.may(Action.VIEW, row.table())) {
      return new Owner(type.name(), "somebody", null);
    }
    String label = row.label().isEmpty() ? String.join(", ", row.key()) : row.label();
    return new Owner(
        type.name(), label, RecordAddress.of(decisions.catalog(), row.table(), row.key()));
  }

  private List<Row> parents(Relation relation, Row row, JdbcTemplate jdbc) {
    Table parent = decisions.catalog().table(relation.parent());
    if (parent.identity().isEmpty()) {
      return List.of();
    }
    GivenKeys given =
        new GivenKeys(
            decisions.catalog(), reads.dialect(), new Roots.Keys(row.table(), List.of(row.key())));
    Flags none = new Flags(decisions, reads.dialect(), DeleteKind.HARD, row.table());
    RelationSql relations = new RelationSql(reads.dialect(), decisions.catalog(), none);
    Labels labels = new Labels(reads.dialect(), parent, decisions.label(parent.id()));
    return jdbc.query(
        "select %s from %s as p join %s as c on %s where %s limit %d"
            .formatted(
                labels.columns("p"),
                reads.dialect().ownRows(parent),
                reads.dialect().ownRows(decisions.catalog().table(row.table())),
                relations.refersToRow(relation, "p"),
                given.matches("c"),
                PER_RELATION),
        (rs, n) -> labels.read(rs, 1),
        given.arguments());
  }
}
