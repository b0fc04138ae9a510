package org.lethe.execute;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lethe.collect.Collected;
import org.lethe.collect.KeySet;
import org.lethe.collect.UpdateSet;
import org.lethe.collect.UpdateValues;
import org.lethe.dialect.Dialect;
import org.lethe.plan.Step;
import org.lethe.schema.Catalog;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.schema.Trigger;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;

/**
 * Runs the steps of a plan over rows that are collected and locked, and insists that each touches
 * exactly the rows it was planned for. Inside one transaction.
 */
final class StepRunner {

  private final Catalog catalog;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Collected collected;

  StepRunner(Catalog catalog, Dialect dialect, JdbcOperations jdbc, Collected collected) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.collected = collected;
  }

  /**
   * Runs them.
   *
   * @param keeper tells what marked rows are to say
   */
  void run(List<Step> steps, Keeper keeper) {
    if (atOnce(steps)) {
      List<Integer> rows = runAtOnce(steps);
      for (int i = 0; i < steps.size(); i++) {
        finish(steps.get(i), rows.get(i));
      }
      return;
    }
    for (Step step : steps) {
      if (step instanceof Step.Flag flag) {
        new Marker(catalog, dialect, jdbc, collected)
            .mark(flag.table(), Objects.requireNonNull(keeper.mark(), "nothing says who marks"));
      } else if (step instanceof Step.Delete delete && delete.tables().size() > 1) {
        finish(step, deleteTogether(sets(delete), KeySet::sameRowSoFar));
      } else {
        finish(step, jdbc.update(statement(step)));
      }
    }
  }

  /**
   * Whether all steps can be sent in one go, so that the network is only waited for once: the rows
   * are written out, and nothing moves them before their turn, neither a trigger nor another step.
   */
  private boolean atOnce(List<Step> steps) {
    List<TableId> updated =
        steps.stream()
            .flatMap(s -> s instanceof Step.Update u ? Stream.of(u.table()) : Stream.empty())
            .toList();
    return !steps.isEmpty()
        && updated.stream().distinct().count() == updated.size()
        && steps.stream().allMatch(s -> tables(s).count() == 1 && rows(s).places() != null)
        && steps.stream()
            .flatMap(StepRunner::tables)
            .allMatch(t -> catalog.table(t).triggers().isEmpty());
  }

  /** Sends all, whose text is the same for other rows, so that the server has the plans already. */
  private List<Integer> runAtOnce(List<Step> steps) {
    List<String> places = steps.stream().map(s -> String.valueOf(rows(s).places())).toList();
    PreparedStatementCallback<List<Integer>> work =
        statement -> {
          for (int i = 0; i < places.size(); i++) {
            statement.setString(i + 1, places.get(i));
          }
          List<Integer> rows = new ArrayList<>();
          statement.execute();
          while (rows.size() < places.size()) {
            rows.add(statement.getUpdateCount());
            statement.getMoreResults();
          }
          return rows;
        };
    return Objects.requireNonNull(
        jdbc.execute(
            steps.stream().map(this::statementByPlaces).collect(Collectors.joining(";\n")), work));
  }

  private String statementByPlaces(Step step) {
    String where = " where c.ctid = any (?::tid[])";
    return step instanceof Step.Update u
        ? set(collected.updatesOver(u.relation())) + where
        : "delete from %s as c".formatted(dialect.ownRows(rows(step).table())) + where;
  }

  private KeySet rows(Step step) {
    return step instanceof Step.Update u
        ? collected.updatesOver(u.relation()).rows()
        : collected.rowsOf(tables(step).findFirst().orElseThrow());
  }

  private static Stream<TableId> tables(Step step) {
    return step instanceof Step.Delete delete
        ? delete.tables().stream()
        : step instanceof Step.Update update ? Stream.of(update.table()) : Stream.empty();
  }

  private List<KeySet> sets(Step.Delete delete) {
    return delete.tables().stream().map(collected::rowsOf).toList();
  }

  /** What a step does, as one statement; it finds rows by place, which is quickest. */
  private String statement(Step step) {
    if (step instanceof Step.Update u) {
      UpdateSet update = collected.updatesOver(u.relation());
      return set(update)
          + " from %s as s where c.ctid = s.tid and c.tableoid = s.part".formatted(update.name());
    }
    if (step instanceof Step.Delete delete) {
      return delete(sets(delete).get(0), KeySet::sameRowSoFar);
    }
    throw new IllegalArgumentException(step + " is no single statement");
  }

  /** Sees to the rows that the statement did not find. */
  private void finish(Step step, long rows) {
    if (step instanceof Step.Update update) {
      finish(collected.updatesOver(update.relation()), rows);
    } else if (step instanceof Step.Delete delete) {
      finish(sets(delete), rows);
    }
  }

  /**
   * Some rows may have moved since they were collected, as an earlier step or a trigger wrote them
   * again: these are found by key. Where that changed too, or there is none, the reference itself
   * leads to them; not first, as an earlier step may have ended it while columns of its own are
   * still to be changed.
   */
  private void finish(UpdateSet update, long found) {
    long rows = found;
    if (rows < update.facts().rows() && update.sameKey() != null) {
      rows +=
          jdbc.update(
              set(update)
                  + " from %s as s where %s and not (%s)"
                      .formatted(update.name(), update.sameKey(), done(update)));
    }
    if (rows < update.facts().rows()) {
      jdbc.update(
          "update %s as t set %s where (t.ctid, t.tableoid) in (select c.ctid, c.tableoid%s)"
              .formatted(dialect.ownRows(update.table()), assignments(update), update.matching()));
      refuseUnchanged(update);
    }
  }

  private void refuseUnchanged(UpdateSet update) {
    if (exists("select 1" + update.matching())) {
      TableId table = update.table().id();
      throw new RemovalFailedException(
          "rows of %s still refer to rows that go by %s after they were updated%s; nothing was changed"
              .formatted(
                  catalog.displayName(table),
                  update.facts().relation().name(),
                  keptBy(update.table(), Trigger.Event.UPDATE)));
    }
  }

  private String set(UpdateSet update) {
    return "update %s as c set %s".formatted(dialect.ownRows(update.table()), assignments(update));
  }

  private String assignments(UpdateSet update) {
    return update.facts().columns().stream()
        .map(column -> dialect.quote(column) + " = " + value(update, column))
        .collect(Collectors.joining(", "));
  }

  /** The condition that row {@code c} already has its new values. */
  private String done(UpdateSet update) {
    return update.facts().columns().stream()
        .map(
            column ->
                "c.%s is not distinct from %s"
                    .formatted(dialect.quote(column), value(update, column)))
        .collect(Collectors.joining(" and "));
  }

  private String value(UpdateSet update, String column) {
    return UpdateValues.sql(dialect, update.facts(), update.table(), column);
  }

  private void finish(List<KeySet> sets, long found) {
    long expected = sets.stream().mapToLong(KeySet::rows).sum();
    long deleted = found;
    if (deleted < expected) {
      // A trigger wrote some of these rows again and so moved them.
      deleted += deleteTogether(sets, KeySet::sameRow);
    }
    if (deleted < expected) {
      refuseLeftOvers(sets);
    }
  }

  private interface Condition {
    String on(KeySet set, String row, String entry);
  }

  private String delete(KeySet set, Condition condition) {
    return "delete from %s as c using %s as s where %s"
        .formatted(dialect.ownRows(set.table()), set.name(), condition.on(set, "c", "s"));
  }

  private long deleteTogether(List<KeySet> sets, Condition condition) {
    List<String> deletes = sets.stream().map(s -> delete(s, condition)).toList();
    if (deletes.size() == 1) {
      return jdbc.update(deletes.get(0));
    }
    String parts =
        IntStream.range(0, deletes.size())
            .mapToObj(i -> "d%d as (%s returning 1)".formatted(i, deletes.get(i)))
            .collect(Collectors.joining(", "));
    String sum =
        IntStream.range(0, deletes.size())
            .mapToObj(i -> "(select count(*) from d%d)".formatted(i))
            .collect(Collectors.joining(" + "));
    Long rows = jdbc.queryForObject("with " + parts + " select " + sum, Long.class);
    return rows == null ? 0 : rows;
  }

  /** Rows that a trigger of the application deleted for us are gone too; rows it kept are not. */
  private void refuseLeftOvers(List<KeySet> sets) {
    for (KeySet set : sets) {
      boolean left =
          exists(
              "select 1 from %s as c join %s as s on %s"
                  .formatted(dialect.ownRows(set.table()), set.name(), set.sameRow("c", "s")));
      if (left) {
        throw new RemovalFailedException(
            "rows of %s are still there after they were deleted%s; nothing was changed"
                .formatted(
                    catalog.displayName(set.table().id()),
                    keptBy(set.table(), Trigger.Event.DELETE)));
      }
    }
  }

  /** Who may have kept rows as they are, for the end of a message. */
  static String keptBy(Table table, Trigger.Event event) {
    List<Trigger> triggers = table.triggersOn(event);
    return triggers.isEmpty() ? "" : ", kept by " + Trigger.oneOf(triggers);
  }

  private boolean exists(String query) {
    return !jdbc.query(query + " limit 1", (rs, n) -> 1).isEmpty();
  }
}
