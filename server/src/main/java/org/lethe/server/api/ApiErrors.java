package org.lethe.server.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Blocker;
import org.lethe.collect.RowNotFoundException;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.OutcomeUnknownException;
import org.lethe.plan.StalePlanException;
import org.lethe.server.approval.WaitsException;
import org.lethe.server.jobs.BusyException;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.problem.Problem;
import org.lethe.server.removal.Removals;
import org.lethe.subject.erase.ErasureBlockedException;
import org.lethe.subject.request.RequestException;
import org.lethe.trash.RestoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What Lethe refuses, and what failed, as problem+json. */
@RestControllerAdvice(basePackageClasses = ApiErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ApiErrors {

  private static final Logger LOG = LoggerFactory.getLogger(ApiErrors.class);
  private static final String PATIENCE_SECONDS = "60";

  private final Removals removals;

  ApiErrors(Removals removals) {
    this.removals = removals;
  }

  @ExceptionHandler({NotFoundException.class, RowNotFoundException.class})
  ResponseEntity<Object> notThere(LetheException e, HttpServletRequest request) {
    return told(HttpStatus.NOT_FOUND, "not-found", "There is no such thing", e).answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> forbidden(NotPermittedException e, HttpServletRequest request) {
    return told(HttpStatus.FORBIDDEN, "not-permitted", "You may not do that", e).answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> blocked(BlockedException e, HttpServletRequest request) {
    return told(HttpStatus.CONFLICT, "blocked", "Something is in the way", e)
        .with("blockers", e.blockers().stream().map(this::blocker).toList())
        .answer(request);
  }

  /** Relations, never keys: those may be data. */
  private Map<String, Object> blocker(Blocker blocker) {
    List<String> path = new ArrayList<>();
    blocker.path().forEach(s -> path.add(s.relation() == null ? "" : s.relation()));
    path.removeIf(String::isEmpty);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("relation", blocker.relation().name());
    json.put("kind", blocker.kind().name().toLowerCase(Locale.ROOT));
    json.put("rows", blocker.rows());
    json.put("path", path);
    json.put("fix", removals.fix(blocker));
    json.put("snippet", blocker.snippet());
    return json;
  }

  @ExceptionHandler
  ResponseEntity<Object> blocked(ErasureBlockedException e, HttpServletRequest request) {
    return told(HttpStatus.CONFLICT, "undecided", "Nobody decided what becomes of some rows", e)
        .with("relations", e.relations())
        .answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> waits(WaitsException e, HttpServletRequest request) {
    return told(HttpStatus.CONFLICT, "second-person", "A second person is to agree", e)
        .answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> stale(StalePlanException e, HttpServletRequest request) {
    return told(HttpStatus.CONFLICT, "stale-plan", "The data has changed", e)
        .with("differences", e.differences())
        .answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> notBack(RestoreException e, HttpServletRequest request) {
    return told(HttpStatus.CONFLICT, "restore-conflict", "It cannot come back as it was", e)
        .with("conflicts", e.conflicts().stream().map(ApiConflict::of).toList())
        .answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> notNow(RequestException e, HttpServletRequest request) {
    return told(HttpStatus.CONFLICT, "step", "The request cannot take this step", e)
        .answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> busy(BusyException e, HttpServletRequest request) {
    ResponseEntity<Object> answer =
        told(HttpStatus.TOO_MANY_REQUESTS, "busy", "Too much at once", e).answer(request);
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header(HttpHeaders.RETRY_AFTER, PATIENCE_SECONDS)
        .body(answer.getBody());
  }

  @ExceptionHandler
  ResponseEntity<Object> badInput(InputException e, HttpServletRequest request) {
    return told(HttpStatus.BAD_REQUEST, "bad-input", "That does not work", e).answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> unknown(OutcomeUnknownException e, HttpServletRequest request) {
    return told(HttpStatus.INTERNAL_SERVER_ERROR, "unknown", "Nobody knows how it ended", e)
        .answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> refused(LetheException e, HttpServletRequest request) {
    return told(HttpStatus.CONFLICT, "failed", "That did not work", e).answer(request);
  }

  @ExceptionHandler
  ResponseEntity<Object> failed(Exception e, HttpServletRequest request) {
    return BadCalls.problem(e)
        .orElseGet(
            () -> {
              // Its message may hold data: that belongs in no answer.
              LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
              return Problem.of(
                  HttpStatus.INTERNAL_SERVER_ERROR,
                  "internal",
                  "That failed",
                  "it failed for a reason that the log tells");
            })
        .answer(request);
  }

  private static Problem told(HttpStatus status, String kind, String title, LetheException e) {
    return Problem.of(status, kind, title, String.valueOf(e.getMessage()));
  }
}
