package org.lethe.checklist;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.lethe.checklist.Sampler.Overlap;
import org.lethe.personal.People;
import org.lethe.policy.SubjectType;
import org.lethe.policy.YamlText;
import org.lethe.schema.Column;
import org.lethe.schema.RelationGraph;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;

/** Columns that hold what people of a subject are known by, in tables that nothing ties to them. */
final class SharedValues {

  private static final int FEWEST = 3;

  /** A strange value now and then is chance, or somebody's typing. */
  private static final double PART = 0.2;

  private SharedValues() {}

  static List<Finding> find(PeoplesData data) {
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new LinkedHashSet<>();
    for (SubjectType subject : data.rules().subjects().values()) {
      Table people = data.catalog().table(subject.table());
      List<Table> others = others(data, subject);
      for (Column known : known(people, subject)) {
        for (Overlap overlap : data.sampler().overlaps(people, known, others)) {
          boolean enough = overlap.found() >= FEWEST && overlap.found() >= PART * overlap.sampled();
          String column = data.catalog().displayName(overlap.table(), List.of(overlap.column()));
          if (enough && told.add(column)) {
            findings.add(finding(data, overlap, column, people, known));
          }
        }
      }
    }
    return findings;
  }

  /**
   * Tables in which a request of this subject would not look, and of which nothing else is said.
   */
  private static List<Table> others(PeoplesData data, SubjectType subject) {
    return data.tables().stream()
        .filter(t -> !data.reach().reaches(subject.name(), t.id()))
        .filter(t -> !related(data, t.id(), subject.table()))
        .toList();
  }

  /** Whoever declared a relation, even one that only mentions, has thought of it. */
  private static boolean related(PeoplesData data, TableId table, TableId people) {
    RelationGraph graph = data.decisions().graph();
    return Stream.concat(graph.outOf(table).stream(), graph.into(table).stream())
        .anyMatch(r -> r.parent().equals(people) || r.child().equals(people));
  }

  private static List<Column> known(Table people, SubjectType subject) {
    Set<String> names = new LinkedHashSet<>(subject.identifyBy());
    people.keys().stream()
        .filter(k -> k.columns().size() == 1)
        .forEach(k -> names.addAll(k.columns()));
    return names.stream().flatMap(c -> people.column(c).stream()).filter(People::isText).toList();
  }

  private static Finding finding(
      PeoplesData data, Overlap overlap, String column, Table people, Column known) {
    String to = data.catalog().displayName(people.id(), List.of(known.name()));
    return Finding.of(
            Code.SHARED_VALUES,
            column,
            "%d of %d sampled values are values of %s too, but nothing ties the two"
                .formatted(overlap.found(), overlap.sampled(), to),
            "links:\n  - { from: %s, to: %s, normalise: lower_trim, on_delete: cascade, owner: sole }"
                .formatted(YamlText.scalar(column), YamlText.scalar(to)))
        .at(data.place(data.catalog().table(overlap.table()), null));
  }
}
