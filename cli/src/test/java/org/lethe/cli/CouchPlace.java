package org.lethe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents with a picture, in a database of a server that speaks as CouchDB does. */
final class CouchPlace extends RemotePlace {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String database;

  CouchPlace(String url, int number) throws IOException, InterruptedException {
    super(URI.create(url).getPort(), 3);
    this.url = url;
    this.database = "profiles" + number;
    empty();
  }

  @Override
  public String name() {
    return "profiles";
  }

  @Override
  public String settings() {
    return """
      profiles:
        couchdb: "http://127.0.0.1:%d"
        timeout: PT0.4S
        databases: [{ name: %s, find: { customer: "{customer_id}" } }]
    """
        .formatted(port(), database);
  }

  @Override
  public void put(Somebody who) throws Exception {
    String picture = Base64.getEncoder().encodeToString(who.canary(name()).getBytes(UTF_8));
    for (String kind : new String[] {"profile", "wishes"}) {
      ask(
          "PUT",
          "/%s-%s".formatted(kind, who.id()),
          JSON.writeValueAsString(
              Map.of(
                  "customer",
                  who.id(),
                  "mail",
                  who.email(),
                  "about",
                  who.canary(name()),
                  "_attachments",
                  Map.of("me.txt", Map.of("content_type", "text/plain", "data", picture)))));
    }
  }

  /** Attachments are in it, and revisions, so that one that was rewritten is seen. */
  @Override
  public SortedMap<String, String> content() throws Exception {
    SortedMap<String, String> content = new TreeMap<>();
    for (JsonNode row : JSON.readTree(ask("GET", "/_all_docs", null)).path("rows")) {
      String id = row.path("id").asString();
      if (!id.startsWith("_design/")) {
        JsonNode doc = JSON.readTree(ask("GET", "/" + id + "?attachments=true", null));
        content.put(id, JSON.writeValueAsString(JSON.treeToValue(doc, Object.class)));
      }
    }
    return content;
  }

  @Override
  public void putBack(SortedMap<String, String> content) throws Exception {
    empty();
    String docs = "[" + String.join(",", content.values()) + "]";
    ask("POST", "/_bulk_docs", "{\"new_edits\": false, \"docs\": " + docs + "}");
  }

  private void empty() throws IOException, InterruptedException {
    send("DELETE", "", null);
    ask("PUT", "", null);
  }

  private String ask(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + "/" + database + path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    super.close();
    try {
      // The server is shared by tests, and a check looks at all that is on it.
      send("DELETE", "", null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
