package org.lethe;

import java.util.List;
import javax.sql.DataSource;
import org.lethe.collect.PathStep;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;

/** The facade: preview, plan and delete over one database and one policy. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod"})
public final class Lethe {

  private final DataSource dataSource;
  private final Decisions decisions;

  private Lethe(DataSource dataSource, Decisions decisions) {
    this.dataSource = dataSource;
    this.decisions = decisions;
  }

  /**
   * Reads the catalog and resolves the policy against it.
   *
   * @throws org.lethe.policy.PolicyException if the policy does not fit the catalog
   */
  public static Lethe of(DataSource dataSource, Policy policy) {
    throw new IllegalStateException("to come: " + dataSource + policy);
  }

  public Catalog catalog() {
    return decisions.catalog();
  }

  public Decisions decisions() {
    return decisions;
  }

  /** What a removal would touch; locks and changes nothing. */
  public Preview preview(Roots roots, Preview.Cap cap) {
    throw new IllegalStateException("to come: " + dataSource + roots + cap);
  }

  /**
   * Why a row is in a removal: the path from a root to it; empty if the removal does not touch it.
   */
  public List<PathStep> why(Roots roots, TableId table, List<String> key) {
    throw new IllegalStateException("to come: " + roots + table + key);
  }

  /** A plan to approve and {@link #apply} later; blockers are part of it. */
  public Plan plan(Roots roots) {
    throw new IllegalStateException("to come: " + roots);
  }

  /**
   * Runs exactly what was approved.
   *
   * @throws org.lethe.plan.StalePlanException if other rows are found now
   * @throws org.lethe.collect.BlockedException if something blocks
   */
  public DeletionReport apply(Plan plan, Tolerance tolerance) {
    throw new IllegalStateException("to come: " + plan + tolerance);
  }

  /**
   * Collects, locks and deletes in one transaction.
   *
   * @throws org.lethe.collect.BlockedException if something blocks; nothing is changed
   */
  public DeletionReport delete(Roots roots) {
    throw new IllegalStateException("to come: " + roots);
  }
}
