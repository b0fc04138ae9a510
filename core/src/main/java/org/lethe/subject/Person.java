package org.lethe.subject;

import java.util.List;
import org.lethe.collect.Roots;
import org.lethe.policy.SubjectType;
import org.lethe.store.Subject;

/**
 * A person of this database.
 *
 * @param type which sort
 * @param key of their row
 * @param subject all that identifies them
 * @param label their row as the policy names it; empty where the row is only in the trash
 */
public record Person(SubjectType type, List<String> key, Subject subject, String label) {

  public Person {
    key = List.copyOf(key);
  }

  /** Where collecting starts. */
  public Roots roots() {
    return new Roots.Keys(type.table(), List.of(key));
  }

  /** Without what identifies them: this may reach a log. */
  @Override
  public String toString() {
    return subject.toString();
  }
}
