package org.lethe.subject.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;

/** All that is handed out to one person, found but not yet written; while their snapshot lasts. */
final class Everything {

  private final Decisions decisions;
  private final Dialect dialect;
  private final JdbcOperations jdbc;
  private final Changes changes;
  private final Redaction redaction;
  private final ExportOptions options;
  private final Spool spool;
  private final int done;
  private final List<Section> tables = new ArrayList<>();
  private final List<Section> elsewhere = new ArrayList<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final List<ExportReport.Unreachable> unreachable = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private @Nullable Person person;
  private long files;

  /**
   * @param done how many people came before
   */
  Everything(
      Decisions decisions,
      Dialect dialect,
      JdbcOperations jdbc,
      Changes changes,
      Redaction redaction,
      ExportOptions options,
      Spool spool,
      int done) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.jdbc = jdbc;
    this.changes = changes;
    this.redaction = redaction;
    this.options = options;
    this.spool = spool;
    this.done = done;
  }

  void collect(Person who, Theirs theirs, List<Extra> extras) {
    person = who;
    Set<String> slugs = new LinkedHashSet<>(List.of("index"));
    for (Part part : theirs.parts()) {
      String name = decisions.catalog().displayName(part.table().id());
      Shown.Columns columns = Shown.of(part.table(), decisions.data(), options.portable());
      columns.leftOut().forEach((column, why) -> leftOut.put(name + "." + column, why));
      if (!columns.shown().isEmpty()) {
        tables.add(
            new TableSection(
                jdbc,
                dialect,
                decisions,
                theirs,
                part,
                slug(name, slugs),
                columns.shown(),
                redaction,
                changes));
      }
    }
    Extras read = new Extras(decisions, redaction, changes, options.portable(), spool, slugs);
    for (Extra extra : extras) {
      if (options.portable() && !extra.ofDatabase()) {
        // Nobody says where what is in a store came from.
        skipped.add(extra.name());
        continue;
      }
      options.progress().accept(done, extra.name());
      read.read(extra, who, jdbc);
    }
    elsewhere.addAll(read.sections());
    unreachable.addAll(read.unreachable());
  }

  private static String slug(String name, Set<String> taken) {
    String slug = Words.slug(name);
    for (int n = 2; !taken.add(slug); n++) {
      slug = Words.slug(name) + "-" + n;
    }
    return slug;
  }

  Person person() {
    return Objects.requireNonNull(person);
  }

  Decisions decisions() {
    return decisions;
  }

  List<Section> tables() {
    return tables;
  }

  List<Section> elsewhere() {
    return elsewhere;
  }

  /** Tables first, then places. */
  List<Section> sections() {
    List<Section> all = new ArrayList<>(tables);
    all.addAll(elsewhere);
    return all;
  }

  List<ExportReport.Unreachable> unreachable() {
    return unreachable;
  }

  /** Places that were not asked, since nobody says whether what they have is portable. */
  List<String> skipped() {
    return skipped;
  }

  void wrote(Section section) {
    options.progress().accept(done, section.name());
  }

  void wroteFile() {
    files++;
  }

  ExportReport.OfPerson report(String folder) {
    Map<String, Long> rows = new LinkedHashMap<>();
    Map<String, Long> shared = new LinkedHashMap<>();
    Map<String, Long> places = new LinkedHashMap<>();
    for (Section section : tables) {
      rows.put(section.name(), section.rows());
      if (section.shared() > 0) {
        shared.put(section.name(), section.shared());
      }
    }
    elsewhere.forEach(s -> places.merge(s.name(), s.rows(), Long::sum));
    return new ExportReport.OfPerson(
        person().type().name(), folder, rows, shared, places, files, leftOut, unreachable);
  }
}
