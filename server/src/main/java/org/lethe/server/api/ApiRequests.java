package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.error.InputException;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.requests.RequestService;
import org.lethe.server.security.Me;
import org.lethe.subject.request.Kind;
import org.lethe.subject.request.Request;
import org.lethe.subject.request.RequestException;
import org.lethe.subject.request.State;
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

/** Requests of people: taking them up and looking at them. */
@RestController
@RequestMapping(ApiRequests.PATH)
@Tag(name = "requests", description = "What people ask for: access, erasure and more")
final class ApiRequests {

  static final String PATH = "/api/v1/requests";

  private static final String OPEN = "open";

  private final RequestService requests;

  ApiRequests(RequestService requests) {
    this.requests = requests;
  }

  /** What somebody asks for, and who it is. */
  record Opened(
      @Schema(description = "access, portability, erasure or restriction") @Nullable String kind,
      @Schema(description = "one of the policy's subjects") @Nullable String subject,
      @Schema(description = "what the policy identifies them by, such as an e-mail address")
          @Nullable String value,
      @Schema(description = "the day of receipt, such as 2026-11-02; today if it is left out")
          @Nullable String received,
      @Schema(description = "also where the same is asked for already") @Nullable Boolean again,
      @Nullable String remark) {

    /** Without whom it is about: this may reach a log. */
    @Override
    public String toString() {
      return "a request";
    }
  }

  @GetMapping
  @Needs(Action.REQUESTS)
  @Operation(summary = "Requests, latest first")
  Items<Asked> list(
      @Parameter(description = "open for those not settled, or a state such as partially_failed")
          @RequestParam(required = false)
          @Nullable String state,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(defaultValue = Items.USUAL) int limit,
      @Parameter(description = "the number where the page before ended")
          @RequestParam(required = false)
          @Nullable Long after,
      Me me) {
    me.require(Action.REQUESTS);
    int most = Items.limit(limit);
    boolean open = OPEN.equals(state);
    return Items.of(
        requests.page(
            me,
            open || state == null ? null : state(state),
            open,
            kind == null ? null : kind(kind),
            after,
            most + 1),
        most,
        Asked::of,
        r -> Long.toString(r.number()));
  }

  private static State state(String word) {
    return Arrays.stream(State.values())
        .filter(s -> Asked.word(s).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "state is open, or one of "
                        + String.join(
                            ", ", Arrays.stream(State.values()).map(Asked::word).toList())));
  }

  private static Kind kind(@Nullable String word) {
    return Arrays.stream(Kind.values())
        .filter(k -> k.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new InputException("kind is one of access, portability, erasure, restriction"));
  }

  @GetMapping("/counts")
  @Needs(Action.REQUESTS)
  @Operation(summary = "How many requests are in each state")
  Map<String, Long> counts(Me me) {
    Map<String, Long> counts = new TreeMap<>();
    requests.counts(me).forEach((state, n) -> counts.put(Asked.word(state), n));
    return counts;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Needs(Action.REQUESTS)
  @Operation(summary = "Takes a request up; an erasure needs erase:* besides")
  ResponseEntity<Asked> open(@RequestBody Opened opened, Me me) {
    me.require(Action.REQUESTS);
    Request request =
        requests.open(
            me,
            kind(opened.kind()),
            text(opened.subject()),
            text(opened.value()),
            text(opened.received()),
            Boolean.TRUE.equals(opened.again()),
            opened.remark());
    return ResponseEntity.created(URI.create(PATH + "/" + request.number()))
        .body(Asked.of(request));
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  @GetMapping("/{number:[0-9]{1,18}}")
  @Needs(Action.REQUESTS)
  @Operation(summary = "A request with its steps, and what became of the data in each place")
  Asked.Whole request(@PathVariable String number, Me me) {
    there(requests, me, number);
    return Asked.Whole.of(requests.view(me, number));
  }

  @GetMapping("/{number:[0-9]{1,18}}/plan")
  @Needs(Action.REQUESTS)
  @Operation(summary = "What an erasure would do to the database now")
  Asked.Plan plan(@PathVariable String number, Me me) {
    there(requests, me, number);
    return Asked.Plan.of(requests.plan(me, number));
  }

  /**
   * Makes sure that there is one.
   *
   * @throws NotFoundException if there is not
   */
  static void there(RequestService requests, Me me, String number) {
    try {
      requests.find(me, number);
    } catch (RequestException e) {
      throw new NotFoundException("There is no request " + number + ".");
    }
  }
}
