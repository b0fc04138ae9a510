package org.lethe.server.checklist;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.checklist.Finding;
import org.lethe.schema.Catalog;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;

/**
 * A finding as the page shows it.
 *
 * @param table that it is about, for people; null where it is about no table
 */
public record FindingView(Finding finding, @Nullable String table) {

  static FindingView of(Finding finding, Catalog catalog) {
    return new FindingView(
        finding, table(finding.subject(), catalog).map(catalog::displayName).orElse(null));
  }

  /** The subject is a table, or a table and columns of it, or something else altogether. */
  private static Optional<TableId> table(String subject, Catalog catalog) {
    int bracket = subject.indexOf('(');
    List<String> parts;
    try {
      parts = Names.split(bracket < 0 ? subject : subject.substring(0, bracket));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return (parts.size() < 2
            ? Optional.<TableId>empty()
            : catalog.find(Names.join(parts.get(0), parts.get(1))))
        .or(() -> parts.isEmpty() ? Optional.empty() : catalog.find(Names.join(parts.get(0))));
  }

  /** Such as {@code error}. */
  public String severity() {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }

  /** Where in the policy; null where it says nothing of it yet. */
  public @Nullable String place() {
    Finding.Place place = finding.place();
    if (place == null) {
      return null;
    }
    return place.line() == 0 ? place.file() : "%s, line %d".formatted(place.file(), place.line());
  }
}
