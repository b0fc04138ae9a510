package org.lethe.policy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;

/** Looks up what a policy names, and fills in the database's own rules. Used once. */
final class PolicyResolver {

  private final Policy policy;
  private final Catalog catalog;
  private final NameLookup names;
  private final Faults faults = new Faults();
  private final Map<Relation, Decision> decisions = new LinkedHashMap<>();

  PolicyResolver(Policy policy, Catalog catalog) {
    this.policy = policy;
    this.catalog = catalog;
    this.names = new NameLookup(catalog, policy.schemas());
  }

  Decisions resolve() {
    TableEntries tables = new TableEntries(policy, catalog, names, faults);
    tables.check();
    RuleEntries rules = new RuleEntries(policy, catalog, names, faults);
    rules.resolve();
    foreignKeys();
    links();
    faults.throwIfAny(policy.source());
    return new Decisions(
        catalog,
        new RelationGraph(decisions.keySet()),
        decisions,
        tables.labels(),
        tables.trash().rules(),
        tables.trash().usual(),
        tables.data(),
        rules.rules(),
        rules.accounts(),
        policy.secondPerson(),
        policy.hash());
  }

  private void foreignKeys() {
    for (ForeignKeyRelation relation : catalog.relations()) {
      decisions.put(relation, byDatabase(relation));
    }
    RelationLookup lookup = new RelationLookup(catalog, names);
    Map<Relation, String> decidedBy = new HashMap<>();
    policy
        .relations()
        .forEach(
            (name, entry) -> {
              String path = "relations." + name;
              List<ForeignKeyRelation> found;
              try {
                found = lookup.find(name);
              } catch (RelationLookup.Unknown e) {
                faults.add(entry.place(), path, String.valueOf(e.getMessage()), e.fix());
                return;
              }
              for (ForeignKeyRelation relation : found) {
                String before = decidedBy.putIfAbsent(relation, name);
                if (before != null) {
                  faults.add(
                      entry.place(),
                      path,
                      "this foreign key is already decided, as " + before,
                      "keep one of the two");
                } else {
                  decide(relation, entry, path);
                }
              }
            });
  }

  private void decide(ForeignKeyRelation relation, Policy.RelationEntry entry, String path) {
    OnDelete onDelete = entry.onDelete();
    if (onDelete == null) {
      Decision byDatabase = byDatabase(relation);
      decisions.put(
          relation,
          new Decision(relation, byDatabase.onDelete(), entry.owner(), byDatabase.origin()));
      return;
    }
    new RuleCheck(catalog, faults, entry.place(), path).check(relation, onDelete);
    decisions.put(
        relation, new Decision(relation, onDelete, entry.owner(), Decision.Origin.POLICY));
  }

  private void links() {
    new LinkLookup(catalog, names, faults)
        .find(policy.links())
        .forEach(
            (number, link) -> {
              Policy.LinkEntry entry = policy.links().get(number);
              OnDelete onDelete = onDelete(entry);
              new RuleCheck(catalog, faults, entry.place(), "links[" + number + "]")
                  .check(link, onDelete);
              Decision.Origin origin =
                  onDelete.kind() == OnDelete.Kind.UNDECIDED
                      ? Decision.Origin.NOBODY
                      : Decision.Origin.POLICY;
              decisions.put(link, new Decision(link, onDelete, entry.owner(), origin));
            });
  }

  private static OnDelete onDelete(Policy.LinkEntry entry) {
    @Nullable OnDelete onDelete = entry.onDelete();
    return onDelete == null ? OnDelete.UNDECIDED : onDelete;
  }

  private static Decision byDatabase(ForeignKeyRelation relation) {
    OnDelete onDelete = OnDelete.of(relation.foreignKey().onDelete());
    Decision.Origin origin =
        onDelete.kind() == OnDelete.Kind.UNDECIDED
            ? Decision.Origin.NOBODY
            : Decision.Origin.DATABASE;
    return new Decision(relation, onDelete, null, origin);
  }
}
