package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.checklist.Finding;
import org.lethe.server.checklist.ChecklistService;
import org.lethe.server.security.Me;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What nobody decided yet. */
@RestController
@RequestMapping("/api/v1/checklist")
@Tag(name = "checklist", description = "What nobody decided yet")
final class ApiChecklist {

  private final ChecklistService checklist;

  ApiChecklist(ChecklistService checklist) {
    this.checklist = checklist;
  }

  /** One thing to settle; {@code fingerprint} stays the same while it is about the same. */
  record Told(
      String fingerprint,
      String code,
      String severity,
      String subject,
      String message,
      @Nullable String fix) {

    static Told of(Finding f) {
      return new Told(
          f.fingerprint(),
          f.code().id(),
          f.severity().name().toLowerCase(Locale.ROOT),
          f.subject(),
          f.message(),
          f.fix());
    }
  }

  @GetMapping
  @Needs(Action.CHECK)
  @Operation(summary = "What the last look came to; 404 if nobody looked yet")
  Items<Told> findings(
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable String after,
      Me me) {
    return Items.within(
        checklist.result(me).findings().stream().map(Told::of).toList(),
        limit,
        after,
        Told::fingerprint);
  }

  @PostMapping("/look")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.CHECK)
  @Operation(summary = "Looks at policy, database and stores as they are now, as a job")
  ResponseEntity<ApiJobs.Begun> look(Me me) {
    return ApiJobs.Begun.answer(checklist.look(me));
  }
}
