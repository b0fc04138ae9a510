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

  private final Policy policy;
  private final Catalog catalog;
  private final CheckedNames checked;
  private final Faults faults;
  private final Map<TableId, LabelTemplate> labels = new HashMap<>();
  private final TrashEntries trash;
  private final DataEntries data;

  TableEntries(Policy policy, Catalog catalog, NameLookup names, Faults faults) {
    this.policy = policy;
    this.catalog = catalog;
    this.checked = new CheckedNames(catalog, names, faults);
    this.faults = faults;
    this.trash = new TrashEntries(catalog, checked, faults, policy.trash());
    this.data = new DataEntries(policy, catalog, checked, faults);
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
    data.finish();
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

  /** What is said of people's data. */
  DataRules data() {
    return data.rules();
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
    Map<String, ColumnRule> said = data.add(table, entry, path);
    Policy.TrashEntry kept = entry.trash();
    if (kept != null) {
      trash.add(table, kept, path + ".trash");
    }
    Policy.Reference label = entry.label();
    if (label != null) {
      label(table, label, said, path + ".label");
    }
  }

  private void label(
      Table table, Policy.Reference label, Map<String, ColumnRule> said, String path) {
    String text = label.name();
    for (String shown : new LabelTemplate(text).columns()) {
      String column = checked.column(table, new Policy.Reference(label.place(), shown), path);
      if (column == null) {
        continue;
      }
      ColumnRule rule = said.get(column);
      if (rule != null && rule.category() == Category.SECRET) {
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
}
