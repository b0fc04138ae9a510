package org.lethe.assertions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.ColumnId;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Decisions;
import org.lethe.policy.OnDelete;
import org.lethe.policy.TableRule;
import org.lethe.policy.Treatment;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.store.Outcome;
import org.lethe.subject.Settled;

/** Which of what was found in the database may be there, and what to do about the rest. */
final class Remains {

  private final Decisions decisions;
  private final String subject;
  private final Set<TableId> reached;
  private final List<Settled> outcomes;
  private final Map<String, String> retained = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param reached tables in which the policy sees something of the person
   * @param outcomes what the request came to, as its certificate says
   */
  Remains(Decisions decisions, String subject, Set<TableId> reached, List<Settled> outcomes) {
    this.decisions = decisions;
    this.subject = subject;
    this.reached = reached;
    this.outcomes = outcomes;
  }

  Remains judge(List<DatabaseSearch.Hit> hits) {
    // Whole tables: their partitions' rows are their rows.
    Map<ColumnId, Long> rows = new LinkedHashMap<>();
    hits.forEach(
        h ->
            rows.merge(
                new ColumnId(decisions.catalog().whole(h.table()), h.column()),
                h.rows(),
                Long::sum));
    rows.forEach(this::judge);
    return this;
  }

  private void judge(ColumnId column, long rows) {
    String name = decisions.displayName(column);
    Optional<Settled> kept = kept(column, rows);
    Treatment treatment = rule(column).erase();
    if (kept.isPresent()) {
      retained.put(name, String.valueOf(kept.get().ground()));
    } else if (treatment instanceof Treatment.Keep keep && keep.ground() != null) {
      retained.put(name, keep.ground());
    } else {
      faults.add(
          "%s: the canary is still there, in %d row%s; %s"
              .formatted(name, rows, rows == 1 ? "" : "s", fix(column, name, treatment)));
    }
  }

  /**
   * What the certificate says is kept, if that is this: the whole row, or the column where the rest
   * of the row was treated.
   */
  private Optional<Settled> kept(ColumnId column, long rows) {
    String table = decisions.catalog().displayName(column.table());
    if (!lawful(column.table()) && rule(column).retain() == null) {
      return Optional.empty();
    }
    boolean treated = outcomes.stream().anyMatch(o -> of(o, table, Outcome.ANONYMISED));
    if (treated && rule(column).retain() == null) {
      return Optional.empty();
    }
    return outcomes.stream()
        .filter(o -> of(o, table, Outcome.RETAINED) && o.items() >= rows)
        .findFirst();
  }

  /**
   * Whether the policy wants rows of a table kept. The certificate also calls retained what only
   * stays because something kept needs it and nobody said what becomes of it.
   */
  private boolean lawful(TableId table) {
    boolean along =
        decisions.data().tables().values().stream()
            .map(TableRule::retain)
            .anyMatch(r -> r != null && r.with().contains(table));
    return along
        || decisions.data().table(table).retain() != null
        || decisions.graph().outOf(table).stream()
            .anyMatch(r -> decisions.of(r).onDelete().kind() == OnDelete.Kind.PROTECT);
  }

  private static boolean of(Settled outcome, String table, Outcome what) {
    return outcome.store().equals(Settled.DATABASE)
        && outcome.place().equals(table)
        && outcome.outcome() == what;
  }

  private ColumnRule rule(ColumnId column) {
    return decisions.data().column(column.table(), column.column());
  }

  private String fix(ColumnId column, String name, @Nullable Treatment treatment) {
    Table table = decisions.catalog().tables().get(column.table());
    String where = decisions.catalog().displayName(column.table());
    if (column.table().schema().equals("lethe")) {
      return "Lethe itself should not keep this; please report it";
    }
    if (table == null || !reached.contains(column.table())) {
      return "no relation of the policy leads from %s to rows of %s as theirs; add a link, or owner: sole (or shared) to a relation, or see to what copies it there"
          .formatted(subject, where);
    }
    if (treatment instanceof Treatment.Keep) {
      return "say on what ground it is kept: erase: { keep: { ground: ... } }";
    }
    if (treatment instanceof Treatment.Redact redact
        && !redact.patterns().contains("identifiers")) {
      return "add identifiers to what is redacted there";
    }
    if (rule(column).category() == null) {
      return "rows of %s stay and nobody said what it holds; write tables: { %s: { columns: { %s: { category: ..., erase: ... } } } }"
          .formatted(where, where, column.column());
    }
    return "its row stays and %s leaves it; say what erasing makes of %s"
        .formatted(treatment == null ? "what is usual" : "erase: " + treatment.word(), name);
  }

  /** Where the canary may be, and on what ground. */
  Map<String, String> retained() {
    return retained;
  }

  /** What should not be. */
  List<String> faults() {
    return faults;
  }

  /**
   * What Lethe says itself that it could not do.
   *
   * @param found what {@link #faults} say already
   */
  static List<String> notDone(List<Settled> outcomes, List<String> found) {
    return outcomes.stream()
        .filter(o -> !o.outcome().settled())
        .filter(o -> found.stream().noneMatch(f -> f.startsWith(o.place() + ":")))
        .map(
            o ->
                "request: %s of %s is %s%s"
                    .formatted(
                        o.place(),
                        o.store(),
                        o.outcome().word(),
                        o.ground() == null ? "" : ", " + o.ground()))
        .toList();
  }
}
