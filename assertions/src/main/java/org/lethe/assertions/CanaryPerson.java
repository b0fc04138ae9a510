package org.lethe.assertions;

import java.util.List;
import org.lethe.error.InputException;
import org.lethe.subject.Person;

/**
 * The made-up person, for whoever puts data of theirs into a store. Immutable.
 *
 * @param person as the policy knows them
 * @param token what is looked for when all is done; put it into whatever the store holds of a
 *     person. Lower-case letters, so that it fits everywhere
 */
public record CanaryPerson(Person person, String token) {

  /**
   * Their value of a column by which a store finds people, such as {@code customer_id}.
   *
   * @throws InputException if they are not known by it
   */
  public String value(String column) {
    List<String> values = person.subject().values(column);
    if (values.isEmpty()) {
      throw new InputException(
          "nobody is known by %s; a %s is known by %s"
              .formatted(
                  column,
                  person.type().name(),
                  String.join(", ", person.subject().identifiers().keySet())));
    }
    return values.get(0);
  }
}
