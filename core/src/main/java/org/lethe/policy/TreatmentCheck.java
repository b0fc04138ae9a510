package org.lethe.policy;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Column;

/** Finds treatments that a column's type can never take. */
final class TreatmentCheck {

  private final Faults faults;
  private final Policy.Place place;
  private final String path;

  TreatmentCheck(Faults faults, Policy.Place place, String path) {
    this.faults = faults;
    this.place = place;
    this.path = path;
  }

  void check(Column column, Treatment treatment) {
    if (treatment instanceof Treatment.Keep || treatment instanceof Treatment.DeleteRow) {
      return;
    }
    if (column.generated()) {
      fault(
          "the database itself computes " + column.name(), "treat the columns it is computed from");
      return;
    }
    String wrong = wrong(column, treatment);
    if (wrong != null) {
      fault(
          "%s cannot be done to %s, which is of type %s%s"
              .formatted(
                  treatment.word(),
                  column.name(),
                  column.type(),
                  column.nullable() ? "" : " not null"),
          wrong);
    }
  }

  /** What to write instead; null where it can be done. */
  private @Nullable String wrong(Column column, Treatment treatment) {
    if (treatment instanceof Treatment.SetNull) {
      return column.nullable() ? null : "choose placeholder, { constant: ... } or { fake: ... }";
    }
    if (treatment instanceof Treatment.Constant constant) {
      return ValueCheck.fault(column, constant.value()).isEmpty()
          ? null
          : "write a value that the column can hold";
    }
    if (treatment instanceof Treatment.Fake fake) {
      return fits(column, fake.kind()) ? null : "choose what such a column can hold";
    }
    if (treatment instanceof Treatment.Generalise generalise) {
      return generalises(column, generalise.to()) ? null : "choose what such a column can hold";
    }
    if (treatment instanceof Treatment.Edits edits) {
      if (!column.type().startsWith("json") && column.kind() != Column.TypeKind.DOMAIN) {
        return "only JSON documents have paths";
      }
      edits.edits().forEach(this::edit);
      return null;
    }
    if (treatment instanceof Treatment.Redact redact) {
      redact.patterns().forEach(this::pattern);
    }
    return holdsText(column) ? null : "choose null or { constant: ... }";
  }

  private static boolean fits(Column column, Treatment.Fake.Kind kind) {
    return switch (kind) {
      case DATE -> AccountsLookup.holdsTimes(column) || holdsText(column);
      case UUID -> column.type().equals("uuid") || holdsText(column);
      case IP -> column.type().equals("inet") || holdsText(column);
      default -> holdsText(column);
    };
  }

  private static boolean generalises(Column column, Treatment.Generalise.To to) {
    if (to instanceof Treatment.Generalise.Calendar) {
      return AccountsLookup.holdsTimes(column);
    }
    if (to instanceof Treatment.Generalise.Network) {
      return column.type().equals("inet") || column.type().equals("cidr") || holdsText(column);
    }
    return column.type().matches("(smallint|integer|bigint|numeric|real|double).*")
        || column.kind() == Column.TypeKind.DOMAIN;
  }

  private static boolean holdsText(Column column) {
    return column.kind() == Column.TypeKind.DOMAIN
        || column.type().matches("(text|character|char|varchar|bpchar|.*citext).*");
  }

  private void edit(String jsonPath, Treatment treatment) {
    boolean simple =
        treatment instanceof Treatment.SetNull
            || treatment instanceof Treatment.Constant
            || treatment instanceof Treatment.Placeholder
            || treatment instanceof Treatment.Fake
            || treatment instanceof Treatment.Hash
            || treatment instanceof Treatment.Hmac
            || treatment instanceof Treatment.Mask
            || treatment instanceof Treatment.Redact;
    if (!simple) {
      fault(
          treatment.word() + " cannot be done inside a document, at " + jsonPath,
          "choose null, constant, placeholder, fake, hash, hmac, mask or redact");
    }
  }

  /**
   * The database's regular expressions are nearly Java's: what Java cannot read is likely wrong.
   */
  private void pattern(String pattern) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      fault("\"" + pattern + "\" is no regular expression: " + e.getDescription(), "mend it");
    }
  }

  private void fault(String message, String fix) {
    faults.add(place, path, message, fix);
  }
}
