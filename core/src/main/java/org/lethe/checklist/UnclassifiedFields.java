package org.lethe.checklist;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lethe.checklist.Sampler.Field;
import org.lethe.personal.PersonalData;
import org.lethe.personal.PersonalData.Guess;
import org.lethe.personal.ValueShape;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.Treatment;
import org.lethe.policy.YamlText;
import org.lethe.schema.Column;
import org.lethe.schema.Link;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/** Fields in documents of people's rows that seem personal, and of which nobody said anything. */
final class UnclassifiedFields {

  private UnclassifiedFields() {}

  static List<Finding> find(PeoplesData data) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : data.reached()) {
      for (Field field : data.sampler().fields(table)) {
        Column column = table.column(field.column()).orElseThrow();
        Optional<Guess> guess = guess(field);
        if (guess.isPresent() && !covered(data, table, column, field)) {
          findings.add(finding(data, table, column, field, guess.get()));
        }
      }
    }
    return findings;
  }

  /** By its name, else, for e-mail addresses and the like, by its values. */
  private static Optional<Guess> guess(Field field) {
    // A number is no telephone number unless it is called one.
    ValueShape shape =
        field.shape() == ValueShape.PHONE || field.shape() == ValueShape.NUMBER
            ? ValueShape.UNKNOWN
            : field.shape();
    return PersonalData.guessField(field.name(), shape).filter(g -> g.doubt() == null);
  }

  private static boolean covered(PeoplesData data, Table table, Column column, Field field) {
    if (linked(data, table, column).contains(field.path())) {
      return true;
    }
    ColumnRule rule = data.rule(table, column);
    if (rule.erase() instanceof Treatment.Edits edits) {
      return edits.edits().keySet().stream().anyMatch(path -> within(field.path(), path));
    }
    return rule.erase() != null || (rule.category() != null && rule.category().personal());
  }

  private static Set<String> linked(PeoplesData data, Table table, Column column) {
    Set<String> paths = new HashSet<>();
    for (Relation relation : data.decisions().graph().outOf(table.id())) {
      if (relation instanceof Link link
          && link.jsonPath() != null
          && link.childColumns().contains(column.name())) {
        paths.add(link.jsonPath());
      }
    }
    return paths;
  }

  /** Whether an edit at {@code edited} takes what is at {@code path} with it. */
  private static boolean within(String path, String edited) {
    return path.equals(edited) || path.startsWith(edited + ".") || path.startsWith(edited + "[");
  }

  private static Finding finding(
      PeoplesData data, Table table, Column column, Field field, Guess guess) {
    boolean asKey = field.path().contains(".*");
    String said =
        asKey
            ? "{ category: " + guess.category() + ", erase: null }   # keys that are values"
            : "{ erase: { path: { " + YamlText.quoted(field.path()) + ": null } } }";
    return Finding.of(
            Code.UNCLASSIFIED_JSON_FIELD,
            data.name(table, column) + " " + field.path(),
            "documents of people's rows have a field that seems to hold data of the category "
                + guess.category()
                + ", and nobody said what becomes of it",
            data.lines(table, column, said))
        .at(data.place(table, column));
  }
}
