package org.lethe.subject.export;

import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lethe.collect.PathStep;
import org.lethe.dialect.Dialect;
import org.lethe.execute.Transactions;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.subject.Holdings;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.core.JsonGenerator;

/**
 * Hands out everything known about people: what is theirs in this database, each person in one
 * snapshot of it, and in the places given as {@link Extra}. Streams: however much there is, little
 * of it is in memory at once. Thread-safe.
 */
public final class Exporter {

  private final Decisions decisions;
  private final Dialect dialect;
  private final Transactions primary;
  private final Transactions transactions;
  private final Clock clock;
  private final Changes changes;
  private final Owned owned;

  /**
   * @param primary of the database
   * @param transactions of the database to read from, which may be a standby; nothing is changed
   * @param transformations those of the application
   */
  public Exporter(
      Decisions decisions,
      Dialect dialect,
      Transactions primary,
      Transactions transactions,
      Clock clock,
      Transformations transformations) {
    this.decisions = decisions;
    this.dialect = dialect;
    this.primary = primary;
    this.transactions = transactions;
    this.clock = clock;
    this.changes = new Changes(transformations);
    this.owned = new Owned(decisions);
  }

  /**
   * Finds a person; see {@link People#find}.
   *
   * @throws org.lethe.error.InputException if nobody has it, or more than one
   */
  public Person find(SubjectType type, String given) {
    return transactions.look(jdbc -> new People(decisions, dialect, jdbc).find(type, given));
  }

  /**
   * Why a row is theirs: the path to it; empty if it is not.
   *
   * @param key values of the table's identity columns, as text
   */
  public List<PathStep> why(Person person, TableId table, List<String> key) {
    return primary.look(jdbc -> found(person, jdbc).theirs().why(table, key));
  }

  /** An archive, or a document, of one person. */
  public ExportReport export(
      Person person, List<Extra> extras, ExportOptions options, OutputStream out) {
    return export(List.of(person), extras, options, out);
  }

  /**
   * Exports people into one archive, or one document. Several get a folder each, named by their
   * place in the list, so that no name says who they are.
   *
   * @param out is not closed
   * @throws org.lethe.error.InputException if the policy asks for what cannot be done, or a person
   *     is not there any more; in the first case nothing was written
   * @throws java.io.UncheckedIOException if the output cannot be written
   */
  public ExportReport export(
      List<Person> people, List<Extra> extras, ExportOptions options, OutputStream out) {
    changes.check(decisions);
    LookUps.check(decisions);
    Instant created = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return options.format() == ExportFormat.JSON
        ? document(people, extras, options, created, out)
        : archive(people, extras, options, created, out);
  }

  private ExportReport archive(
      List<Person> people,
      List<Extra> extras,
      ExportOptions options,
      Instant created,
      OutputStream out) {
    Archive archive = new Archive(out, LocalDateTime.ofInstant(created, ZoneOffset.UTC));
    List<ExportReport.OfPerson> reports = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      Person person = people.get(i);
      String folder =
          people.size() == 1 ? "" : "%s-%04d".formatted(Words.slug(person.type().name()), i + 1);
      archive.into(folder);
      int done = i;
      reports.add(
          withSections(
              person,
              extras,
              options,
              folder,
              done,
              all -> new ArchiveOfPerson(archive, all, created, options).write()));
    }
    archive.into("");
    ExportReport report = new ExportReport(created, reports);
    archive.file("manifest.json", Json.laidOut(Manifest.of(report, archive, decisions, options)));
    archive.finish();
    return report;
  }

  private ExportReport document(
      List<Person> people,
      List<Extra> extras,
      ExportOptions options,
      Instant created,
      OutputStream out) {
    List<ExportReport.OfPerson> reports = new ArrayList<>();
    try (JsonGenerator json = Json.to(out)) {
      if (people.size() > 1) {
        json.writeStartArray();
      }
      for (int i = 0; i < people.size(); i++) {
        reports.add(
            withSections(
                people.get(i),
                extras,
                options,
                "",
                i,
                all -> new Document(decisions, created, options).write(json, all, false)));
      }
      if (people.size() > 1) {
        json.writeEndArray();
      }
      json.writeRaw('\n');
    }
    return new ExportReport(created, reports);
  }

  /** What is done with all that was found. */
  private interface Work {
    void with(Everything all);
  }

  private ExportReport.OfPerson withSections(
      Person person,
      List<Extra> extras,
      ExportOptions options,
      String folder,
      int done,
      Work work) {
    return transactions.look(
        jdbc -> {
          jdbc.query(dialect.fixTextForms(), rs -> {});
          try (Spool spool = new Spool()) {
            Everything all =
                new Everything(
                    decisions,
                    dialect,
                    jdbc,
                    changes,
                    new Redaction(owned, person.subject()),
                    options,
                    spool,
                    done);
            Found found = found(person, jdbc);
            List<Extra> beside = new ArrayList<>(List.of(found.trash()));
            beside.addAll(extras);
            all.collect(person, found.theirs(), beside);
            work.with(all);
            return all.report(folder);
          }
        });
  }

  /** What is theirs and alive, and what lies in the trash. */
  private record Found(Theirs theirs, TrashExtra trash) {}

  private Found found(Person person, JdbcOperations jdbc) {
    boolean standby =
        Boolean.TRUE.equals(jdbc.queryForObject(dialect.isReadOnlyCopy(), Boolean.class));
    if (person.label().isEmpty() && !isThere(person, jdbc)) {
      return new Found(Theirs.NOTHING, new TrashExtra(decisions, dialect, null, standby));
    }
    if (standby) {
      return new Found(
          new StandbyTheirs(decisions, dialect, jdbc, person),
          new TrashExtra(decisions, dialect, null, true));
    }
    Holdings holdings = Holdings.collect(decisions, dialect, jdbc, person.roots(), false);
    return new Found(
        Theirs.of(holdings, dialect), new TrashExtra(decisions, dialect, holdings, false));
  }

  /** Whether the row is not only in the trash; a row without a name may be there, too. */
  private boolean isThere(Person person, JdbcOperations jdbc) {
    Table table = decisions.catalog().table(person.type().table());
    String key =
        table.identity().stream()
            .map(c -> "c.%s::text = ?".formatted(dialect.quote(c)))
            .collect(Collectors.joining(" and "));
    String sql =
        "select exists (select 1 from %s as c where %s)".formatted(dialect.ownRows(table), key);
    return Boolean.TRUE.equals(jdbc.queryForObject(sql, Boolean.class, person.key().toArray()));
  }
}
