package org.lethe;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.execute.Backoff;
import org.lethe.execute.Means;
import org.lethe.policy.Decisions;
import org.lethe.policy.Policy;
import org.lethe.retention.Deactivation;
import org.lethe.subject.export.ExportTransformation;

/** Settings of a {@link Lethe}; not thread-safe. */
public final class LetheBuilder {

  final DataSource dataSource;
  private Policy policy = Policy.empty();
  private @Nullable Decisions decisions;
  Backoff backoff = Backoff.DEFAULT;
  Means means = Means.ALL;
  Clock clock = Clock.systemUTC();
  @Nullable DataSource replica;
  final List<ExportTransformation> transformations = new ArrayList<>();
  private @Nullable Function<Decisions, Deactivation> deactivation;

  LetheBuilder(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** One that stays as this one is now. */
  LetheBuilder copy() {
    LetheBuilder copy = new LetheBuilder(dataSource);
    copy.policy = policy;
    copy.decisions = decisions;
    copy.backoff = backoff;
    copy.means = means;
    copy.clock = clock;
    copy.replica = replica;
    copy.transformations.addAll(transformations);
    return copy;
  }

  /** The policy; without one the database's own rules hold. */
  public LetheBuilder policy(Policy policy) {
    this.policy = policy;
    return this;
  }

  /** A policy that was already resolved against this database's catalog. */
  public LetheBuilder decisions(Decisions decisions) {
    this.decisions = decisions;
    return this;
  }

  /** How often, and after which pauses, a removal that lost a race is tried again. */
  public LetheBuilder backoff(Backoff backoff) {
    this.backoff = backoff;
    return this;
  }

  /**
   * Whether the database may cascade by itself where its rules are the policy's; on by default,
   * since nothing is faster.
   */
  public LetheBuilder nativeCascade(boolean allowed) {
    this.means = means.withNativeCascade(allowed);
    return this;
  }

  /**
   * Up to how many rows a removal is collected by one query, without temporary tables; 2,000 by
   * default, 0 for never. More rows are always collected table by table.
   */
  public LetheBuilder handful(int rows) {
    this.means = means.withHandful(rows);
    return this;
  }

  /** What tells the time by which deletions are kept and purged. */
  public LetheBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** A copy of the database, perhaps a little behind it, from which people's data is exported. */
  public LetheBuilder replica(DataSource replica) {
    this.replica = replica;
    return this;
  }

  /**
   * What lets people leave whose accounts a rule deactivates; without it rules change the accounts'
   * rows only.
   *
   * @param deactivation made once, when the first such rule runs
   */
  public LetheBuilder deactivation(Function<Decisions, Deactivation> deactivation) {
    this.deactivation = deactivation;
    return this;
  }

  Supplier<Optional<Deactivation>> deactivation(Decisions resolved) {
    Function<Decisions, Deactivation> made = deactivation;
    return made == null ? Optional::empty : new Once(() -> Optional.of(made.apply(resolved)));
  }

  /** Makes it when it is first asked for. */
  private static final class Once implements Supplier<Optional<Deactivation>> {
    private final Supplier<Optional<Deactivation>> made;
    private Optional<Deactivation> there = Optional.empty();

    Once(Supplier<Optional<Deactivation>> made) {
      this.made = made;
    }

    @Override
    public synchronized Optional<Deactivation> get() {
      if (there.isEmpty()) {
        there = made.get();
      }
      return there;
    }
  }

  /** A change of values on their way out that the policy may name; beside those installed. */
  public LetheBuilder transformation(ExportTransformation transformation) {
    this.transformations.add(transformation);
    return this;
  }

  /**
   * Reads the catalog, unless {@link #decisions} brought one.
   *
   * @throws org.lethe.policy.PolicyException if the policy does not fit the catalog
   * @throws LetheException if there is no connection, or the engine is unknown
   */
  public Lethe build() {
    return new Lethe(
        this,
        decisions == null ? Decisions.resolve(policy, Lethe.readCatalog(dataSource)) : decisions);
  }
}
