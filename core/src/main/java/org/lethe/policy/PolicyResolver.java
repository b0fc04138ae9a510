package org.lethe.policy;

import java.util.HashMap;
import java.util.Map;
import org.lethe.schema.Catalog;
import org.lethe.schema.ForeignKeyRelation;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;
import org.lethe.schema.TableId;

/** Looks up what a policy names. */
final class PolicyResolver {

  private final Policy policy;
  private final Catalog catalog;

  PolicyResolver(Policy policy, Catalog catalog) {
    this.policy = policy;
    this.catalog = catalog;
  }

  Decisions resolve() {
    Map<Relation, Decision> decisions = new HashMap<>();
    for (ForeignKeyRelation relation : catalog.relations()) {
      decisions.put(relation, byDatabase(relation));
    }
    Map<TableId, LabelTemplate> labels = new HashMap<>();
    catalog.tables().keySet().forEach(t -> labels.put(t, new LabelTemplate("")));
    return new Decisions(
        catalog, new RelationGraph(decisions.keySet()), decisions, labels, policy.hash());
  }

  private static Decision byDatabase(ForeignKeyRelation relation) {
    OnDelete onDelete =
        switch (relation.foreignKey().onDelete()) {
          case CASCADE -> OnDelete.CASCADE;
          case SET_NULL -> OnDelete.SET_NULL;
          case SET_DEFAULT -> OnDelete.SET_DEFAULT;
          case NO_ACTION, RESTRICT -> OnDelete.UNDECIDED;
        };
    Decision.Origin origin =
        onDelete.kind() == OnDelete.Kind.UNDECIDED
            ? Decision.Origin.NOBODY
            : Decision.Origin.DATABASE;
    return new Decision(relation, onDelete, null, origin);
  }
}
