package org.lethe.server.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lethe.server.problem.Problem;
import org.lethe.server.security.Me;
import org.lethe.server.security.MeNow;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lets a program ask twice and have it done once: a POST with an {@code Idempotency-Key} that was
 * answered gets the same answer again for a day. Refusals (4xx) are not kept, since nothing was
 * done: the key may be used again.
 */
final class Idempotency extends OncePerRequestFilter {

  static final String KEY = "Idempotency-Key";
  static final String REPLAYED = "Idempotency-Replayed";

  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_BODY = 1 << 20;
  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final List<String> HEADERS =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION);

  private final IdempotentCalls calls;
  private final Clock clock;

  Idempotency(IdempotentCalls calls, Clock clock) {
    this.calls = calls;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String key = request.getHeader(KEY);
    Optional<Me> me = MeNow.of(request);
    if (key == null || me.isEmpty() || !"POST".equals(request.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    if (key.isBlank() || key.length() > LONGEST_KEY) {
      Problem.of(
              HttpStatus.BAD_REQUEST,
              "bad-input",
              "That does not work",
              "%s has 1 to %d characters, such as a UUID".formatted(KEY, LONGEST_KEY))
          .write(request, response);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      Problem.of(
              HttpStatus.CONTENT_TOO_LARGE,
              "too-large",
              "The body is too large",
              "with %s a body has 1 MiB at most".formatted(KEY))
          .write(request, response);
      return;
    }
    String caller = me.get().account().id().text();
    String fingerprint = Fingerprint.of(request, body);
    Optional<IdempotentCalls.Earlier> earlier = calls.claim(caller, key, fingerprint);
    if (earlier.isPresent()) {
      again(earlier.get(), fingerprint, request, response);
      return;
    }
    first(caller, key, new RereadRequest(request, body), response, chain);
  }

  private void first(
      String caller,
      String key,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, answer);
    int status = answer.getStatus();
    if (HttpStatus.valueOf(status).is4xxClientError()) {
      calls.forget(caller, key);
    } else {
      Map<String, String> headers = new LinkedHashMap<>();
      for (String name : HEADERS) {
        String value = answer.getHeader(name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      calls.answered(
          caller,
          key,
          status,
          headers,
          new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8));
    }
    answer.copyBodyToResponse();
  }

  private void again(
      IdempotentCalls.Earlier earlier,
      String fingerprint,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Integer status = earlier.status();
    if (!earlier.fingerprint().equals(fingerprint)) {
      Problem.of(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "key-reused",
              "The key belongs to another call",
              "this %s was sent with another path, body or token; choose a new one for another call"
                  .formatted(KEY))
          .write(request, response);
    } else if (status == null) {
      unanswered(earlier, request, response);
    } else {
      response.setStatus(status);
      earlier.headers().forEach(response::setHeader);
      response.setHeader(REPLAYED, "true");
      String body = earlier.body();
      if (body != null) {
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void unanswered(
      IdempotentCalls.Earlier earlier, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (earlier.at().isAfter(clock.instant().minus(USUAL))) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "1");
      Problem.of(
              HttpStatus.CONFLICT,
              "still-running",
              "The same call is still running",
              "wait for its answer, and ask again with the same key")
          .write(request, response);
    } else {
      Problem.of(
              HttpStatus.CONFLICT,
              "unknown",
              "Nobody knows how it ended",
              "the same call began more than a minute ago and has no answer yet, perhaps since its"
                  + " process ended; look whether it was done, and use a new key if it was not")
          .write(request, response);
    }
  }
}
