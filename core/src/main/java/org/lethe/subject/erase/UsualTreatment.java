package org.lethe.subject.erase;

import org.jspecify.annotations.Nullable;
import org.lethe.personal.People;
import org.lethe.policy.Category;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;

/** What becomes of a personal column of a row that stays, where the policy names no treatment. */
final class UsualTreatment {

  private UsualTreatment() {}

  /** Null where the column is not personal, or cannot say anything about anybody. */
  static @Nullable Treatment of(Column column, @Nullable Category category) {
    if (category == null || !category.personal() || column.generated()) {
      return null;
    }
    if (column.nullable()) {
      return new Treatment.SetNull();
    }
    String type = column.type();
    if (People.isEmail(column)) {
      return new Treatment.Fake(Treatment.Fake.Kind.EMAIL);
    }
    if (People.isText(column)) {
      return new Treatment.Placeholder(
          category == Category.CONTENT ? Treatment.Redact.USUAL : Treatment.Placeholder.USUAL);
    }
    if (type.equals("date") || type.startsWith("timestamp")) {
      return new Treatment.Generalise(Treatment.Generalise.Calendar.DECADE);
    }
    if (type.equals("boolean")) {
      return new Treatment.Constant("false");
    }
    if (type.startsWith("json")) {
      return new Treatment.Constant("{}");
    }
    if (column.kind() == Column.TypeKind.ARRAY) {
      return new Treatment.Constant("{}");
    }
    return switch (type) {
      case "inet", "cidr" -> new Treatment.Constant("0.0.0.0");
      case "bytea" -> new Treatment.Constant("");
      case "uuid" -> new Treatment.Fake(Treatment.Fake.Kind.UUID);
      default ->
          type.matches("(smallint|integer|bigint|numeric|real|double).*")
              ? new Treatment.Constant("0")
              : null;
    };
  }
}
