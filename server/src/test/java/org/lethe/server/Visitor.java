package org.lethe.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody with a browser that runs no script: keeps cookies, sends forms with the page's token,
 * follows redirects only when told to. Not thread-safe.
 */
public final class Visitor {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String address;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client;
  private String token = "";

  Visitor(String address) {
    this.address = address;
    this.client =
        HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** What a page answered. */
  public record Page(int status, String body, Map<String, List<String>> headers) {

    public String header(String name) {
      return headers.entrySet().stream()
          .filter(h -> h.getKey().equalsIgnoreCase(name))
          .flatMap(h -> h.getValue().stream())
          .findFirst()
          .orElse("");
    }

    /** Where it sends one, as a path; empty where it sends one nowhere. */
    public String location() {
      return header("location").replaceFirst("^https?://[^/]+", "");
    }
  }

  public Page get(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Accept", "text/html")
            .GET()
            .build());
  }

  /** Where a page sends one, and on, until one stays. */
  public Page open(String path) {
    return follow(get(path));
  }

  /** Sends a form as a browser does, with the token that pages carry; name, value, name, value. */
  public Page post(String path, String... fields) {
    StringBuilder form = new StringBuilder("_csrf=").append(encoded(token()));
    for (int i = 0; i < fields.length; i += 2) {
      form.append('&').append(encoded(fields[i])).append('=').append(encoded(fields[i + 1]));
    }
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
            .build());
  }

  /** The same, and where the answer leads. */
  public Page submit(String path, String... fields) {
    return follow(post(path, fields));
  }

  private Page follow(Page page) {
    Page now = page;
    for (int i = 0; i < 5 && !now.location().isEmpty(); i++) {
      now = get(now.location());
    }
    return now;
  }

  public void signIn(String login, String password) {
    Page page = post("/sign-in", "login", login, "password", password);
    if (page.status() != 302) {
      throw new IllegalStateException("signing in answered " + page.status());
    }
  }

  private String token() {
    if (token.isEmpty()) {
      open("/sign-in");
    }
    return token;
  }

  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(c -> c.getName().equals(name))
        .map(HttpCookie::getValue)
        .collect(Collectors.joining());
  }

  /** Any call at all, such as one without the token. */
  public Page send(HttpRequest request) {
    try {
      HttpResponse<String> answer =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      Matcher m = TOKEN.matcher(answer.body());
      if (m.find()) {
        token = m.group(1);
      }
      return new Page(answer.statusCode(), answer.body(), answer.headers().map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
