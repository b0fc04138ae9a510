package org.lethe.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.LegalRetention;
import org.lethe.policy.OnDelete;
import org.lethe.policy.TableRule;
import org.lethe.schema.Column;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What the law or a hold keeps does not go because somebody chose so: such rows block a removal
 * that reaches them over a relation of which "delete along" was chosen against the policy.
 */
final class KeptRows {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final KeySets sets;
  private final PathFinder paths;

  KeptRows(
      Decisions decisions, Dialect dialect, JdbcOperations jdbc, KeySets sets, PathFinder paths) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.sets = sets;
    this.paths = paths;
  }

  /** A condition on rows {@code c} and entries {@code s}, and what to say of them. */
  private record Ground(String condition, String why) {}

  List<Blocker> find() {
    List<TableId> chosen =
        decisions.choices().byRelation().entrySet().stream()
            .filter(e -> e.getValue().kind() == OnDelete.Kind.CASCADE)
            .map(e -> e.getKey().child())
            .toList();
    if (chosen.isEmpty()) {
      return List.of();
    }
    Set<TableId> reached =
        decisions
            .graph()
            .reach(chosen, r -> decisions.of(r).onDelete().kind() == OnDelete.Kind.CASCADE);
    List<Blocker> found = new ArrayList<>();
    for (KeySet set : sets.filled()) {
      if (reached.contains(set.table().id())) {
        grounds(set).forEach(ground -> found.addAll(blockers(set, ground)));
      }
    }
    return found;
  }

  private List<Blocker> blockers(KeySet set, Ground ground) {
    List<Blocker> found = new ArrayList<>();
    for (int via : List.copyOf(set.reachedBy().keySet())) {
      String rows =
          " from %s as s join %s as c on %s where s.via = %d and %s"
              .formatted(
                  set.name(),
                  dialect.ownRows(set.table()),
                  set.sameRow("c", "s"),
                  via,
                  ground.condition());
      Long kept =
          via == KeySet.ROOT ? null : jdbc.queryForObject("select count(*)" + rows, Long.class);
      if (kept != null && kept > 0) {
        Relation relation = sets.relation(via);
        found.add(
            new Blocker(
                relation,
                OnDelete.Kind.PROTECT,
                kept,
                pathToOne(relation, rows),
                null,
                ground.why()));
      }
    }
    return found;
  }

  private List<PathStep> pathToOne(Relation relation, String rows) {
    List<String> place =
        jdbc.query(
            "select c.ctid, c.tableoid::bigint" + rows + " order by c.ctid limit 1",
            (rs, n) ->
                " and c.ctid = '%s'::tid and c.tableoid = %d"
                    .formatted(rs.getString(1), rs.getLong(2)));
    return paths.toOneOf(relation, sets.open(relation.parent()), String.join("", place));
  }

  private List<Ground> grounds(KeySet set) {
    TableId table = set.table().id();
    List<Ground> grounds = new ArrayList<>();
    TableRule rule = decisions.data().table(table);
    Stream.concat(
            Stream.ofNullable(rule.retain()),
            rule.columns().values().stream().flatMap(c -> Stream.ofNullable(c.retain())))
        .distinct()
        .forEach(retain -> grounds.add(byLaw(set, retain)));
    for (Map.Entry<TableId, TableRule> other : decisions.data().tables().entrySet()) {
      LegalRetention retain = other.getValue().retain();
      if (retain != null && retain.with().contains(table)) {
        grounds.add(
            new Ground(
                "true",
                "the law keeps rows of %s along with %s (%s)"
                    .formatted(
                        decisions.catalog().displayName(table),
                        decisions.catalog().displayName(other.getKey()),
                        ground(retain))));
      }
    }
    held(set).ifPresent(grounds::add);
    return grounds;
  }

  private Ground byLaw(KeySet set, LegalRetention retain) {
    Column from = set.table().column(retain.from()).orElseThrow();
    return new Ground(
        "(c.%1$s is null or %2$s + cast(%3$s as interval) > now())"
            .formatted(
                dialect.quote(from.name()),
                from.type().endsWith("with time zone")
                    ? "c." + dialect.quote(from.name())
                    : "(cast(c.%s as timestamp) at time zone 'UTC')"
                        .formatted(dialect.quote(from.name())),
                dialect.literal(retain.period().text())),
        "the law keeps these rows of %s (%s)"
            .formatted(decisions.catalog().displayName(set.table().id()), ground(retain)));
  }

  private static String ground(LegalRetention retain) {
    return retain.law() == null ? retain.ground() : retain.ground() + ", " + retain.law();
  }

  private Optional<Ground> held(KeySet set) {
    Boolean ledger =
        jdbc.queryForObject("select to_regclass('lethe.row_hold') is not null", Boolean.class);
    if (set.identity().isEmpty() || !Boolean.TRUE.equals(ledger)) {
      return Optional.empty();
    }
    String key =
        IntStream.rangeClosed(1, set.identity().size())
            .mapToObj(i -> "s.k" + i + "::text")
            .collect(Collectors.joining(", "));
    TableId table = set.table().id();
    return Optional.of(
        new Ground(
            """
            exists (select 1 from lethe.row_hold as h
                     where h.table_schema = %s and h.table_name = %s and h.key = array[%s]
                       and h.lifted_at is null and (h.held_until is null or h.held_until > now()))"""
                .formatted(dialect.literal(table.schema()), dialect.literal(table.name()), key),
            "a hold keeps these rows of %s; lift it first"
                .formatted(decisions.catalog().displayName(table))));
  }
}
