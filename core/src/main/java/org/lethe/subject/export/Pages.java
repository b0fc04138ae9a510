package org.lethe.subject.export;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/** Which page a row is on: small tables are on the first page, large ones on pages of their own. */
final class Pages {

  /** Up to here a section is on the first page. */
  static final long INLINE = 30;

  /** Rows on a page of a section's own. */
  static final long PER_PAGE = 200;

  /** More rows than this are never on the first page, however many sections there are. */
  private static final long INLINE_IN_ALL = 400;

  static final String INDEX = "index.html";

  private final Map<TableId, Section> tables = new HashMap<>();
  private final Set<TableId> people;
  private final Map<String, Boolean> inline = new HashMap<>();

  Pages(List<? extends Section> sections, Collection<TableId> people) {
    this.people = Set.copyOf(people);
    long all = 0;
    for (Section section : sections) {
      boolean fits = section.rows() <= INLINE && all + section.rows() <= INLINE_IN_ALL;
      all += fits ? section.rows() : 0;
      inline.put(section.slug(), fits);
      TableId table = section.table();
      if (table != null) {
        tables.put(table, section);
      }
    }
  }

  /** Whether a row is the person, as any of the sorts of people that the policy knows. */
  boolean person(Cell.Target target) {
    return people.contains(target.table());
  }

  boolean inline(Section section) {
    return Boolean.TRUE.equals(inline.get(section.slug()));
  }

  long count(Section section) {
    return (section.rows() + PER_PAGE - 1) / PER_PAGE;
  }

  /** From the top of the export. */
  static String path(Section section, long page) {
    return "pages/%s-%d.html".formatted(section.slug(), page);
  }

  static String anchor(Section section, long number) {
    return section.slug() + "-" + number;
  }

  /**
   * Where a row is; null if its table is not handed out.
   *
   * @param up from the page that links to it to the top of the export: empty or {@code ../}
   */
  @Nullable String href(Cell.Target target, String up, String from) {
    Section section = tables.get(target.table());
    if (section == null) {
      return null;
    }
    String path = inline(section) ? INDEX : path(section, (target.number() - 1) / PER_PAGE + 1);
    String anchor = "#" + anchor(section, target.number());
    return path.equals(from) ? anchor : up + path + anchor;
  }
}
