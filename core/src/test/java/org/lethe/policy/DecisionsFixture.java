package org.lethe.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.lethe.schema.Catalog;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.RelationGraph;

/** Decisions made by hand, without a policy file. */
public final class DecisionsFixture {

  private DecisionsFixture() {}

  /**
   * @param byName relation name to what it does; all others are undecided
   */
  public static Decisions of(Catalog catalog, List<Link> links, Map<String, OnDelete> byName) {
    List<Relation> relations = new ArrayList<>(catalog.relations());
    relations.addAll(links);
    Map<Relation, Decision> decisions = new HashMap<>();
    for (Relation relation : relations) {
      OnDelete onDelete = byName.getOrDefault(relation.name(), OnDelete.UNDECIDED);
      Decision.Origin origin =
          byName.containsKey(relation.name()) ? Decision.Origin.POLICY : Decision.Origin.NOBODY;
      decisions.put(relation, new Decision(relation, onDelete, null, origin));
    }
    return new Decisions(
        catalog,
        new RelationGraph(relations),
        decisions,
        Map.of(),
        Map.of(),
        TrashRule.DEFAULT,
        DataRules.NONE,
        List.of(),
        Optional.empty(),
        Set.of(),
        "by hand");
  }
}
