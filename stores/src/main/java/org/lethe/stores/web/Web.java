package org.lethe.stores.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;

/**
 * Calls to one server. Redirects are not followed: what is signed for one server is not for
 * another. Thread-safe.
 */
public final class Web {

  private static final int MEGABYTE = 1 << 20;

  private final String base;
  private final String where;
  private final Duration timeout;
  private final long largest;
  private @Nullable HttpClient client;

  /**
   * Reads the address at {@code key}, {@code timeout} (10 s) and {@code largest}, in megabytes
   * (100).
   *
   * @throws org.lethe.error.InputException if one of them cannot be used
   */
  public Web(StoreSettings settings, String key) {
    timeout = settings.duration("timeout", Duration.ofSeconds(10));
    largest = (long) settings.number("largest", 100, 1) * MEGABYTE;
    String text = settings.text(key).replaceAll("/+$", "");
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      // Without the cause: the address may hold a password.
      throw settings.fault(key, "is no web address", "write https://host");
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null) {
      throw settings.fault(
          key,
          "is no web address, or has more in it than scheme, host, port and path",
          "write https://host, and names and passwords where they belong");
    }
    base = text;
    int port = uri.getPort();
    where = settings.name() + ": " + uri.getHost() + (port < 0 ? "" : ":" + port);
  }

  /** The server, for messages. */
  public String where() {
    return where;
  }

  /** The path that a call goes to: what is signed. */
  public String path(String path) {
    return URI.create(base + path).getRawPath() + query(path);
  }

  private String query(String path) {
    String query = URI.create(base + path).getRawQuery();
    return query == null ? "" : "?" + query;
  }

  /**
   * Calls the server.
   *
   * @param path after the address, with everything escaped
   * @param body empty for none
   * @throws StoreException if it does not answer
   */
  public Reply call(String method, String path, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(timeout)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    try {
      HttpResponse<InputStream> answer =
          client().send(request.build(), head -> new BodyStream(timeout, largest));
      return new Reply(
          where, answer.statusCode(), name -> answer.headers().firstValue(name), answer.body());
    } catch (IOException e) {
      throw new StoreException(where + " does not answer", true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(where + " was not waited for", true, e);
    }
  }

  private synchronized HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(timeout)
              .build();
      client = known;
    }
    return known;
  }

  /** A value for a path or a query: everything but letters, digits and {@code - _ . ~} escaped. */
  public static String escape(String value) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-_~.".indexOf(c) >= 0;
      escaped.append(plain ? Character.toString(c) : "%%%02X".formatted(c));
    }
    return escaped.toString();
  }
}
