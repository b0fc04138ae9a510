package org.lethe.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.ApiTokens;
import org.lethe.account.Permission;
import org.lethe.server.AdminScene;
import org.lethe.trash.By;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that calls with a token, or with none. Thread-safe. */
final class Program {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final AdminScene scene;
  private final @Nullable String token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Program(AdminScene scene, @Nullable String token) {
    this.scene = scene;
    this.token = token;
  }

  /** With a token of this account that is good for this much. */
  static Program of(AdminScene scene, Account account, String... scopes) {
    return new Program(scene, token(scene, account, scopes).secret());
  }

  static ApiTokens.Created token(AdminScene scene, Account account, String... scopes) {
    Set<Permission> wanted = new LinkedHashSet<>();
    for (String scope : scopes) {
      wanted.add(Permission.of(scope));
    }
    return scene
        .accounts()
        .tokens()
        .create(account.id(), "test", wanted, null, new By("test", null));
  }

  /** What was answered. */
  record Answer(int status, String body, Map<String, List<String>> headers) {

    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  Answer post(String path, String body) {
    return call("POST", path, body);
  }

  /** With headers: name, value, name, value. */
  Answer call(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(scene.at("/api/v1" + path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body(), answer.headers().map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits for a job that an answer began. */
  JsonNode finished(Answer begun) {
    String path = begun.header("location").replaceFirst("^.*/api/v1", "");
    for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
      JsonNode job = get(path).json();
      if (!job.get("state").stringValue().equals("running")) {
        return job;
      }
      try {
        Thread.sleep(BETWEEN.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new IllegalStateException("the job does not end");
  }
}
