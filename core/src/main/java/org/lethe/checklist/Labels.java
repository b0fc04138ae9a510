package org.lethe.checklist;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.People;
import org.lethe.personal.People.Person;
import org.lethe.policy.DefaultLabel;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.Column;

/** Suggests how a person's row is named: as any row is, and by the e-mail address. */
final class Labels {

  private Labels() {}

  /** Null where there is nothing to add to the e-mail address alone, and the default must do. */
  static @Nullable String of(Person person) {
    LabelTemplate byDefault = DefaultLabel.of(person.table());
    Optional<String> email =
        person.table().columns().stream()
            .filter(People::isEmail)
            .map(Column::name)
            .filter(Labels::fits)
            .findFirst();
    if (byDefault.columns().isEmpty() || email.filter(byDefault.columns()::contains).isPresent()) {
      return null;
    }
    return byDefault.text() + email.map(e -> " <{" + e + "}>").orElse("");
  }

  /** A template has no way to write a brace. */
  private static boolean fits(String name) {
    return name.indexOf('{') < 0 && name.indexOf('}') < 0;
  }
}
