package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.audit.AuditQuery;
import org.lethe.audit.Entry;
import org.lethe.server.audit.AuditService;
import org.lethe.server.security.Me;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what. */
@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "audit", description = "Who did what")
final class ApiAudit {

  private final AuditService audit;

  ApiAudit(AuditService audit) {
    this.audit = audit;
  }

  /** One act; {@code details} is JSON as text, which its hash covers. */
  record Act(
      String number,
      Instant at,
      String actor,
      String action,
      String object,
      @Nullable String reason,
      String details,
      String previous,
      String hash) {

    static Act of(Entry e) {
      return new Act(
          Long.toString(e.number()),
          e.at(),
          e.actor(),
          e.action(),
          e.object(),
          e.reason(),
          e.details(),
          e.previous(),
          e.hash());
    }
  }

  @GetMapping
  @Needs(Action.AUDIT)
  @Operation(summary = "Entries of the audit, latest first")
  Items<Act> list(
      @Parameter(description = "who did it, such as lethe:3") @RequestParam(required = false)
          @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String object,
      @Parameter(description = "not before this time") @RequestParam(required = false)
          @Nullable Instant from,
      @Parameter(description = "before this time") @RequestParam(required = false)
          @Nullable Instant until,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @RequestParam(required = false) @Nullable Long after,
      Me me) {
    int most = Items.limit(limit);
    AuditQuery wanted =
        new AuditQuery(
            actor == null ? Set.of() : Set.of(actor), action, object, from, until, after);
    return Items.of(
        audit.page(me, wanted, most + 1), most, Act::of, e -> Long.toString(e.number()));
  }

  @PostMapping("/verify")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.AUDIT)
  @Operation(summary = "Follows the whole chain, as a job that fails where it is broken")
  ResponseEntity<ApiJobs.Begun> verify(Me me) {
    return ApiJobs.Begun.answer(audit.verify(me));
  }
}
