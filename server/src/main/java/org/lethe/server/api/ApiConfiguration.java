package org.lethe.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.time.Clock;
import org.lethe.server.security.Me;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What surrounds the controllers: keys for calls, and the description of it all. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ApiConfiguration {

  private static final String SCHEME = "token";

  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Me.class);
  }

  /** After those of Spring Security, which know who asks. */
  @Bean
  FilterRegistrationBean<Idempotency> idempotency(IdempotentCalls calls, Clock clock) {
    FilterRegistrationBean<Idempotency> filter =
        new FilterRegistrationBean<>(new Idempotency(calls, clock));
    filter.addUrlPatterns("/api/*");
    filter.setOrder(Ordered.LOWEST_PRECEDENCE);
    return filter;
  }

  @Bean
  OpenAPI description() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Lethe")
                .version("v1")
                .description(
                    "Everything the admin does. Errors are problem+json; lists have items and"
                        + " next, which is the next page's after."))
        .components(
            DescribedProblems.addTo(new Components())
                .addSecuritySchemes(
                    SCHEME, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
        .addSecurityItem(new SecurityRequirement().addList(SCHEME));
  }

  /** Names as they are sent. */
  @Bean
  ModelResolver modelResolver(ObjectMapperProvider mappers) {
    return new ModelResolver(
        mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
        new SchemaNames());
  }

  @Bean
  OperationCustomizer operations() {
    return (operation, method) -> {
      Needs needs = method.getMethodAnnotation(Needs.class);
      return DescribedOperations.complete(operation, method, needs);
    };
  }
}
