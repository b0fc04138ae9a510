package org.lethe.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.lethe.testkit.server.Line;
import org.lethe.testkit.server.Servant;
import org.lethe.testkit.server.Servant.Asked;
import org.lethe.testkit.server.Servant.Says;

/**
 * A newsletter that somebody else sends: it exports at once, and erases a while after it was told.
 */
final class ServicePlace extends RemotePlace {

  private final ConcurrentSkipListMap<String, String> readers = new ConcurrentSkipListMap<>();
  private final Map<String, String> promised = new ConcurrentHashMap<>();
  private final Servant servant;

  ServicePlace() throws IOException {
    this(new Servant(asked -> Says.of(503, "")));
  }

  private ServicePlace(Servant servant) throws IOException {
    super(URI.create(servant.url()).getPort(), 2);
    this.servant = servant;
    servant.does(this::answer);
  }

  @Override
  public String name() {
    return "newsletter";
  }

  @Override
  public String settings() {
    return """
      newsletter:
        http: "http://127.0.0.1:%d"
        timeout: PT0.4S
        find: { path: "/readers?id={customer_id}", at: /items }
        export: { path: "/readers/{customer_id}" }
        erase: { method: POST, path: /forget, body: { id: "{customer_id}" } }
        status: { path: "/forgotten/{reference}" }
    """
        .formatted(port());
  }

  private Says answer(Asked asked) {
    String last = asked.path().replaceAll(".*[/=]", "");
    if (asked.path().startsWith("/readers?")) {
      return Says.of(200, "{\"items\": [%s]}".formatted(readers.getOrDefault(last, "")));
    }
    if (asked.path().startsWith("/readers/")) {
      String reader = readers.get(last);
      return reader == null ? Says.of(404, "") : Says.of(200, reader);
    }
    if (asked.path().equals("/forget")) {
      String id = asked.body().replaceAll("\\D", "");
      if (!readers.containsKey(id)) {
        return Says.of(404, "");
      }
      String reference = "r" + Integer.toHexString(id.hashCode());
      promised.put(reference, id);
      return Says.of(202, "{\"reference\": \"%s\"}".formatted(reference)).with("Retry-After", "1");
    }
    String id = promised.remove(last);
    return id == null || readers.remove(id) == null
        ? Says.of(404, "")
        : Says.of(200, "{\"outcome\": \"removed\", \"items\": 1}");
  }

  @Override
  public void put(Somebody who) {
    readers.put(
        who.id(),
        "{\"mail\": \"%s\", \"reads\": \"%s\"}".formatted(who.email(), who.canary(name())));
  }

  @Override
  public SortedMap<String, String> content() {
    return new TreeMap<>(readers);
  }

  @Override
  public void putBack(SortedMap<String, String> content) {
    readers.clear();
    readers.putAll(content);
  }

  @Override
  public void is(Line.Mood mood) throws IOException {
    if (mood == Line.Mood.NONSENSE) {
      // Speaks HTTP, but says what nobody asked for.
      super.is(Line.Mood.GOOD);
      servant.does(asked -> Says.of(asked.method().equals("GET") ? 200 : 500, "<h1>Oops"));
      return;
    }
    servant.does(this::answer);
    super.is(mood);
  }

  @Override
  public void close() {
    super.close();
    servant.close();
  }
}
