package org.lethe.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.lethe.account.LetheAccounts;
import org.lethe.cli.admin.Admin;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.error.InputException;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts the web admin in this process. Thread-safe. */
public final class LetheServer implements Admin {

  @Override
  public Running start(AdminSettings settings) {
    ServerSchema.migrate(settings.dataSource());
    SpringApplicationBuilder builder =
        new SpringApplicationBuilder(AdminConfiguration.class)
            .web(WebApplicationType.SERVLET)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .registerShutdownHook(false)
            .properties(properties(settings))
            .initializers(context -> register((GenericApplicationContext) context, settings));
    try {
      ConfigurableApplicationContext context = builder.run();
      return new RunningServer(context, address(settings, context));
    } catch (RuntimeException e) {
      throw explained(e, settings.listen());
    }
  }

  private static void register(GenericApplicationContext context, AdminSettings settings) {
    context.registerBean(AdminSettings.class, () -> settings);
    context.registerBean(LetheAccounts.class, () -> accounts(settings));
  }

  private static LetheAccounts accounts(AdminSettings settings) {
    AdminSettings.PeoplesRequests requests = settings.requests();
    return LetheAccounts.builder(settings.dataSource(), settings.lethe().decisions())
        .clock(settings.clock())
        .environment(settings.environment()::get)
        .key(requests == null ? null : requests.key())
        .build();
  }

  private static Map<String, Object> properties(AdminSettings settings) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.address", settings.listen().getHostString());
    properties.put("server.port", settings.listen().getPort());
    properties.put("server.shutdown", "graceful");
    properties.put("spring.lifecycle.timeout-per-shutdown-phase", "10s");
    properties.put("server.error.include-stacktrace", "never");
    properties.put("server.error.whitelabel.enabled", false);
    properties.put("spring.jackson.property-naming-strategy", "SNAKE_CASE");
    properties.put("spring.jackson.deserialization.fail-on-unknown-properties", true);
    properties.put("springdoc.api-docs.enabled", true);
    properties.put("springdoc.api-docs.path", "/api/v1/openapi.json");
    properties.put("springdoc.paths-to-match", "/api/v1/**");
    properties.put("springdoc.override-with-generic-response", false);
    properties.put("springdoc.writer-with-order-by-keys", true);
    properties.put("springdoc.default-produces-media-type", "application/json");
    properties.put("spring.thymeleaf.check-template-location", false);
    // A page that fails half-way is an error and not half a page.
    properties.put("spring.thymeleaf.servlet.produce-partial-output-while-processing", false);
    properties.put("spring.web.resources.chain.strategy.content.enabled", true);
    properties.put("spring.web.resources.chain.strategy.content.paths", "/assets/**");
    properties.put("spring.web.resources.cache.cachecontrol.max-age", "365d");
    properties.put("server.servlet.session.cookie.http-only", true);
    properties.put("server.servlet.session.cookie.same-site", "lax");
    // The container tells of each start and stop; people at a terminal want to know what fails.
    properties.put("logging.level.org.apache.catalina", "WARN");
    properties.put("spring.jmx.enabled", false);
    if (settings.publicAddress() != null) {
      properties.put("server.forward-headers-strategy", "native");
    }
    return properties;
  }

  private static URI address(AdminSettings settings, ConfigurableApplicationContext context) {
    URI known = settings.publicAddress();
    if (known != null) {
      return known;
    }
    int port =
        Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
    String host = settings.listen().getHostString();
    return URI.create(
        "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }

  private static RuntimeException explained(RuntimeException e, InetSocketAddress listen) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException || cause instanceof WebServerException) {
        return new InputException(
            "the admin cannot listen at %s:%d; is something else there? Give another place with --listen"
                .formatted(listen.getHostString(), listen.getPort()));
      }
    }
    return e;
  }

  /** For tests too: they walk all that the context answers. */
  record RunningServer(ConfigurableApplicationContext context, URI address) implements Running {

    @Override
    public void close() {
      context.close();
    }
  }
}
