package org.lethe.stores.couchdb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.FullSearch;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;
import org.lethe.store.Subject;
import org.lethe.stores.Handle;
import org.lethe.stores.Values;
import org.lethe.stores.web.Reply;
import org.lethe.stores.web.Web;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Documents of people in a CouchDB server, a piece for each. Thread-safe. */
final class CouchDbStore implements Store, FullSearch {

  private static final String DATABASE = "database";
  private static final String ID = "id";

  /** So often others may change a document while it is erased. */
  private static final int ROUNDS = 4;

  private static final Duration BETWEEN_COMPACTIONS = Duration.ofSeconds(10);

  private final String name;
  private final Couch couch;
  private final boolean compact;
  private final List<Database> databases = new ArrayList<>();

  /** When each database was last compacted, by {@link System#nanoTime}. */
  private final Map<String, Long> compacted = new ConcurrentHashMap<>();

  /** Databases that were changed after that. */
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  private final Set<String> notCompacted = ConcurrentHashMap.newKeySet();

  CouchDbStore(StoreSettings settings) {
    name = settings.name();
    couch = new Couch(settings);
    compact = settings.truth("compact", true);
    for (StoreSettings database : settings.parts("databases")) {
      databases.add(Database.of(database));
    }
    if (databases.isEmpty()) {
      throw settings.fault("databases", "is missing", "list { name: ..., find: { ... } }");
    }
  }

  @Override
  public Description describe() {
    String note =
        "bodies of old revisions go with the next compaction; the identifier of a deleted document"
            + " stays";
    if (!notCompacted.isEmpty()) {
      note += "; compaction was refused for " + String.join(", ", notCompacted);
    }
    return new Description(name, CouchDbStoreFactory.KIND, true, true, note);
  }

  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    for (Database database : databases) {
      Set<String> seen = new HashSet<>();
      for (Map<String, String> values : Values.of(who, database.columns())) {
        database.find(
            couch,
            values,
            id -> {
              if (seen.add(id)) {
                found.accept(Handle.of(DATABASE, database.name()).and(ID, id).at(database.name()));
              }
            });
      }
    }
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    Database database = database(piece);
    String id = id(piece);
    for (ObjectNode leaf : database.leaves(couch, id)) {
      Map<String, Object> record = new LinkedHashMap<>();
      database
          .shown(leaf)
          .forEach((k, v) -> record.put(k, JsonMapper.shared().convertValue(v, Object.class)));
      to.record(piece.place(), record);
      if (database.fields().isEmpty() || database.fields().contains("_attachments")) {
        String revision = leaf.path("_rev").asString("");
        for (String file : leaf.path("_attachments").propertyNames()) {
          attachment(database, id, revision, file, piece.place(), to);
        }
      }
    }
  }

  private void attachment(
      Database database, String id, String revision, String file, String place, ExportSink to) {
    String path =
        "%s/%s?rev=%s".formatted(database.path(id), Web.escape(file), Web.escape(revision));
    try (Reply reply = couch.call("GET", path, null)) {
      if (reply.nothing()) {
        return;
      }
      if (!reply.fine()) {
        throw reply.refusal();
      }
      reply.read(
          body -> {
            to.file(place, file, body);
            return true;
          });
    }
  }

  @Override
  public Answer erase(Locator piece) {
    Database database = database(piece);
    boolean any = false;
    for (int round = 0; round < ROUNDS; round++) {
      ArrayNode changes = changes(database, id(piece));
      if (changes.isEmpty()) {
        return any ? done(database) : new Answer.Done(Outcome.NOT_FOUND, 0);
      }
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.set("docs", changes);
      JsonNode results = couch.ask("POST", database.path() + "/_bulk_docs", body);
      if (!results.isArray()) {
        throw couch.nonsense("is no list of results");
      }
      // What is in conflict was changed meanwhile, and is looked at again.
      for (JsonNode result : results) {
        String error = result.path("error").asString("");
        if (!error.isEmpty() && !error.equals("conflict")) {
          throw new StoreException(couch.where() + " refuses a change to a document", false);
        }
        any |= error.isEmpty();
      }
    }
    if (changes(database, id(piece)).isEmpty()) {
      return done(database);
    }
    throw new StoreException(couch.where() + ": others keep changing a document", true);
  }

  /** What has to be written so that nothing of the person is left in any leaf. */
  private ArrayNode changes(Database database, String id) {
    ArrayNode changes = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode leaf : database.leaves(couch, id)) {
      if (database.treatment().deletes()) {
        ObjectNode gone = changes.addObject();
        gone.set("_id", leaf.path("_id"));
        gone.set("_rev", leaf.path("_rev"));
        gone.put("_deleted", true);
      } else if (database.treatment().apply(leaf)) {
        changes.add(leaf);
      }
    }
    return changes;
  }

  private Answer done(Database database) {
    changed.add(database.name());
    Long last = compacted.get(database.name());
    if (last == null || System.nanoTime() - last > BETWEEN_COMPACTIONS.toNanos()) {
      compact(database);
    }
    return new Answer.Done(
        database.treatment().deletes() ? Outcome.REMOVED : Outcome.ANONYMISED, 1);
  }

  /** Asks for it, and does not wait: it may take hours. */
  private void compact(Database database) {
    if (!compact) {
      return;
    }
    compacted.put(database.name(), System.nanoTime());
    changed.remove(database.name());
    try {
      couch.ask("POST", database.path() + "/_compact", JsonNodeFactory.instance.objectNode());
      notCompacted.remove(database.name());
    } catch (StoreException e) {
      // Only the administrator may. What was to be erased is erased, so this is said and no more.
      notCompacted.add(database.name());
    }
  }

  @Override
  public boolean holds(Locator piece) {
    return !changes(database(piece), id(piece)).isEmpty();
  }

  private Database database(Locator piece) {
    String wanted = Handle.of(piece).get(piece, DATABASE);
    return databases.stream()
        .filter(database -> database.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new StoreException(
                    name + ": the policy does not say any more what becomes of " + piece, false));
  }

  private static String id(Locator piece) {
    return Handle.of(piece).get(piece, ID);
  }

  @Override
  public List<Shape> survey() {
    return new Survey(couch, databases).shapes();
  }

  @Override
  public List<String> mentions(String text) {
    return new DocumentSearch(couch, text).mentions();
  }

  /** Compacts once more what was changed since. */
  @Override
  public void close() {
    databases.stream().filter(d -> changed.contains(d.name())).forEach(this::compact);
  }
}
