package org.lethe.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Counts;
import org.lethe.retention.PurgeRun;
import org.lethe.retention.RuleRun;
import org.lethe.schema.Catalog;

/**
 * A run, of a rule or of the purge, as recorded. Immutable.
 *
 * @param number later runs have larger ones
 * @param state such as {@code finished} or {@code failed}
 * @param took null while it runs
 * @param did in short
 * @param tables what became of rows, per table or relation, in words
 * @param notes why rows were set aside, why it stopped or failed
 */
public record RunView(
    long number,
    Instant startedAt,
    String actor,
    String state,
    @Nullable String took,
    String did,
    Map<String, String> tables,
    List<String> notes) {

  public RunView {
    tables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    notes = List.copyOf(notes);
  }

  static RunView of(RuleRun run, Catalog catalog) {
    Instant end = run.finishedAt();
    List<String> notes = new ArrayList<>();
    run.setAside().forEach((why, rows) -> notes.add("%s %s".formatted(Words.rows(rows), why)));
    if (run.failure() != null) {
      notes.add(run.failure());
    }
    if (run.continues() != null) {
      notes.add("goes on with a run that was not finished");
    }
    return new RunView(
        run.number(),
        run.startedAt(),
        run.actor(),
        run.state().name().toLowerCase(Locale.ROOT),
        end == null ? null : Words.time(Duration.between(run.startedAt(), end)),
        end == null ? "under way" : Words.did(run.counts(), run.setAside()),
        tables(run.counts(), catalog),
        notes);
  }

  static Map<String, String> tables(Counts counts, Catalog catalog) {
    Map<String, String> tables = new LinkedHashMap<>();
    counts
        .deleted()
        .forEach(
            (table, rows) -> tables.put(catalog.displayName(table), Words.rows(rows) + " removed"));
    counts
        .updated()
        .forEach((relation, rows) -> tables.put(relation, Words.rows(rows) + " changed"));
    return tables;
  }

  static RunView of(PurgeRun run) {
    boolean idle = run.purged() == 0 && run.failed() == 0;
    String did =
        idle
            ? "nothing to do"
            : "%s, %s gone for good"
                .formatted(
                    Words.number(run.purged(), "removal", "removals"), Words.rows(run.rows()));
    return new RunView(
        run.number(),
        run.startedAt(),
        run.actor(),
        run.failed() == 0 ? "finished" : "stopped",
        Words.time(Duration.between(run.startedAt(), run.finishedAt())),
        did,
        Map.of(),
        run.failed() == 0
            ? List.of()
            : List.of(
                "%s could not be purged; the trash says why"
                    .formatted(Words.number(run.failed(), "removal", "removals"))));
  }
}
