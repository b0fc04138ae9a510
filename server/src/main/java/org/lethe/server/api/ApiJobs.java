package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.server.jobs.Job;
import org.lethe.server.jobs.Jobs;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Work that takes longer than a call should. */
@RestController
@RequestMapping(ApiJobs.PATH)
@Tag(name = "jobs", description = "Work that takes longer than a call")
final class ApiJobs {

  static final String PATH = "/api/v1/jobs";

  private final Jobs jobs;

  ApiJobs(Jobs jobs) {
    this.jobs = jobs;
  }

  /**
   * A job.
   *
   * @param state {@code running}, {@code done}, {@code failed}, or {@code lost}: its process ended
   *     before it did
   */
  record Told(
      String id,
      String kind,
      String label,
      String state,
      long done,
      @Nullable Long total,
      Instant started,
      @Nullable Instant finished,
      @Nullable String outcome,
      @Nullable String failure) {

    static Told of(Job job, Instant now) {
      return new Told(
          job.id().toString(),
          job.kind(),
          job.label(),
          job.state(now).name().toLowerCase(Locale.ROOT),
          job.done(),
          job.total(),
          job.startedAt(),
          job.finishedAt(),
          job.outcome(),
          job.failure());
    }
  }

  /** Where work that was begun tells how far it is. */
  record Begun(String job) {

    static ResponseEntity<Begun> answer(UUID job) {
      return ResponseEntity.accepted()
          .location(URI.create(PATH + "/" + job))
          .body(new Begun(job.toString()));
    }
  }

  @GetMapping
  @Operation(summary = "Jobs of this account, latest first")
  Items<Told> list(
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable UUID after,
      Me me) {
    int most = Items.limit(limit);
    Instant now = jobs.now();
    return Items.of(
        jobs.latest(me, after, most + 1), most, j -> Told.of(j, now), j -> j.id().toString());
  }

  @GetMapping("/{id}")
  @Operation(summary = "How far a job is, and what came of it")
  Told job(@PathVariable UUID id, Me me) {
    return jobs.find(me, id)
        .map(j -> Told.of(j, jobs.now()))
        .orElseThrow(() -> new NotFoundException("There is no job " + id));
  }
}
