package org.lethe.server.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.server.problem.Problem;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Answers calls that lead to no controller at all: wrong paths, wrong methods. */
@Component
final class ApiPaths implements HandlerExceptionResolver, Ordered {

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception e) {
    Optional<Problem> problem =
        request.getRequestURI().startsWith("/api/") ? BadCalls.problem(e) : Optional.empty();
    if (problem.isEmpty()) {
      return null;
    }
    if (e instanceof ErrorResponse known) {
      known.getHeaders().forEach((name, values) -> response.setHeader(name, values.get(0)));
    }
    try {
      problem.get().write(request, response);
    } catch (IOException lost) {
      return null;
    }
    return new ModelAndView();
  }
}
