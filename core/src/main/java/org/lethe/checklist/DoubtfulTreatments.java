package org.lethe.checklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;
import org.lethe.schema.Key;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/** Treatments that fail when the second person is erased, or do less than they seem to. */
final class DoubtfulTreatments {

  private DoubtfulTreatments() {}

  static List<Finding> find(PeoplesData data) {
    List<Finding> findings = new ArrayList<>();
    for (Table table : data.catalog().tables().values()) {
      for (Column column : table.columns()) {
        Treatment treatment = data.rule(table, column).erase();
        if (treatment != null) {
          collides(data, table, column, treatment).ifPresent(findings::add);
          pseudonymises(data, table, column, treatment).ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  private static Optional<Finding> collides(
      PeoplesData data, Table table, Column column, Treatment treatment) {
    Severity severity = repeats(treatment);
    if (severity == null || table.keys().stream().noneMatch(k -> unique(data, table, column, k))) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
                Code.COLLIDING_TREATMENT,
                data.name(table, column),
                treatment.word()
                    + (severity == Severity.ERROR ? " writes" : " may write")
                    + " the same value for several people, but the column is unique",
                data.lines(
                    table, column, "{ erase: placeholder }   # or { fake: email }, or delete_row"))
            .as(severity)
            .at(data.place(table, column)));
  }

  /** How sure it is that two people get the same value; null where they do not. */
  private static @Nullable Severity repeats(Treatment treatment) {
    if (treatment instanceof Treatment.Constant) {
      return Severity.ERROR;
    }
    if (treatment instanceof Treatment.Placeholder placeholder) {
      return placeholder.text().contains("{id}") ? null : Severity.ERROR;
    }
    if (treatment instanceof Treatment.Fake fake) {
      return switch (fake.kind()) {
        case EMAIL, USERNAME, UUID -> null;
        case NAME, FIRST_NAME, LAST_NAME, PHONE, STREET, CITY, POSTCODE, COUNTRY ->
            Severity.WARNING;
        case COMPANY, IP, DATE, TEXT -> Severity.WARNING;
      };
    }
    boolean coarse =
        treatment instanceof Treatment.Mask
            || treatment instanceof Treatment.Generalise
            || treatment instanceof Treatment.Redact;
    return coarse ? Severity.WARNING : null;
  }

  /** Whether nothing else in the key keeps people apart: a reference to their own row would. */
  private static boolean unique(PeoplesData data, Table table, Column column, Key key) {
    return key.columns().contains(column.name())
        && data.decisions().graph().outOf(table.id()).stream()
            .filter(r -> data.reach().reaches(r.parent()))
            .map(Relation::childColumns)
            .noneMatch(
                columns -> !columns.contains(column.name()) && key.columns().containsAll(columns));
  }

  private static Optional<Finding> pseudonymises(
      PeoplesData data, Table table, Column column, Treatment treatment) {
    boolean keyed =
        treatment instanceof Treatment.Hmac
            || (treatment instanceof Treatment.Edits edits
                && edits.edits().values().stream().anyMatch(Treatment.Hmac.class::isInstance));
    return keyed
        ? Optional.of(
            Finding.of(
                    Code.PSEUDONYMISED_ONLY,
                    data.name(table, column),
                    "hmac pseudonymises: whoever has the key can recognise the person, so this"
                        + " counts as kept and not as erased",
                    data.lines(table, column, "{ erase: hash }"))
                .at(data.place(table, column)))
        : Optional.empty();
  }
}
