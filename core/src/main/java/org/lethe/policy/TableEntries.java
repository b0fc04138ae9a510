package org.lethe.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.lethe.schema.Catalog;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Looks up the tables and columns that a policy names outside its relations. */
final class TableEntries {

  private static final String SECRET = "secret";

  private final Policy policy;
  private final Catalog catalog;
  private final CheckedNames checked;
  private final Faults faults;
  private final Map<TableId, LabelTemplate> labels = new HashMap<>();
  private final TrashEntries trash;

  TableEntries(Policy policy, Catalog catalog, NameLookup names, Faults faults) {
    this.policy = policy;
    this.catalog = catalog;
    this.checked = new CheckedNames(catalog, names, faults);
    this.faults = faults;
    this.trash = new TrashEntries(catalog, checked, faults, policy.trash());
  }

  /** Finds all that points nowhere. */
  void check() {
    schemas();
    Map<TableId, String> saidBy = new HashMap<>();
    policy
        .tables()
        .forEach(
            (name, entry) -> {
              String path = "tables." + name;
              Table table = checked.table(new Policy.Reference(entry.place(), name), path);
              if (table == null) {
                return;
              }
              String before = saidBy.putIfAbsent(table.id(), name);
              if (before != null) {
                faults.add(
                    entry.place(),
                    path,
                    "this table is already there, as " + before,
                    "make one entry of the two");
              }
              table(table, entry, path);
            });
    policy.subjects().forEach(this::subject);
  }

  /** How rows of each table are named to people. */
  Map<TableId, LabelTemplate> labels() {
    catalog.tables().forEach((id, t) -> labels.computeIfAbsent(id, i -> DefaultLabel.of(t)));
    return labels;
  }

  /** How deleted rows are kept. */
  TrashEntries trash() {
    return trash;
  }

  private void schemas() {
    Set<String> there = new TreeSet<>();
    catalog.tables().keySet().forEach(t -> there.add(t.schema()));
    List<Policy.SchemaEntry> entries = policy.schemaEntries();
    for (int i = 0; i < entries.size(); i++) {
      Policy.SchemaEntry entry = entries.get(i);
      if (!there.contains(entry.name()) && !catalog.searchPath().contains(entry.name())) {
        faults.add(
            entry.place(),
            "schemas[" + i + "]",
            "there is no schema " + entry.name() + " with tables",
            Nearest.fix(entry.name(), there, "the schemas"));
      }
    }
  }

  private void table(Table table, Policy.TableEntry entry, String path) {
    Map<String, Policy.ColumnEntry> said = new HashMap<>();
    entry
        .columns()
        .forEach(
            (name, column) -> {
              String columnPath = path + ".columns." + name;
              String found =
                  checked.column(table, new Policy.Reference(column.place(), name), columnPath);
              if (found != null && said.put(found, column) != null) {
                faults.add(
                    column.place(),
                    columnPath,
                    "this column is already there, in other letters",
                    "make one entry of the two");
              }
            });
    Policy.TrashEntry kept = entry.trash();
    if (kept != null) {
      trash.add(table, kept, path + ".trash");
    }
    Policy.Reference retainFrom = entry.retainFrom();
    if (retainFrom != null) {
      checked.column(table, retainFrom, path + ".retain.from");
    }
    Policy.Reference label = entry.label();
    if (label != null) {
      label(table, label, said, path + ".label");
    }
  }

  private void label(
      Table table, Policy.Reference label, Map<String, Policy.ColumnEntry> said, String path) {
    String text = label.name();
    for (String shown : new LabelTemplate(text).columns()) {
      String column = checked.column(table, new Policy.Reference(label.place(), shown), path);
      if (column == null) {
        continue;
      }
      Policy.ColumnEntry entry = said.get(column);
      if (entry != null && SECRET.equals(entry.category())) {
        faults.add(
            label.place(),
            path,
            "the label would show " + column + ", which is a secret",
            "take {" + shown + "} out of the label");
      }
      text = text.replace("{" + shown + "}", "{" + column + "}");
    }
    labels.put(table.id(), new LabelTemplate(text));
  }

  private void subject(String name, Policy.SubjectEntry entry) {
    String path = "subjects." + name;
    Table table = checked.table(entry.table(), path + ".table");
    for (int i = 0; table != null && i < entry.identifyBy().size(); i++) {
      checked.column(table, entry.identifyBy().get(i), path + ".identify_by[" + i + "]");
    }
  }
}
