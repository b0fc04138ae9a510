package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lethe.personal.PersonalData;
import org.lethe.personal.PersonalData.Guess;
import org.lethe.personal.Room;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.YamlText;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/**
 * Columns of people's rows that nobody classified. What cannot tell anything about a person needs
 * no word: truth values, enumerations, generated columns, foreign keys (they hold what their target
 * holds) and numbers that name the row.
 */
final class UnclassifiedColumns {

  private UnclassifiedColumns() {}

  static List<Finding> find(PeoplesData data) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : data.reached()) {
      List<Column> numbers = new ArrayList<>();
      for (Column column : table.columns()) {
        if (data.rule(table, column).category() == null && !data.refers(table, column)) {
          column(data, table, column, findings, numbers);
        }
      }
      if (!numbers.isEmpty()) {
        findings.add(numbers(data, table, numbers));
      }
    }
    secrets(data, findings);
    return findings;
  }

  private static void column(
      PeoplesData data, Table table, Column column, List<Finding> findings, List<Column> numbers) {
    Room room = Room.of(column);
    if (room == Room.NONE) {
      return;
    }
    Optional<Guess> guess = data.guess(table, column);
    if (room == Room.ANYTHING || guess.isPresent()) {
      findings.add(finding(data, table, column, guess.or(() -> Suggestion.content(column))));
    } else if (!table.identity().contains(column.name())) {
      numbers.add(column);
    }
  }

  private static Finding finding(
      PeoplesData data, Table table, Column column, Optional<Guess> guess) {
    String seems =
        guess
            .map(g -> "; it seems to hold data of the category " + g.category())
            .orElse("; it could hold anything");
    String fix =
        guess
            .map(g -> data.lines(table, column, Suggestion.of(table, column, g)))
            .orElseGet(
                () ->
                    data.lines(
                        table,
                        column,
                        "{ category: none }   # or what it holds of people: contact, content ..."));
    return Finding.of(
            Code.UNCLASSIFIED_COLUMN,
            data.name(table, column),
            "rows of "
                + data.catalog().displayName(table.id())
                + " belong to people, and nobody said what this column holds"
                + seems,
            fix)
        .at(data.place(table, column));
  }

  private static Finding numbers(PeoplesData data, Table table, List<Column> numbers) {
    String columns =
        numbers.stream()
            .map(c -> "      " + YamlText.scalar(c.name()) + ": { category: none }")
            .collect(Collectors.joining("\n"));
    return Finding.of(
            Code.UNCLASSIFIED_NUMBERS,
            data.catalog()
                .displayName(table.id(), numbers.stream().map(Column::name).sorted().toList()),
            "rows of "
                + data.catalog().displayName(table.id())
                + " belong to people, and nobody said whether these say something about them",
            "tables:\n  %s:\n    columns:   # or behaviour, financial ...\n%s"
                .formatted(YamlText.scalar(data.catalog().displayName(table.id())), columns))
        .at(data.place(table, null));
  }

  /** Where a request looks, an unclassified column is told already. */
  private static void secrets(PeoplesData data, List<Finding> findings) {
    for (Table table : data.unreached()) {
      for (Column column : table.columns()) {
        ColumnRule rule = data.rule(table, column);
        if (rule.category() == null && rule.export() == null && PersonalData.isSecret(column)) {
          findings.add(
              Finding.of(
                      Code.UNCLASSIFIED_SECRET,
                      data.name(table, column),
                      "seems to hold a secret, and nobody said so; no export hands it out anyway",
                      data.lines(table, column, "{ category: secret, export: never }"))
                  .at(data.place(table, column)));
        }
      }
    }
  }
}
