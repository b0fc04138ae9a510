package org.lethe.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Link;
import org.lethe.schema.Names;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Finds the tables and columns that a policy's links tie together. */
final class LinkLookup {

  private final Catalog catalog;
  private final NameLookup names;
  private final Faults faults;

  LinkLookup(Catalog catalog, NameLookup names, Faults faults) {
    this.catalog = catalog;
    this.names = names;
    this.faults = faults;
  }

  /** The links that are in order, by their number in the policy; each with a name of its own. */
  Map<Integer, Link> find(List<Policy.LinkEntry> entries) {
    Map<Integer, Link> found = new LinkedHashMap<>();
    Map<Link, Integer> first = new HashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      Policy.LinkEntry entry = entries.get(i);
      Link link = link(entry, path(i));
      if (link == null) {
        continue;
      }
      Integer before = first.putIfAbsent(link, i);
      if (before != null) {
        fault(
            entry.from(),
            path(i),
            "this link is already there, as " + path(before),
            "keep one of the two");
      } else if (declared(link)) {
        fault(
            entry.from(),
            path(i) + ".from",
            "the database has a foreign key for this",
            "decide it under relations: " + link.name());
      } else {
        found.put(i, link);
      }
    }
    return named(found);
  }

  private static String path(int number) {
    return "links[" + number + "]";
  }

  private @Nullable Link link(Policy.LinkEntry entry, String path) {
    Side from = side(entry.from(), path + ".from");
    Side to = side(entry.to(), path + ".to");
    if (from == null || to == null) {
      return null;
    }
    if (!to.conditions().isEmpty()) {
      fault(entry.to(), path + ".to", "a condition cannot stand here", "put it into from");
      return null;
    }
    if (from.columns().size() != to.columns().size()) {
      fault(
          entry.from(),
          path,
          "from and to name different numbers of columns: %d and %d"
              .formatted(from.columns().size(), to.columns().size()),
          "name as many on either side");
      return null;
    }
    if (from.table().id().equals(to.table().id()) && from.columns().equals(to.columns())) {
      fault(entry.to(), path + ".to", "this is the same column as in from", "name another");
      return null;
    }
    if (!pathFits(entry, from, path)) {
      return null;
    }
    return new Link(
        name(from),
        from.table().id(),
        from.columns(),
        to.table().id(),
        to.columns(),
        from.conditions(),
        normaliser(entry.normalise()),
        entry.path());
  }

  /** One end of a link. */
  private record Side(Table table, List<String> columns, Map<String, String> conditions) {}

  private @Nullable Side side(Policy.Reference written, String path) {
    ColumnsName name;
    try {
      name = ColumnsName.parse(written.name());
    } catch (IllegalArgumentException e) {
      fault(
          written,
          path,
          String.valueOf(e.getMessage()),
          "write table.column or table(type='x', id)");
      return null;
    }
    if (!name.target().isEmpty()) {
      fault(written, path, "an arrow cannot stand here", "name the target in to");
      return null;
    }
    Optional<TableId> id = names.table(name.table());
    if (id.isEmpty()) {
      String table = Names.join(name.table().toArray(String[]::new));
      fault(written, path, "there is no table " + table, names.tableFix(name.table()));
      return null;
    }
    Table table = catalog.table(id.get());
    if (table.partitionRoot() != null) {
      fault(
          written,
          path,
          names.written(table.id()) + " is a partition",
          "name the whole table, " + names.written(table.partitionRoot()));
      return null;
    }
    return columns(table, name, written, path);
  }

  private @Nullable Side columns(
      Table table, ColumnsName name, Policy.Reference written, String path) {
    List<String> columns = new ArrayList<>();
    Map<String, String> conditions = new LinkedHashMap<>();
    boolean complete = true;
    for (String column : name.columns()) {
      Optional<Column> found = column(table, column, written, path);
      found.ifPresent(c -> columns.add(c.name()));
      complete &= found.isPresent();
    }
    for (Map.Entry<String, String> condition : name.conditions().entrySet()) {
      Optional<Column> found = column(table, condition.getKey(), written, path);
      complete &= found.isPresent();
      found.ifPresent(c -> conditions.put(c.name(), condition.getValue()));
      Optional<String> wrong = found.flatMap(c -> ValueCheck.fault(c, condition.getValue()));
      if (wrong.isPresent()) {
        fault(written, path, wrong.get(), "write a value that the column can hold");
        complete = false;
      }
    }
    return complete ? new Side(table, columns, conditions) : null;
  }

  private Optional<Column> column(Table table, String name, Policy.Reference written, String path) {
    Optional<Column> column = NameLookup.column(table, name).flatMap(table::column);
    if (column.isEmpty()) {
      fault(
          written,
          path,
          "the table %s has no column %s".formatted(catalog.displayName(table.id()), name),
          NameLookup.columnFix(table, name));
    }
    return column;
  }

  private boolean pathFits(Policy.LinkEntry entry, Side from, String path) {
    List<Column> documents =
        from.columns().stream()
            .map(from.table()::column)
            .flatMap(Optional::stream)
            .filter(c -> c.type().equals("jsonb") || c.type().equals("json"))
            .toList();
    if (entry.path() == null && !documents.isEmpty()) {
      fault(
          entry.from(),
          path + ".from",
          documents.get(0).name() + " holds whole documents",
          "add path: where in it the value stands, such as $.customer.id");
      return false;
    }
    if (entry.path() != null && (from.columns().size() != 1 || documents.isEmpty())) {
      fault(
          entry.from(),
          path + ".path",
          "a path needs one column of type json or jsonb",
          "name that column in from, or take path away");
      return false;
    }
    return true;
  }

  /** As the policy writes it: {@code table.column} or {@code table(type='x', id)}. */
  private String name(Side from) {
    if (from.conditions().isEmpty()) {
      return catalog.displayName(from.table().id(), from.columns());
    }
    List<String> parts = new ArrayList<>();
    from.conditions()
        .forEach((c, v) -> parts.add(Names.quoteIfNeeded(c) + "='" + v.replace("'", "''") + "'"));
    from.columns().forEach(c -> parts.add(Names.quoteIfNeeded(c)));
    return catalog.displayName(from.table().id()) + "(" + String.join(", ", parts) + ")";
  }

  private static Link.Normaliser normaliser(@Nullable String word) {
    return word == null
        ? Link.Normaliser.NONE
        : Link.Normaliser.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether a foreign key already says the same. */
  private boolean declared(Link link) {
    return link.conditions().isEmpty()
        && link.jsonPath() == null
        && catalog.relations().stream()
            .anyMatch(
                r ->
                    r.child().equals(link.child())
                        && r.parent().equals(link.parent())
                        && r.childColumns().equals(link.childColumns())
                        && r.parentColumns().equals(link.parentColumns()));
  }

  /** Adds to each name only as much as it takes to tell it from the others. */
  private Map<Integer, Link> named(Map<Integer, Link> links) {
    Map<Integer, Link> named =
        distinct(
            links, l -> l.name() + " -> " + catalog.displayName(l.parent(), l.parentColumns()));
    named = distinct(named, l -> l.name() + " " + l.jsonPath());
    return distinct(named, l -> l.name() + " by " + l.normaliser());
  }

  private Map<Integer, Link> distinct(Map<Integer, Link> links, Function<Link, String> longer) {
    Map<String, Integer> uses = new HashMap<>();
    catalog.relations().stream()
        .map(ForeignKeyRelation::name)
        .forEach(name -> uses.merge(name, 1, Integer::sum));
    links.values().forEach(l -> uses.merge(l.name(), 1, Integer::sum));
    Map<Integer, Link> result = new LinkedHashMap<>();
    links.forEach(
        (i, l) ->
            result.put(i, uses.getOrDefault(l.name(), 0) > 1 ? renamed(l, longer.apply(l)) : l));
    return result;
  }

  private static Link renamed(Link l, String name) {
    return new Link(
        name,
        l.child(),
        l.childColumns(),
        l.parent(),
        l.parentColumns(),
        l.conditions(),
        l.normaliser(),
        l.jsonPath());
  }

  private void fault(Policy.Reference at, String path, String message, @Nullable String fix) {
    faults.add(at.place(), path, message, fix);
  }
}
