package org.lethe.checklist;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.checklist.People.Person;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/**
 * Suggests how a person's row is named: by first and last name, else by one name, and the e-mail
 * address.
 */
final class Labels {

  private Labels() {}

  /** Null where the table has no such columns, and the default must do. */
  static @Nullable String of(Person person) {
    Table table = person.table();
    Optional<String> first = named(table, "first", "given");
    Optional<String> last = named(table, "last", "family");
    Optional<String> name =
        first.isPresent() && last.isPresent()
            ? Optional.of("{" + first.get() + "} {" + last.get() + "}")
            : named(table, "full", "display", "user").map(n -> "{" + n + "}");
    Optional<String> email =
        table.columns().stream()
            .filter(People::isEmail)
            .map(Column::name)
            .filter(Labels::fits)
            .findFirst();
    return name.map(n -> n + email.map(e -> " <{" + e + "}>").orElse("")).orElse(null);
  }

  /** A template has no way to write a brace. */
  private static boolean fits(String name) {
    return name.indexOf('{') < 0 && name.indexOf('}') < 0;
  }

  private static Optional<String> named(Table table, String... words) {
    return table.columns().stream()
        .map(Column::name)
        .filter(Labels::fits)
        .filter(
            name -> {
              NameWords column = NameWords.of(name);
              return column.words().size() == 2
                  && column.last().equals("name")
                  && List.of(words).contains(column.words().get(0));
            })
        .findFirst();
  }
}
