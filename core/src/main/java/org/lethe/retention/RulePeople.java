package org.lethe.retention;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lethe.collect.Counts;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.TableId;
import org.lethe.store.Outcome;
import org.lethe.subject.Settled;
import org.lethe.subject.request.BatchReport;
import org.lethe.subject.request.MassErasure;
import org.lethe.trash.By;

/** The people whom one run of a rule erases; the run's id is what their requests have in common. */
final class RulePeople {

  private final MassErasure erasure;
  private final MassErasure.Order order;
  private final RuleAction action;
  private final RuleWork work;
  private final By by;
  private final Map<String, TableId> tables;

  RulePeople(
      Decisions decisions,
      MassErasure erasure,
      RuleAction action,
      RuleWork work,
      RuleLimits limits) {
    this.erasure = erasure;
    this.action = action;
    this.work = work;
    SubjectType type =
        decisions.data().subjects().values().stream()
            .filter(s -> s.table().equals(action.rule().table()))
            .findFirst()
            .orElseThrow();
    // Asked again in the transaction that erases: whoever came back meanwhile is left alone.
    Function<List<String>, String> still =
        key -> action.due().condition(List.of(new DueRows.Key(key)));
    this.order =
        new MassErasure.Order(action.run(), type, still, MassErasure.THREADS, limits.stop());
    this.by = new By(action.actor(), Pauses.rule(action.rule().name()));
    this.tables =
        decisions.catalog().tables().keySet().stream()
            .collect(Collectors.toMap(decisions.catalog()::displayName, id -> id, (a, b) -> a));
  }

  /**
   * Erases people.
   *
   * @return how many rows went or changed, over all tables
   */
  long act(List<DueRows.Key> keys) {
    Map<List<String>, DueRows.Key> byParts =
        keys.stream().collect(Collectors.toMap(DueRows.Key::parts, k -> k));
    long before = counts().touched();
    Map<DueRows.Key, String> refused = new LinkedHashMap<>();
    List<DueRows.Key> quietly = new ArrayList<>();
    List<List<String>> people = keys.stream().map(DueRows.Key::parts).toList();
    for (int from = 0; from < people.size(); from += MassErasure.CHUNK) {
      List<List<String>> chunk =
          people.subList(from, Math.min(people.size(), from + MassErasure.CHUNK));
      for (MassErasure.Refusal refusal : erasure.chunk(order, chunk, by)) {
        DueRows.Key key = byParts.get(refusal.key());
        if (key != null && refusal.harmless()) {
          quietly.add(key);
        } else if (key != null) {
          refused.put(key, refusal.why());
        }
      }
      if (!work.record(counts(), refused, quietly)) {
        break;
      }
      refused.clear();
      quietly.clear();
    }
    return counts().touched() - before;
  }

  private Counts counts() {
    BatchReport report = erasure.report(action.run());
    Map<TableId, Long> deleted = new LinkedHashMap<>();
    Map<String, Long> updated = new LinkedHashMap<>();
    for (Settled settled : report.places()) {
      TableId table = tables.get(settled.place());
      boolean here = settled.store().equals(Settled.DATABASE);
      if (here && settled.outcome() == Outcome.REMOVED && table != null) {
        deleted.merge(table, settled.items(), Long::sum);
      } else if (here && settled.outcome() == Outcome.ANONYMISED) {
        updated.merge(settled.place(), settled.items(), Long::sum);
      } else if (!here && settled.outcome().settled()) {
        updated.merge(settled.store() + ": " + settled.place(), settled.items(), Long::sum);
      }
    }
    return new Counts(deleted, updated);
  }
}
