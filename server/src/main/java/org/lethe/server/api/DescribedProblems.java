package org.lethe.server.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers that many operations have in common. */
final class DescribedProblems {

  private static final String PROBLEM = "Problem";

  private static final Map<String, String> BY_STATUS = new LinkedHashMap<>();

  static {
    BY_STATUS.put("400", "What was sent does not work");
    BY_STATUS.put("401", "No token, or one that is no good");
    BY_STATUS.put("403", "The account or its token may not do that");
    BY_STATUS.put("404", "There is no such thing");
    BY_STATUS.put("409", "Something is in the way; what, is told with it");
    BY_STATUS.put("422", "The Idempotency-Key belongs to another call");
    BY_STATUS.put("429", "Too much at once; try again later");
    BY_STATUS.put("500", "It failed; the log says why");
  }

  private DescribedProblems() {}

  static Components addTo(Components components) {
    Schema<?> problem =
        new ObjectSchema()
            .addProperty("type", new StringSchema().format("uri"))
            .addProperty("title", new StringSchema())
            .addProperty("status", new IntegerSchema())
            .addProperty("detail", new StringSchema())
            .addProperty("instance", new StringSchema());
    problem.setAdditionalProperties(true);
    components.addSchemas(PROBLEM, problem);
    BY_STATUS.forEach(
        (status, description) ->
            components.addResponses(
                name(status),
                new ApiResponse()
                    .description(description)
                    .content(
                        new Content()
                            .addMediaType(
                                "application/problem+json",
                                new MediaType()
                                    .schema(
                                        new Schema<>().$ref("#/components/schemas/" + PROBLEM))))));
    return components;
  }

  private static String name(String status) {
    return PROBLEM + status;
  }

  static ApiResponse reference(String status) {
    return new ApiResponse().$ref("#/components/responses/" + name(status));
  }
}
