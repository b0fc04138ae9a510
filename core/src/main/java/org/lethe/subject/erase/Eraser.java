package org.lethe.subject.erase;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.Collected;
import org.lethe.collect.Collector;
import org.lethe.collect.Counts;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Effects;
import org.lethe.collect.Flags;
import org.lethe.collect.KeySet;
import org.lethe.collect.Roots;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Executor;
import org.lethe.policy.Decisions;
import org.lethe.schema.TableId;
import org.lethe.subject.Holdings;
import org.lethe.subject.Key;
import org.lethe.subject.TrashedRows;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Erases a person from this database: their own rows go, or stay with their columns treated where
 * the policy says so, something that stays needs them, or the law wants them kept. Rows of others
 * are never removed; those that are shared lose the person's identifiers where the policy has them
 * redacted. Within the caller's transaction; thread-safe.
 */
public final class Eraser {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Decisions decisions;
  private final Dialect dialect;
  private final Executor executor;
  private final @Nullable Key key;

  /**
   * An eraser for one database.
   *
   * @param key for keyed hashes; null where none is at hand, which matters only to a policy that
   *     wants them
   */
  public Eraser(Decisions decisions, Dialect dialect, Executor executor, @Nullable Key key) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.executor = executor;
    this.key = key;
  }

  /**
   * What is erased.
   *
   * @param roots where collecting starts
   * @param following whether what hangs on the roots is erased too; not where what is left of an
   *     earlier erasure is
   * @param treated for each table of which rows were treated before, a query for their keys as text
   *     arrays: what was made of them stays
   * @param identifiers texts that the person is known by, for redactions
   * @param now by which retention is reckoned
   */
  public record Order(
      List<Roots> roots,
      boolean following,
      Map<TableId, String> treated,
      List<String> identifiers,
      Instant now) {
    public Order {
      roots = List.copyOf(roots);
      treated = Map.copyOf(treated);
      identifiers = List.copyOf(identifiers);
    }
  }

  /** Takes down rows that stay for now, so that they are found when their time is over. */
  public interface Remaining {

    /**
     * Rows that stay.
     *
     * @param table whose rows they are
     * @param rows a query for their keys as text arrays, when they may go, null where nobody knows,
     *     and whether they are treated
     */
    void add(TableId table, String rows);
  }

  /**
   * What {@link #erase} would do now; changes and locks nothing.
   *
   * @throws org.lethe.error.InputException if a root does not exist
   */
  public ErasurePlan plan(JdbcOperations jdbc, Order order) {
    Holdings holdings =
        Holdings.collect(decisions, dialect, jdbc, order.roots(), order.following(), false);
    TrashErasure trashed = trashed(jdbc, order, holdings);
    Fates fates = fates(jdbc, order, holdings);
    Map<TableId, KeySet> staying = fates.decide(new HoldMarks(dialect, jdbc, order.now()));
    Collected going = going(jdbc, order, holdings);
    return new Facts(decisions, jdbc, new Columns(decisions, dialect, jdbc))
        .plan(holdings, staying, going.selection(), trashed.counts());
  }

  /**
   * What redactions of {@link #erase} would take out of texts; changes and locks nothing.
   *
   * @param most how many per column
   */
  public List<Match> matches(JdbcOperations jdbc, Order order, int most) {
    Holdings holdings =
        Holdings.collect(decisions, dialect, jdbc, order.roots(), order.following(), false);
    Map<TableId, KeySet> staying =
        fates(jdbc, order, holdings).decide(new HoldMarks(dialect, jdbc, order.now()));
    TreatmentSql sql = new TreatmentSql(dialect, key, random(4), random(32), order.identifiers());
    sql.prepare(jdbc);
    Columns columns = new Columns(decisions, dialect, jdbc);
    return new Matches(decisions, dialect, jdbc, columns, sql, most).find(holdings, staying);
  }

  /**
   * Erases.
   *
   * @return what was done
   * @throws ErasureBlockedException if nobody decided what becomes of some rows; nothing is changed
   * @throws org.lethe.error.InputException if a root does not exist, or a key is needed
   */
  public ErasurePlan erase(JdbcOperations jdbc, Order order, Remaining remaining) {
    Holdings holdings =
        Holdings.collect(decisions, dialect, jdbc, order.roots(), order.following(), true);
    Fates fates = fates(jdbc, order, holdings);
    ErasureBlockedException.refuse(decisions, fates.undecided());
    TrashErasure trashed = trashed(jdbc, order, holdings);
    Map<TableId, KeySet> staying = fates.decide(new HoldMarks(dialect, jdbc, order.now()));
    staying.forEach((table, set) -> markTreated(jdbc, set, order.treated().get(table)));
    staying.forEach((table, set) -> remember(set, remaining));
    TreatmentSql sql = new TreatmentSql(dialect, key, random(4), random(32), order.identifiers());
    sql.prepare(jdbc);
    Columns columns = new Columns(decisions, dialect, jdbc);
    Treater treater = new Treater(decisions, dialect, jdbc, columns, sql, order.now());
    Collected going = going(jdbc, order, holdings);
    ErasurePlan planned =
        new Facts(decisions, jdbc, columns)
            .plan(holdings, staying, going.selection(), trashed.counts());
    staying.values().forEach(treater::treat);
    holdings.tables().forEach(held -> treater.redactShared(held, staying.get(held.table().id())));
    trashed.remove();
    boolean unmoved =
        staying.isEmpty() && holdings.tables().stream().allMatch(held -> held.shared() == 0);
    // Looked at anew: what was treated was written again and so moved.
    Counts counts = executor.remove(jdbc, unmoved ? going : going(jdbc, order, holdings));
    return new ErasurePlan(
        planned.tables(),
        counts.updated(),
        planned.trashed(),
        planned.policyHash(),
        planned.catalogHash());
  }

  /**
   * Erases people of one table at once, of whom everything goes and nothing stays.
   *
   * @param keys of their rows, as the database writes them
   * @return what was done with each, by key; empty, and nothing is changed, if something may stay,
   *     be others' too or lie in the trash, so that each has to be looked at alone
   * @throws ErasureBlockedException if nobody decided what becomes of some rows; nothing is changed
   * @throws org.lethe.error.InputException if one of them does not exist
   */
  public Optional<Map<List<String>, ErasurePlan>> eraseTogether(
      JdbcOperations jdbc, TableId table, List<List<String>> keys, Instant now) {
    Order order = new Order(List.of(new Roots.Keys(table, keys)), true, Map.of(), List.of(), now);
    Holdings holdings = Holdings.collect(decisions, dialect, jdbc, order.roots(), true, true);
    Fates fates = fates(jdbc, order, holdings);
    ErasureBlockedException.refuse(decisions, fates.undecided());
    TrashedRows trashed = new TrashedRows(decisions, dialect, jdbc, table);
    trashed.find(holdings, order.roots());
    KeySet people = holdings.sole().get(decisions.catalog().whole(table));
    if (people == null
        || holdings.tables().stream().anyMatch(held -> held.shared() > 0)
        || !trashed.isEmpty()
        || !fates.everythingGoes(new HoldMarks(dialect, jdbc, now))) {
      return Optional.empty();
    }
    Collected going = going(jdbc, order, holdings);
    Optional<Map<List<String>, Shares.Share>> shares =
        new Shares(decisions, dialect, jdbc, holdings.sole(), table).of(going, people);
    shares.ifPresent(known -> executor.remove(jdbc, going));
    return shares.map(
        known -> {
          Map<List<String>, ErasurePlan> plans = new HashMap<>();
          known.forEach((key, share) -> plans.put(key, plan(holdings, share)));
          return plans;
        });
  }

  private ErasurePlan plan(Holdings holdings, Shares.Share share) {
    List<ErasurePlan.OfTable> tables =
        holdings.tables().stream()
            .map(held -> held.table().id())
            .filter(share.going()::containsKey)
            .map(
                id ->
                    new ErasurePlan.OfTable(
                        id,
                        decisions.catalog().displayName(id),
                        share.going().getOrDefault(id, 0L),
                        0,
                        List.of(),
                        0,
                        Map.of()))
            .toList();
    return new ErasurePlan(
        tables, share.changing(), Map.of(), decisions.policyHash(), decisions.catalog().hash());
  }

  /**
   * What {@link #eraseFromTrash} would do now.
   *
   * @param roots of somebody whose own row is only in the trash
   */
  public ErasurePlan planInTrash(JdbcOperations jdbc, Roots roots, Instant now) {
    return onlyTrash(inTrash(jdbc, roots, now).counts());
  }

  /** Erases somebody whose own row is only in the trash: whatever of theirs lies there. */
  public ErasurePlan eraseFromTrash(JdbcOperations jdbc, Roots roots, Instant now) {
    TrashErasure trashed = inTrash(jdbc, roots, now);
    ErasurePlan done = onlyTrash(trashed.counts());
    trashed.remove();
    return done;
  }

  private ErasurePlan onlyTrash(Map<String, Long> counts) {
    return new ErasurePlan(
        List.of(), Map.of(), counts, decisions.policyHash(), decisions.catalog().hash());
  }

  private TrashErasure inTrash(JdbcOperations jdbc, Roots roots, Instant now) {
    TrashedRows trashed = new TrashedRows(decisions, dialect, jdbc, roots.table());
    trashed.find(null, List.of(roots));
    return new TrashErasure(decisions, dialect, jdbc, now, trashed);
  }

  /** Of what is left of an earlier erasure, nothing went to the trash. */
  private TrashErasure trashed(JdbcOperations jdbc, Order order, Holdings holdings) {
    TrashedRows trashed = new TrashedRows(decisions, dialect, jdbc, order.roots().get(0).table());
    if (order.following()) {
      trashed.find(holdings, order.roots());
    }
    return new TrashErasure(decisions, dialect, jdbc, order.now(), trashed);
  }

  private Fates fates(JdbcOperations jdbc, Order order, Holdings holdings) {
    return new Fates(
        decisions,
        dialect,
        jdbc,
        holdings,
        order.roots().get(0).table(),
        order.now(),
        order.following());
  }

  private Collected going(JdbcOperations jdbc, Order order, Holdings holdings) {
    Roots roots = order.roots().get(0);
    return new Effects(
            decisions,
            dialect,
            jdbc,
            holdings.sole(),
            new Flags(decisions, dialect, DeleteKind.HARD, roots.table()),
            Collector.Mode.LOOK,
            Effects.Blocking.STAYING)
        .assess(roots);
  }

  private static void markTreated(JdbcOperations jdbc, KeySet set, @Nullable String treated) {
    if (treated != null) {
      jdbc.update(
          "update %s as s set done = true where %s in (%s)"
              .formatted(set.name(), key(set), treated));
    }
  }

  private static String key(KeySet set) {
    return IntStream.rangeClosed(1, set.identity().size())
        .mapToObj(i -> "s.k" + i + "::text")
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  private static void remember(KeySet set, Remaining remaining) {
    if (set.identity().isEmpty()) {
      return;
    }
    remaining.add(
        set.table().id(),
        "select %s, s.until, s.done or s.fate in (%s) from %s as s where s.fate <> %d or s.until is not null"
            .formatted(key(set), Treater.TREATED, set.name(), Fate.TREAT.code()));
  }

  private static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
