package org.lethe.subject.export;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was handed out; says nothing personal.
 *
 * @param created when, which is also the moment of the data but for what is outside the database
 * @param people one for each person, in the order asked for
 */
public record ExportReport(Instant created, List<OfPerson> people) {

  public ExportReport {
    people = List.copyOf(people);
  }

  /**
   * What one person was handed.
   *
   * @param subject which of the policy's subjects
   * @param folder in the archive; empty where it is all one person's
   * @param rows per table, as people call it
   * @param shared how many of these are others' too; those with any
   * @param elsewhere records per place outside the tables
   * @param files how many files beside the rows
   * @param leftOut why columns were left out, by {@code table.column}
   * @param unreachable what could not be asked
   */
  public record OfPerson(
      String subject,
      String folder,
      Map<String, Long> rows,
      Map<String, Long> shared,
      Map<String, Long> elsewhere,
      long files,
      Map<String, String> leftOut,
      List<Unreachable> unreachable) {
    public OfPerson {
      rows = ordered(rows);
      shared = ordered(shared);
      elsewhere = ordered(elsewhere);
      leftOut = ordered(leftOut);
      unreachable = List.copyOf(unreachable);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
      return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
  }

  /**
   * A place that could not be asked, or not to the end.
   *
   * @param why for people
   * @param records handed out before it failed
   */
  public record Unreachable(String name, String why, long records) {}

  /** Whether everything could be asked. */
  public boolean complete() {
    return people.stream().allMatch(p -> p.unreachable().isEmpty());
  }

  /** Rows of tables, over all people. */
  public long rows() {
    return people.stream()
        .flatMap(p -> p.rows().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
