package org.lethe.bench.peer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.lethe.collect.Counts;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.policy.PolicyReader;
import org.lethe.retention.RoundReport;
import org.lethe.retention.RuleLimits;
import org.lethe.schema.TableId;
import org.lethe.subject.Key;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.subject.export.ExportFormat;
import org.lethe.subject.export.ExportOptions;
import org.lethe.subject.export.ExportReport;
import org.lethe.subject.request.MassErasure;
import org.lethe.trash.By;
import org.lethe.trash.LedgerSchema;

/** Lethe as a library of a program that runs already. */
final class LethePeer implements Peer {

  private static final TableId USERS = new TableId("public", "users");
  private static final By BENCH = new By("bench", null);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-12-30T23:59:59.999Z"), ZoneOffset.UTC);

  /** Younger than a year, with the clock above, is the younger half of the events. */
  private static final String EVENTS =
      """
      version: 1
      rules:
        old: { table: events, older_than: { created_at: P365D }, every: P1D, action: delete }
      """;

  private @Nullable Lethe lethe;
  private @Nullable UUID deletion;

  @Override
  public String name() {
    return "Lethe";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return workload != Workload.PAGE && workload != Workload.PAGE_ONE;
  }

  @Override
  public void prepare(Job job) {
    DataSource database = job.database();
    Workload workload = job.workload();
    if (workload == Workload.CATALOG) {
      return; // reading it is what a builder would do
    }
    if (Peer.oneOf(workload, Workload.W5, Workload.TRASH, Workload.RESTORE, Workload.ERASE)) {
      LedgerSchema.migrate(database);
    }
    lethe =
        Lethe.builder(database)
            .policy(
                PolicyReader.read(
                    "bench",
                    switch (workload.data()) {
                      case FORUM -> Databases.text("lethe.yaml");
                      case EVENTS -> EVENTS;
                      case CATALOG -> "version: 1";
                    }))
            .clock(workload == Workload.W5 ? CLOCK : Clock.systemUTC())
            .build();
    if (workload == Workload.RESTORE) {
      deletion = lethe.trash().delete(roots(job), Period.ofDays(30), BENCH).deletion();
    }
  }

  @Override
  public Outcome run(Job job) throws IOException {
    if (job.workload() == Workload.CATALOG) {
      return Outcome.exported(Lethe.readCatalog(job.database()).tables().size());
    }
    Lethe ready = lethe;
    if (ready == null) {
      throw new IllegalStateException("not prepared");
    }
    switch (job.workload()) {
      case W1 -> {
        return counted(ready.preview(roots(job), Preview.Cap.NO_TREE).selection().counts());
      }
      case W4 -> {
        return exported(ready, job);
      }
      case W5 -> purge(ready);
      case TRASH -> ready.trash().delete(roots(job), Period.ofDays(30), BENCH);
      case RESTORE -> ready.trash().restore(deletion == null ? UUID.randomUUID() : deletion, BENCH);
      case ERASE -> erase(ready, job);
      default -> ready.delete(roots(job));
    }
    return Outcome.DONE;
  }

  private static Roots roots(Job job) {
    return new Roots.Keys(USERS, job.users().stream().map(id -> List.of(id.toString())).toList());
  }

  private static Outcome counted(Counts counts) {
    Map<String, Long> found = new LinkedHashMap<>();
    counts.deleted().forEach((table, rows) -> found.merge(table.name(), rows, Long::sum));
    counts
        .updated()
        .forEach(
            (relation, rows) ->
                found.merge(
                    relation.substring(0, relation.indexOf('.')) + " changed", rows, Long::sum));
    return Outcome.counted(found);
  }

  private static Outcome exported(Lethe lethe, Job job) throws IOException {
    Person person =
        lethe.exporter().find(People.type(lethe.decisions(), "user"), "id=" + job.users().get(0));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(job.out()))) {
      ExportReport report =
          lethe
              .exporter()
              .export(person, List.of(), ExportOptions.USUAL.with(ExportFormat.JSON), out);
      return Outcome.exported(
          report.people().get(0).rows().values().stream().mapToLong(Long::longValue).sum());
    }
  }

  private static void purge(Lethe lethe) {
    RoundReport round = lethe.rules().run(lethe.decisions().rules(), RuleLimits.NONE, "bench");
    round.rules().forEach(LethePeer::refuseUnfinished);
  }

  private static void refuseUnfinished(org.lethe.retention.RuleReport report) {
    if (report.outcome() != org.lethe.retention.RuleReport.Outcome.FINISHED) {
      throw new IllegalStateException("the purge did not finish");
    }
  }

  private static void erase(Lethe lethe, Job job) {
    MassErasure erasure =
        lethe.requests(Key.of("a key for the benchmark, at least 32 long"), List.of()).together();
    erasure.erase(
        new MassErasure.Order(
            UUID.randomUUID(),
            People.type(lethe.decisions(), "user"),
            null,
            MassErasure.THREADS,
            () -> false),
        job.users().stream().map(id -> List.of(id.toString())).iterator(),
        BENCH,
        done -> {});
  }
}
