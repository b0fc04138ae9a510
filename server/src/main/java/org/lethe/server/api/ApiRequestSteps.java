package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.error.InputException;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.requests.RequestService;
import org.lethe.server.security.Me;
import org.lethe.subject.request.Mailed;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes requests through their steps; what takes long is begun as a job. */
@RestController
@RequestMapping(ApiRequests.PATH + "/{number:[0-9]{1,18}}")
@Tag(name = "requests")
final class ApiRequestSteps {

  private final RequestService requests;

  ApiRequestSteps(RequestService requests) {
    this.requests = requests;
  }

  /** Why, or how it is known; the request keeps it. */
  record Why(@Nullable String reason) {}

  /** The word that was mailed. */
  record Word(@Nullable String word) {}

  /** How many addresses took the mail. */
  record Sent(int addresses, int refused, Instant until) {}

  @PostMapping("/verify")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Says how it is known that it comes from the person")
  Asked verify(@PathVariable String number, @RequestBody Why how, Me me) {
    ApiRequests.there(requests, me, number);
    return Asked.of(requests.verify(me, number, given(how.reason())));
  }

  @PostMapping("/word")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Shows by a word that was mailed that it comes from the person")
  Asked word(@PathVariable String number, @RequestBody Word word, Me me) {
    ApiRequests.there(requests, me, number);
    if (word.word() == null) {
      throw new InputException("the body needs the word");
    }
    return Asked.of(requests.verifyWord(me, number, word.word()));
  }

  @PostMapping("/mail")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Mails the person a word")
  Sent mail(@PathVariable String number, Me me) {
    ApiRequests.there(requests, me, number);
    Mailed mailed = requests.mailWord(me, number);
    return new Sent(mailed.addresses(), mailed.refused(), mailed.until());
  }

  @PostMapping("/collect")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Looks what there is in every place, as a job")
  ResponseEntity<ApiJobs.Begun> collect(@PathVariable String number, Me me) {
    ApiRequests.there(requests, me, number);
    return ApiJobs.Begun.answer(requests.collect(me, number));
  }

  @PostMapping("/approve")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Approves what was collected; an erasure needs erase:* besides")
  Asked approve(@PathVariable String number, @RequestBody Why why, Me me) {
    ApiRequests.there(requests, me, number);
    return Asked.of(requests.approve(me, number, why.reason()));
  }

  @PostMapping("/run")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Does what was approved, as a job; an erasure needs erase:* besides")
  ResponseEntity<ApiJobs.Begun> run(@PathVariable String number, Me me) {
    ApiRequests.there(requests, me, number);
    return ApiJobs.Begun.answer(requests.run(me, number));
  }

  @PostMapping("/archive")
  @ApiResponse(responseCode = "202", description = "Begun as a job")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Makes the archive anew, as a job")
  ResponseEntity<ApiJobs.Begun> anew(@PathVariable String number, Me me) {
    ApiRequests.there(requests, me, number);
    return ApiJobs.Begun.answer(requests.anew(me, number));
  }

  @PostMapping("/extend")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Puts the deadline off, once")
  Asked extend(@PathVariable String number, @RequestBody Why why, Me me) {
    ApiRequests.there(requests, me, number);
    return Asked.of(requests.extend(me, number, given(why.reason())));
  }

  @PostMapping("/deny")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Denies a request")
  Asked deny(@PathVariable String number, @RequestBody Why why, Me me) {
    ApiRequests.there(requests, me, number);
    return Asked.of(requests.deny(me, number, given(why.reason())));
  }

  @PostMapping("/withdraw")
  @Needs(Action.REQUESTS)
  @Operation(summary = "Writes down that the person asks no more")
  Asked withdraw(@PathVariable String number, @RequestBody Why why, Me me) {
    ApiRequests.there(requests, me, number);
    return Asked.of(requests.withdraw(me, number, why.reason()));
  }

  private static String given(@Nullable String reason) {
    if (reason == null || reason.isBlank()) {
      throw new InputException("the body needs a reason");
    }
    return reason;
  }

  @GetMapping("/archive.zip")
  @ApiResponse(
      responseCode = "200",
      description = "The archive",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = "string", format = "binary")))
  @Needs(Action.REQUESTS)
  @Operation(summary = "Hands the archive out; each time is written down")
  void archive(@PathVariable String number, Me me, HttpServletResponse response)
      throws IOException {
    ApiRequests.there(requests, me, number);
    if (!requests.hasArchive(me, number)) {
      throw new NotFoundException(
          "There is no archive of request %s, or it has expired; make it anew.".formatted(number));
    }
    response.setContentType("application/zip");
    requests.fetch(me, number, response.getOutputStream());
  }

  @GetMapping("/certificate")
  @ApiResponse(
      responseCode = "200",
      description = "The certificate",
      content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
  @Needs(Action.REQUESTS)
  @Operation(summary = "What was done, sealed, without personal data")
  ResponseEntity<String> certificate(@PathVariable String number, Me me) {
    ApiRequests.there(requests, me, number);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(requests.certificateJson(me, number));
  }
}
