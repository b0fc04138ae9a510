package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lethe.personal.People;
import org.lethe.personal.People.Person;
import org.lethe.personal.PersonalData.Guess;
import org.lethe.policy.Category;
import org.lethe.policy.Policy;
import org.lethe.policy.SubjectType;
import org.lethe.policy.YamlText;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/** People and their data that no request would find. */
final class PeopleNotReached {

  private PeopleNotReached() {}

  static List<Finding> find(PeoplesData data) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : data.unreached()) {
      data.people().in(table.id()).ifPresent(p -> findings.add(likelySubject(data, p)));
    }
    if (data.rules().subjects().isEmpty()) {
      return findings;
    }
    for (Table table : data.unreached()) {
      // Said once for the whole table is enough.
      if (data.people().in(table.id()).isEmpty()) {
        table.columns().forEach(c -> column(data, table, c, findings));
      }
    }
    data.rules().subjects().values().forEach(s -> identifiers(data, s, findings));
    return findings;
  }

  private static Finding likelySubject(PeoplesData data, Person person) {
    String table = YamlText.scalar(data.catalog().displayName(person.table().id()));
    List<String> by = person.identifyBy().isEmpty() ? List.of("FILL_IN") : person.identifyBy();
    return Finding.of(
        Code.LIKELY_SUBJECT,
        data.catalog().displayName(person.table().id()),
        "seems to hold people, but no subject of the policy reaches it: what it knows of them is"
            + " neither exported nor erased",
        "subjects:\n  %s: { table: %s, identify_by: [%s] }"
            .formatted(
                YamlText.scalar(person.name()),
                table,
                String.join(", ", by.stream().map(YamlText::scalar).toList())));
  }

  private static void column(PeoplesData data, Table table, Column column, List<Finding> findings) {
    if (column.generated() || data.refers(table, column)) {
      return;
    }
    Category said = data.rule(table, column).category();
    Optional<Guess> guess = said == null ? data.guess(table, column) : Optional.empty();
    boolean secret = said == Category.SECRET || guess.filter(g -> !g.exportable()).isPresent();
    if (secret) {
      return;
    }
    if (guess.isPresent()) {
      findings.add(
          Finding.of(
                  Code.UNREACHED_PERSONAL_DATA,
                  data.name(table, column),
                  "seems to hold data of the category "
                      + guess.get().category()
                      + ", but no subject reaches this table: no request finds it",
                  link(data, table, column)
                      + "\n# or, if it says nothing about a person:\n"
                      + data.lines(table, column, "{ category: none }"))
              .at(data.place(table, column)));
    } else if (said != null && said.personal()) {
      findings.add(
          Finding.of(
                  Code.UNREACHED_CLASSIFIED,
                  data.name(table, column),
                  "holds data of the category "
                      + said.word()
                      + ", but no subject reaches this table: no request finds it",
                  link(data, table, column))
              .at(data.place(table, column)));
    }
  }

  /** A link to the first subject, by what people are known by. */
  private static String link(PeoplesData data, Table table, Column column) {
    SubjectType subject = data.rules().subjects().values().iterator().next();
    Table people = data.catalog().table(subject.table());
    boolean address = People.isEmail(column);
    String to =
        people.columns().stream()
            .filter(c -> address && People.isEmail(c))
            .map(Column::name)
            .findFirst()
            .orElseGet(() -> subject.identifyBy().get(0));
    String from =
        address ? data.name(table, column) : data.catalog().displayName(table.id()) + ".FILL_IN";
    return "links:\n  - { from: %s, to: %s,%s on_delete: cascade, owner: sole }"
        .formatted(
            YamlText.scalar(from),
            YamlText.scalar(data.catalog().displayName(subject.table(), List.of(to))),
            address ? " normalise: lower_trim," : "");
  }

  /** A request names a person by what people know of each other. */
  private static void identifiers(PeoplesData data, SubjectType subject, List<Finding> findings) {
    Table table = data.catalog().table(subject.table());
    boolean known =
        subject.identifyBy().stream()
            .flatMap(c -> table.column(c).stream())
            .anyMatch(c -> People.isText(c));
    if (!known) {
      Policy.SubjectEntry entry = data.entry(subject);
      findings.add(
          Finding.of(
                  Code.SUBJECT_WITHOUT_IDENTIFIERS,
                  "subjects." + subject.name(),
                  "people are found by numbers alone; after an erasure nobody can search for what"
                      + " else is known of them",
                  "subjects:\n  %s: { table: %s, identify_by: [FILL_IN, %s] }   # such as an e-mail"
                      .formatted(
                          YamlText.scalar(subject.name()),
                          YamlText.scalar(data.catalog().displayName(subject.table())),
                          String.join(
                              ", ", subject.identifyBy().stream().map(YamlText::scalar).toList())))
              .at(entry == null ? null : data.place(entry.place())));
    }
  }
}
