package org.lethe.stores.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

/**
 * Rows of people in another database, a piece for each, in the order of the policy. Thread-safe.
 */
final class JdbcStore implements Store, FullSearch {

  private static final String TABLE = "table";

  private static final String KEY = "key:";

  private final String name;
  private final List<TableRule> rules = new ArrayList<>();
  private final Connections connections;
  private final Map<TableRule, Sql> known = new ConcurrentHashMap<>();

  JdbcStore(StoreSettings settings) {
    name = settings.name();
    for (StoreSettings table : settings.parts("tables")) {
      rules.add(TableRule.of(table));
    }
    Set<String> names = new HashSet<>();
    for (TableRule rule : rules) {
      if (!names.add(rule.name())) {
        throw settings.fault(
            "tables", "names " + rule.name() + " twice", "say all about a table in one place");
      }
    }
    if (rules.isEmpty()) {
      throw settings.fault("tables", "is missing", "list { table: name, where: { ... } }");
    }
    connections = new Connections(settings);
  }

  @Override
  public Description describe() {
    return new Description(
        name,
        JdbcStoreFactory.KIND,
        true,
        true,
        "rows go one by one in the order of the policy; the database's own log and backups keep"
            + " what they have");
  }

  @Override
  public void locate(Subject who, Consumer<Locator> found) {
    for (TableRule rule : rules) {
      List<Map<String, String>> all = Values.of(who, rule.subjectColumns());
      // Only a row that several values lead to can be found twice.
      Set<Locator> seen = new HashSet<>();
      for (Map<String, String> values : all) {
        ask(
            rule,
            rows -> {
              rows.find(
                  values,
                  key -> {
                    Locator locator = locator(rule, key);
                    if (all.size() == 1 || seen.add(locator)) {
                      found.accept(locator);
                    }
                  });
              return true;
            });
      }
    }
  }

  private static Locator locator(TableRule rule, Map<String, String> key) {
    Handle handle = Handle.of(TABLE, rule.name());
    for (Map.Entry<String, String> one : key.entrySet()) {
      handle = handle.and(KEY + one.getKey(), one.getValue());
    }
    return handle.at(rule.name());
  }

  @Override
  public void export(Locator piece, ExportSink to) {
    Map<String, String> key = key(piece);
    ask(
        rule(piece),
        rows -> {
          rows.export(key, piece.place(), to);
          return true;
        });
  }

  @Override
  public Answer erase(Locator piece) {
    Map<String, String> key = key(piece);
    TableRule rule = rule(piece);
    long changed = ask(rule, rows -> rows.erase(key));
    Outcome done = rule.deletes() ? Outcome.REMOVED : Outcome.ANONYMISED;
    return new Answer.Done(changed > 0 ? done : Outcome.NOT_FOUND, changed);
  }

  @Override
  public boolean holds(Locator piece) {
    Map<String, String> key = key(piece);
    return ask(rule(piece), rows -> rows.holds(key));
  }

  private TableRule rule(Locator piece) {
    String table = Handle.of(piece).get(piece, TABLE);
    return rules.stream()
        .filter(rule -> rule.name().equals(table))
        .findFirst()
        .orElseThrow(
            () ->
                new StoreException(
                    name + ": the policy does not say any more what becomes of " + piece, false));
  }

  private static Map<String, String> key(Locator piece) {
    Map<String, String> key = new LinkedHashMap<>();
    Handle.of(piece)
        .values()
        .forEach(
            (name, value) -> {
              if (name.startsWith(KEY)) {
                key.put(name.substring(KEY.length()), value);
              }
            });
    if (key.isEmpty()) {
      throw Handle.foreign(piece);
    }
    return key;
  }

  @Override
  public List<Shape> survey() {
    Set<String> named = rules.stream().map(TableRule::name).collect(Collectors.toSet());
    return connections.ask(connection -> Survey.of(connection, named));
  }

  @Override
  public List<String> mentions(String text) {
    return connections.ask(
        connection -> new TableSearch(connection, connections.seconds()).mentions(text));
  }

  /** Something asked of one table. */
  private interface Question<T> {
    T of(Rows rows) throws SQLException;
  }

  private <T> T ask(TableRule rule, Question<T> question) {
    return connections.ask(
        connection -> {
          Sql sql = known.get(rule);
          if (sql == null) {
            sql = Sql.of(connection, rule, name, connections.seconds());
            known.put(rule, sql);
          }
          try {
            return question.of(new Rows(connection, rule, sql, connections.seconds()));
          } catch (IllegalArgumentException e) {
            // Without the cause, which may quote the value.
            throw new StoreException(
                "%s: a column of %s cannot hold the value it is compared with or set to; correct"
                        .formatted(name, rule.name())
                    + " the policy",
                false);
          }
        });
  }

  @Override
  public void close() {
    connections.close();
  }
}
