package org.lethe.stores.http;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Template;
import org.lethe.stores.Values;

/** What a service has of people, a piece for each person. Thread-safe. */
final class HttpStore implements Store {

  /** Before the names of columns in a handle. */
  private static final String COLUMN = "column:";

  private static final String ONCE = "once";
  private static final String REFERENCE = "reference";

  private final String name;
  private final Service service;
  private final Optional<Endpoint> find;
  private final Optional<Endpoint> export;
  private final Optional<Endpoint> erase;
  private final Optional<Endpoint> status;
  private final Set<String> columns = new LinkedHashSet<>();

  HttpStore(StoreSettings settings) {
    name = settings.name();
    service = new Service(settings);
    export = Endpoint.of(settings, "export", "GET");
    erase = Endpoint.of(settings, "erase", "DELETE");
    status = Endpoint.of(settings, "status", "GET");
    find =
        Endpoint.of(settings, "find", "GET").or(() -> export.filter(e -> e.method().equals("GET")));
    Stream.of(find, export, erase)
        .flatMap(Optional::stream)
        .forEach(e -> columns.addAll(e.columns()));
    if (columns.isEmpty()) {
      throw settings.fault(
          "erase", "says nothing of the person", "write { path: \"/people/{customer_id}\" }");
    }
  }

  @Override
  public Description describe() {
    return new Description(
        name,
        HttpStoreFactory.KIND,
        export.isPresent(),
        erase.isPresent(),
        verifies() ? "" : "it cannot be asked what it still has: the policy names no find");
  }

  @Override
  public boolean verifies() {
    return find.isPresent();
  }

  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    for (Map<String, String> values : Values.of(who, columns)) {
      boolean taken =
          Stream.of(find, export, erase).flatMap(Optional::stream).allMatch(e -> e.takes(values));
      if (taken && find.map(endpoint -> isThere(endpoint, values)).orElse(true)) {
        // Another one for each look: a service that did not forget the last erasure must not take
        // this one for its repetition.
        Handle handle = Handle.of(ONCE, UUID.randomUUID().toString());
        for (Map.Entry<String, String> one : values.entrySet()) {
          handle = handle.and(COLUMN + one.getKey(), one.getValue());
        }
        found.accept(handle.at(place(), ONCE));
      }
    }
  }

  private String place() {
    return find.or(() -> erase).map(Endpoint::path).map(Template::toString).orElse(name);
  }

  private boolean isThere(Endpoint endpoint, Map<String, String> values) {
    try (var reply = endpoint.call(service, values, "")) {
      if (reply.nothing()) {
        return false;
      }
      if (!reply.fine()) {
        throw reply.refusal();
      }
      return Json.hasData(reply, endpoint.at());
    }
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    Map<String, String> values = values(piece);
    export.ifPresent(
        endpoint -> {
          try (var reply = endpoint.call(service, values, "")) {
            if (reply.nothing()) {
              return;
            }
            if (!reply.fine()) {
              throw reply.refusal();
            }
            if (Json.isJson(reply)) {
              Json.export(reply, endpoint.at(), piece.place(), to);
            } else {
              reply.read(
                  body -> {
                    to.file(piece.place(), name, body);
                    return true;
                  });
            }
          }
        });
  }

  @Override
  public Answer erase(Locator piece) {
    Map<String, String> values = values(piece);
    if (erase.isEmpty()) {
      return new Answer.Done(Outcome.UNSUPPORTED, 0);
    }
    String once = Handle.of(piece).get(piece, ONCE);
    try (var reply = erase.get().call(service, values, once)) {
      Answer answer = Answers.of(reply, erase.get().statusAlone());
      if (answer instanceof Answer.Pending && status.isEmpty()) {
        throw reply.nonsense("will do it later, but the policy does not say where to ask: status");
      }
      return answer;
    }
  }

  @Override
  public Answer lookAgain(Locator piece, String reference) {
    Map<String, String> values = new LinkedHashMap<>(values(piece));
    values.put(REFERENCE, reference);
    Endpoint endpoint =
        status.orElseThrow(() -> new StoreException(name + ": the policy names no status", false));
    if (!endpoint.takes(values)) {
      throw new StoreException(name + ": such a reference cannot be asked by", false);
    }
    try (var reply = endpoint.call(service, values, "")) {
      if (reply.nothing()) {
        // Not that there is no data: that there is no such erasure.
        throw reply.nonsense("does not know its own reference");
      }
      return Answers.of(reply, endpoint.statusAlone());
    }
  }

  @Override
  public boolean holds(Locator piece) {
    Map<String, String> values = values(piece);
    return find.map(endpoint -> isThere(endpoint, values))
        .orElseThrow(
            () ->
                new StoreException(
                    name + ": cannot be asked what it still has; name find in the policy", false));
  }

  private static Map<String, String> values(Locator piece) {
    Map<String, String> values = new LinkedHashMap<>();
    Handle handle = Handle.of(piece);
    handle.get(piece, ONCE);
    handle
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(COLUMN)) {
                values.put(key.substring(COLUMN.length()), value);
              }
            });
    return values;
  }
}
