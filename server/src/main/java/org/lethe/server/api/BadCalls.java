package org.lethe.server.api;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.server.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Calls that could not be read; what was sent is never sent back. */
final class BadCalls {

  private BadCalls() {}

  /** Empty if it is none, but something that failed in here. */
  static Optional<Problem> problem(Exception e) {
    if (e instanceof HttpMessageNotReadableException) {
      return Optional.of(bad("the body is not what is wanted here" + where(e.getCause())));
    }
    if (e instanceof MethodArgumentTypeMismatchException m) {
      return Optional.of(
          bad("the parameter %s has not the form that is wanted here".formatted(m.getName())));
    }
    if (e instanceof ErrorResponse known) {
      HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
      return status.is5xxServerError()
          ? Optional.empty()
          : Optional.of(
              Problem.of(
                  status,
                  status.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  status.getReasonPhrase(),
                  String.valueOf(known.getBody().getDetail())));
    }
    return Optional.empty();
  }

  private static Problem bad(String detail) {
    return Problem.of(
        HttpStatus.BAD_REQUEST,
        "bad-input",
        "That does not work",
        detail + "; /api/v1/openapi.json says what is");
  }

  private static String where(@Nullable Throwable cause) {
    if (cause instanceof UnrecognizedPropertyException) {
      return ": it has a name that nothing here is called by";
    }
    if (!(cause instanceof JacksonException json)) {
      return "";
    }
    StringBuilder path = new StringBuilder();
    json.getPath().stream()
        .map(JacksonException.Reference::getPropertyName)
        .filter(name -> name != null)
        .forEach(name -> path.append(path.isEmpty() ? "" : ".").append(name));
    return path.isEmpty() ? ": it is no JSON, or of another kind" : ", at " + path;
  }
}
