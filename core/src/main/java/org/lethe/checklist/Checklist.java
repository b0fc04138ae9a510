package org.lethe.checklist;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.lethe.checklist.Finding.Place;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyException;
import org.lethe.policy.PolicyFinding;
import org.lethe.schema.Catalog;
import org.lethe.store.Store;

/** Everything nobody decided yet, and everything that would make a removal fail or crawl. */
public final class Checklist {

  private Checklist() {}

  /**
   * Looks at all that a policy and a database leave open; faults of the policy are findings too.
   *
   * @return sorted, each once
   */
  public static List<Finding> run(Policy policy, Catalog catalog) {
    return run(policy, catalog, Sampler.NONE, List.of());
  }

  /**
   * The same, with a look at some values and at the policy's stores.
   *
   * @param sampler looks at values; {@link Sampler#NONE} to go by names and types alone
   * @param stores those of the policy; one that cannot be asked is a finding
   */
  public static List<Finding> run(
      Policy policy, Catalog catalog, Sampler sampler, List<Store> stores) {
    Collection<Finding> findings = new ArrayList<>();
    Decisions decisions = null;
    try {
      decisions = Decisions.resolve(policy, catalog);
    } catch (PolicyException e) {
      findings.addAll(faults(policy.source(), e));
    }
    Scope scope = new Scope(policy, catalog);
    if (decisions == null) {
      findings.addAll(UndecidedRelations.notNamed(scope));
    } else {
      findings.addAll(UndecidedRelations.find(scope, decisions));
      findings.addAll(DatabaseRules.enforcedDoNothing(scope, decisions));
      findings.addAll(MarkedTables.find(scope, decisions));
      findings.addAll(aboutPeople(new PeoplesData(scope, decisions, sampler)));
    }
    findings.addAll(DatabaseRules.find(scope));
    findings.addAll(UnevenPartitions.find(scope));
    findings.addAll(MissingIndexes.find(scope));
    findings.addAll(linkFindings(scope, decisions));
    findings.addAll(StoreShapes.find(scope, stores));
    return sorted(findings);
  }

  /** The findings of a policy that cannot even be read. */
  public static List<Finding> faults(String source, PolicyException unreadable) {
    List<Finding> faults = new ArrayList<>();
    for (PolicyFinding f : unreadable.findings()) {
      faults.add(
          new Finding(
              Code.POLICY_FAULT,
              Code.POLICY_FAULT.severity(),
              f.path(),
              f.message(),
              f.fix(),
              new Place(source, f.line(), f.column())));
    }
    return sorted(faults);
  }

  private static List<Finding> aboutPeople(PeoplesData data) {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(UndecidedOwners.find(data));
    findings.addAll(UnclassifiedColumns.find(data));
    findings.addAll(ExportAndErasure.find(data));
    findings.addAll(DoubtfulTreatments.find(data));
    findings.addAll(PeopleNotReached.find(data));
    findings.addAll(UnclassifiedFields.find(data));
    findings.addAll(SharedValues.find(data));
    return findings;
  }

  private static List<Finding> linkFindings(Scope scope, @Nullable Decisions decisions) {
    List<Finding> findings = new ArrayList<>();
    Advisor advisor = new Advisor(scope.catalog());
    for (LikelyLink link : LikelyLinks.find(scope, decisions)) {
      findings.add(link.finding(scope.catalog(), advisor));
    }
    return findings;
  }

  private static List<Finding> sorted(Collection<Finding> findings) {
    return List.copyOf(new TreeSet<>(findings));
  }
}
