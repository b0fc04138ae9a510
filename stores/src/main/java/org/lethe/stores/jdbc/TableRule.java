package org.lethe.stores.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreSettings;
import org.lethe.stores.Template;

/**
 * What the policy says of one table.
 *
 * @param name as the database has it; the schema may stand before it
 * @param where values by column: rows that have all of them are the person's
 * @param normalised whether case and blanks around are the same
 * @param set what columns become; empty where the row goes
 * @param key the columns that tell rows apart; empty for the primary key
 * @param columns what is handed out; empty for all
 */
record TableRule(
    String name,
    Map<String, Template> where,
    boolean normalised,
    Map<String, Optional<Template>> set,
    List<String> key,
    List<String> columns) {

  static TableRule of(StoreSettings settings) {
    return new TableRule(
        settings.text("table"),
        where(settings),
        normalised(settings),
        set(settings),
        settings.texts("key"),
        settings.texts("columns"));
  }

  private static Map<String, Template> where(StoreSettings settings) {
    StoreSettings part =
        settings
            .part("where")
            .orElseThrow(
                () -> settings.fault("where", "is missing", "write { column: \"{column}\" }"));
    Map<String, Template> where = new LinkedHashMap<>();
    Set<String> named = new LinkedHashSet<>();
    for (String column : part.keys()) {
      Template template = Template.of(part, column, part.text(column));
      named.addAll(template.columns());
      where.put(column, template);
    }
    if (named.isEmpty()) {
      throw settings.fault(
          "where",
          "says nothing of the person, so it is about everybody",
          "name a column of the subject in braces, such as {customer_id}");
    }
    return where;
  }

  private static boolean normalised(StoreSettings settings) {
    String how = settings.optionalText("normalise").orElse("");
    if (!how.isEmpty() && !how.equals("lower_trim")) {
      throw settings.fault("normalise", "is not known", "write lower_trim or leave it out");
    }
    return !how.isEmpty();
  }

  private static Map<String, Optional<Template>> set(StoreSettings settings) {
    Object erase = settings.raw("erase");
    if (erase == null || erase.equals("delete")) {
      return Map.of();
    }
    StoreSettings part =
        Optional.of(settings)
            .filter(s -> erase instanceof Map)
            .flatMap(s -> s.part("erase"))
            .filter(p -> !p.keys().isEmpty())
            .orElseThrow(
                () ->
                    settings.fault(
                        "erase", "is not known", "write delete, or { column: value or null }"));
    Map<String, Optional<Template>> set = new LinkedHashMap<>();
    for (String column : part.keys()) {
      set.put(column, part.optionalText(column).map(text -> Template.of(part, column, text)));
    }
    return set;
  }

  /** The subject's columns that its conditions name. */
  Set<String> subjectColumns() {
    Set<String> columns = new LinkedHashSet<>();
    where.values().forEach(template -> columns.addAll(template.columns()));
    return columns;
  }

  /** Whether rows go, and do not only change. */
  boolean deletes() {
    return set.isEmpty();
  }

  /** The value a row gets. A template may name columns of the key, for values that are unique. */
  @Nullable String value(String column, Map<String, String> key) {
    return set.getOrDefault(column, Optional.empty())
        .map(t -> t.fill(key, text -> text))
        .orElse(null);
  }

  /** The names of the columns that are set, in order. */
  List<String> setColumns() {
    return new ArrayList<>(set.keySet());
  }
}
