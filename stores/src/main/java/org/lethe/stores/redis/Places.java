package org.lethe.stores.redis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.lethe.store.StoreSettings;
import org.lethe.stores.Template;

/** Reads what the policy says of a Redis store. */
final class Places {

  private Places() {}

  static List<Place> of(StoreSettings settings) {
    List<Place> places = new ArrayList<>();
    for (String key : settings.texts("keys")) {
      places.add(new WholeKeys(Glob.ofPerson(settings, "keys", key)));
    }
    for (StoreSettings one : settings.parts("members")) {
      places.add(new Members(key(one), Template.ofPerson(one, "value", one.text("value"))));
    }
    for (StoreSettings one : settings.parts("fields")) {
      places.add(new Fields(key(one), Template.ofPerson(one, "field", one.text("field"))));
    }
    for (StoreSettings one : settings.parts("entries")) {
      Template value = Template.ofPerson(one, "value", one.text("value"));
      places.add(new Entries(key(one), one.text("field"), value));
    }
    if (places.isEmpty()) {
      throw settings.fault(
          "keys", "is missing, as are members, fields and entries", "say what is whose there");
    }
    return places;
  }

  /** The key, or keys, of something that people share. */
  private static Glob key(StoreSettings settings) {
    return Glob.of(settings, "key", settings.text("key"));
  }

  static Set<String> columns(Glob key, Template value) {
    Set<String> columns = new LinkedHashSet<>(key.columns());
    columns.addAll(value.columns());
    return columns;
  }
}
