package org.lethe.server.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** Adds to the description of an operation what is the same for all. */
final class DescribedOperations {

  private DescribedOperations() {}

  static Operation complete(Operation operation, HandlerMethod method, @Nullable Needs needs) {
    List<String> permissions =
        needs == null
            ? List.of()
            : Arrays.stream(needs.value())
                .map(a -> a.ofTables() ? a.word() + ":TABLE" : a.word() + ":*")
                .toList();
    operation.addExtension("x-permissions", permissions);
    String told =
        permissions.isEmpty()
            ? "Needs a token, whatever it is good for."
            : "Needs a token that is good for %s, and an account that may do it."
                .formatted(String.join(" and ", permissions));
    operation.setDescription(
        operation.getDescription() == null ? told : operation.getDescription() + " " + told);
    boolean post = method.getMethodAnnotation(PostMapping.class) != null;
    boolean get = operation.getRequestBody() == null && !post && !changes(method);
    ApiResponses responses = operation.getResponses();
    for (String status : List.of("400", "401", "403", "404", "500")) {
      responses.addApiResponse(status, DescribedProblems.reference(status));
    }
    if (!get) {
      responses.addApiResponse("409", DescribedProblems.reference("409"));
    }
    if (post) {
      responses.addApiResponse("422", DescribedProblems.reference("422"));
      responses.addApiResponse("429", DescribedProblems.reference("429"));
      operation.addParametersItem(
          new Parameter()
              .in("header")
              .name(Idempotency.KEY)
              .description("a key of your own: the same call with it is done once")
              .schema(new StringSchema()));
    }
    return operation;
  }

  private static boolean changes(HandlerMethod method) {
    return method.getMethodAnnotation(org.springframework.web.bind.annotation.DeleteMapping.class)
            != null
        || method.getMethodAnnotation(org.springframework.web.bind.annotation.PutMapping.class)
            != null
        || method.getMethodAnnotation(org.springframework.web.bind.annotation.PatchMapping.class)
            != null;
  }
}
