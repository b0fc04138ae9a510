package org.lethe.stores.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
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
import org.lethe.stores.web.Reply;
import org.lethe.stores.web.Web;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A processor that takes requests in the form of OpenDSR (once OpenGDPR) 1.0: erasure is asked for
 * once, under an identifier of ours, and its state is asked for until it is completed. It cannot be
 * asked what it has. Thread-safe.
 */
final class OpenDsrStore implements Store {

  private static final String ID = "request";
  private static final String IDENTITY = "identity:";

  private final String name;
  private final Service service;
  private final String path;
  private final Map<String, Template> identities = new LinkedHashMap<>();

  OpenDsrStore(StoreSettings settings) {
    name = settings.name();
    service = new Service(settings);
    path = settings.optionalText("path").orElse("/opengdpr_requests");
    StoreSettings named =
        settings
            .part("identities")
            .orElseThrow(
                () -> settings.fault("identities", "is missing", "write { email: \"{email}\" }"));
    for (String type : named.keys()) {
      identities.put(type, Template.ofPerson(named, type, named.text(type)));
    }
  }

  @Override
  public Description describe() {
    return new Description(
        name,
        HttpStoreFactory.KIND,
        false,
        true,
        "what it has is known to it alone; it says when it is done");
  }

  @Override
  public boolean verifies() {
    return false;
  }

  /** One piece with all identities that the person has: a single request covers them. */
  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    Handle handle = Handle.of(ID, UUID.randomUUID().toString());
    int count = 0;
    for (Map.Entry<String, Template> one : identities.entrySet()) {
      for (Map<String, String> values : Values.of(who, one.getValue().columns())) {
        String value = one.getValue().fill(values, text -> text);
        handle = handle.and(IDENTITY + count++ + ":" + one.getKey(), value);
      }
    }
    if (count > 0) {
      found.accept(handle.at(path, ID));
    }
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    // Access is asked for and answered elsewhere, by people or much later.
  }

  @Override
  public Answer erase(Locator piece) {
    String id = Handle.of(piece).get(piece, ID);
    // It may have been asked already, before a crash.
    try (Reply reply = state(id)) {
      if (!reply.nothing()) {
        return answer(reply, id);
      }
    }
    byte[] body = JsonMapper.shared().writeValueAsString(request(piece, id)).getBytes(UTF_8);
    try (Reply reply = service.call("POST", path, body, id)) {
      if (!reply.fine()) {
        throw reply.refusal();
      }
      if (!reply.json().path("subject_request_id").asString("").equals(id)) {
        throw reply.nonsense("does not confirm the request");
      }
      return new Answer.Pending(id, Answers.SOON);
    }
  }

  private static Map<String, Object> request(Locator piece, String id) {
    List<Map<String, String>> identities = new ArrayList<>();
    Handle.of(piece)
        .values()
        .forEach(
            (key, value) -> {
              if (key.startsWith(IDENTITY)) {
                identities.add(
                    Map.of(
                        "identity_type",
                        key.split(":", 3)[2],
                        "identity_value",
                        value,
                        "identity_format",
                        "raw"));
              }
            });
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("subject_request_id", id);
    request.put("subject_request_type", "erasure");
    request.put(
        "submitted_time", Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString());
    request.put("subject_identities", identities);
    request.put("api_version", "1.0");
    return request;
  }

  @Override
  public Answer lookAgain(Locator piece, String reference) {
    try (Reply reply = state(reference)) {
      if (reply.nothing()) {
        throw reply.nonsense("does not know the request any more");
      }
      return answer(reply, reference);
    }
  }

  private Reply state(String id) {
    return service.call("GET", path + "/" + Web.escape(id), new byte[0], "");
  }

  private static Answer answer(Reply reply, String id) {
    if (!reply.fine()) {
      throw reply.refusal();
    }
    JsonNode said = reply.json();
    return switch (said.path("request_status").asString("")) {
      case "completed" -> new Answer.Done(Outcome.REMOVED, 1);
      case "pending", "in_progress" -> new Answer.Pending(id, Answers.SOON);
      case "cancelled" -> throw reply.nonsense("cancelled the request");
      default -> throw reply.nonsense("has no request_status that is known");
    };
  }

  @Override
  public boolean holds(Locator piece) {
    throw new StoreException(name + ": cannot be asked what it still has", false);
  }
}
