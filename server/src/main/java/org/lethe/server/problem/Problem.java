package org.lethe.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * What went wrong, as problem+json: no data of rows, no stack trace. Immutable.
 *
 * @param kind a word for programs, the end of the problem's type
 * @param title the same for people, always the same for a kind
 * @param detail what, where and how to mend it
 * @param more what else is told of this kind, such as {@code blockers}
 */
public record Problem(
    HttpStatus status, String kind, String title, String detail, Map<String, Object> more) {

  private static final String TYPE = "urn:lethe:problem:";

  public Problem {
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  public static Problem of(HttpStatus status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, Map.of());
  }

  /** The same with something more told. */
  public Problem with(String name, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put(name, value);
    return new Problem(status, kind, title, detail, all);
  }

  private Map<String, Object> json(String instance) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", TYPE + kind);
    json.put("title", title);
    json.put("status", status.value());
    json.put("detail", detail);
    json.put("instance", instance);
    json.putAll(more);
    return json;
  }

  /** As the answer of a controller. */
  public ResponseEntity<Object> answer(HttpServletRequest request) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(json(request.getRequestURI()));
  }

  /** As the answer of a filter. */
  public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getOutputStream()
        .write(
            JsonMapper.shared()
                .writeValueAsString(json(request.getRequestURI()))
                .getBytes(StandardCharsets.UTF_8));
  }
}
