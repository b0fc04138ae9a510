package org.lethe.checklist;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lethe.hash.Fingerprint;

/**
 * One thing to settle. Sorted by severity, place, code and subject.
 *
 * @param severity the code's own, kept apart so that a later rule may raise or lower it
 * @param subject the relation, table, column or part of the policy concerned
 * @param message what is the matter, for people; never data of a row
 * @param fix text to paste, SQL or policy lines; null where the message says it all
 * @param place where in the policy file; null where the finding is about the database
 */
public record Finding(
    Code code,
    Severity severity,
    String subject,
    String message,
    @Nullable String fix,
    @Nullable Place place)
    implements Comparable<Finding> {

  private static final int FINGERPRINT = 16;

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(f -> f.place == null ? Integer.MAX_VALUE : f.place.line())
          .thenComparing(f -> f.place == null ? Integer.MAX_VALUE : f.place.column())
          .thenComparing(Finding::code)
          .thenComparing(Finding::subject)
          .thenComparing(Finding::message)
          .thenComparing(f -> Objects.requireNonNullElse(f.fix, ""));

  /**
   * A place in a file.
   *
   * @param line 1-based; 0 where only the file is known
   * @param column 1-based; 0 where only the file is known
   */
  public record Place(String file, int line, int column) {}

  /** A finding about the database. */
  static Finding of(Code code, String subject, String message, @Nullable String fix) {
    return new Finding(code, code.severity(), subject, message, fix, null);
  }

  /** The same, at a place in the policy. */
  Finding at(@Nullable Place where) {
    return new Finding(code, severity, subject, message, fix, where);
  }

  /** The same, mattering more or less. */
  Finding as(Severity other) {
    return new Finding(code, other, subject, message, fix, place);
  }

  /** Whether a build should stop at it, unless somebody wants otherwise. */
  public boolean fails() {
    return fails(Severity.WARNING);
  }

  /**
   * Whether a build should stop at it.
   *
   * @param least what matters enough
   */
  public boolean fails(Severity least) {
    return severity.compareTo(least) <= 0;
  }

  /**
   * What this is about, whatever the message's words and the policy's lines are: 16 hexadecimal
   * digits of the code and the subject.
   */
  public String fingerprint() {
    return new Fingerprint().add(code.id()).add(subject).hex().substring(0, FINGERPRINT);
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
