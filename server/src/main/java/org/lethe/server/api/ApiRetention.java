package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.server.retention.RetentionRuns;
import org.lethe.server.retention.RetentionService;
import org.lethe.server.security.Me;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rules, and the purge of the trash. */
@RestController
@RequestMapping("/api/v1/retention")
@Tag(name = "retention", description = "Rules, and the purge of the trash")
final class ApiRetention {

  private final RetentionService retention;
  private final RetentionRuns runs;

  ApiRetention(RetentionService retention, RetentionRuns runs) {
    this.retention = retention;
    this.runs = runs;
  }

  /** Why it is paused. */
  record Why(@Nullable String reason) {}

  @GetMapping("/rules")
  @Needs(Action.RULES)
  @Operation(summary = "All rules: when they run next, and what they did last")
  Items<ApiTask> rules(
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    return Items.within(
        retention.tasks(me).stream().map(ApiTask::of).toList(), limit, after, ApiTask::name);
  }

  @GetMapping("/rules/{rule}")
  @Needs(Action.RULES)
  @Operation(summary = "A rule")
  ApiTask rule(@PathVariable String rule, Me me) {
    return ApiTask.of(retention.task(me, rule));
  }

  @GetMapping("/rules/{rule}/due")
  @Needs(Action.RULES)
  @Operation(summary = "Rows on which a rule would act now, counted for three seconds at most")
  ApiTask.Due due(@PathVariable String rule, Me me) {
    return ApiTask.Due.of(runs.due(me, rule));
  }

  @GetMapping("/rules/{rule}/runs")
  @Needs(Action.RULES)
  @Operation(summary = "Runs of a rule, latest first")
  Items<ApiTask.Run> history(
      @PathVariable String rule,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable Long after,
      Me me) {
    int most = Items.limit(limit);
    return Items.of(
        retention.history(me, rule, after, most + 1),
        most,
        ApiTask.Run::of,
        r -> Long.toString(r.number()));
  }

  @PostMapping("/rules/{rule}/rehearse")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.RULES)
  @Operation(summary = "Counts what a rule would do, as a job; nothing is changed")
  ResponseEntity<ApiJobs.Begun> rehearse(@PathVariable String rule, Me me) {
    return ApiJobs.Begun.answer(runs.rehearse(me, rule));
  }

  @PostMapping("/rules/{rule}/run")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.RULES)
  @Operation(summary = "Runs a rule, as a job; one that erases people needs erase:* besides")
  ResponseEntity<ApiJobs.Begun> run(@PathVariable String rule, Me me) {
    return ApiJobs.Begun.answer(runs.run(me, rule));
  }

  @PostMapping("/rules/{rule}/pause")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Needs(Action.RULES)
  @Operation(summary = "Pauses a rule until it is resumed")
  void pause(@PathVariable String rule, @RequestBody Why why, Me me) {
    retention.pause(me, rule, why.reason() == null ? "" : why.reason());
  }

  @PostMapping("/rules/{rule}/resume")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Needs(Action.RULES)
  @Operation(summary = "Lets a rule run again")
  void resume(@PathVariable String rule, Me me) {
    retention.resume(me, rule);
  }

  @PostMapping("/purge/pause")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Needs(Action.RULES)
  @Operation(summary = "Pauses the purge until it is resumed: the trash keeps everything")
  void pausePurge(@RequestBody Why why, Me me) {
    retention.pause(me, null, why.reason() == null ? "" : why.reason());
  }

  @PostMapping("/purge/resume")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Needs(Action.RULES)
  @Operation(summary = "Lets the purge run again")
  void resumePurge(Me me) {
    retention.resume(me, null);
  }

  @GetMapping("/purge")
  @Needs(Action.RULES)
  @Operation(summary = "The purge of the trash: when it runs next, and what it did last")
  ApiTask purge(Me me) {
    return ApiTask.of(retention.purge(me));
  }

  @GetMapping("/purge/due")
  @Needs(Action.RULES)
  @Operation(summary = "Deletions whose time in the trash is over, counted up to a thousand")
  ApiTask.Due purgeDue(Me me) {
    return ApiTask.Due.of(runs.purgeDue(me));
  }

  @GetMapping("/purge/runs")
  @Needs(Action.RULES)
  @Operation(summary = "Runs of the purge, latest first")
  Items<ApiTask.Run> purges(
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable Long after,
      Me me) {
    int most = Items.limit(limit);
    return Items.of(
        retention.purges(me, after, most + 1),
        most,
        ApiTask.Run::of,
        r -> Long.toString(r.number()));
  }

  @PostMapping("/purge/run")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.RULES)
  @Operation(summary = "Makes final what is due, as a job")
  ResponseEntity<ApiJobs.Begun> runPurge(Me me) {
    return ApiJobs.Begun.answer(runs.purge(me));
  }
}
