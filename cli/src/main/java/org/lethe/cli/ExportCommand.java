package org.lethe.cli;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.LetheBuilder;
import org.lethe.collect.PathStep;
import org.lethe.error.InputException;
import org.lethe.policy.Policy;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import org.lethe.store.Stores;
import org.lethe.subject.People;
import org.lethe.subject.Person;
import org.lethe.subject.export.ExportFormat;
import org.lethe.subject.export.ExportOptions;
import org.lethe.subject.export.ExportReport;
import org.lethe.subject.export.Extra;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands out everything known about people. */
@Command(
    name = "export",
    description =
        "Hand out everything known about a person: pages to read, JSON, CSV, files. Changes"
            + " nothing. Exit 1 if a place could not be asked.",
    footer = {
      "  lethe export customer ada@example.org",
      "  lethe export customer customer_id=1 -o ada.zip",
      "  lethe export customer 1 --format json | jq .tables",
      "  lethe export customer 1 --portable        only what they provided (GDPR article 20)",
      "  lethe export customer 1 --why invoice 11",
      "  lethe export customer - -o all.zip < ids.txt",
      "  lethe export --record -o record.html      the record of processing (article 30)"
    })
final class ExportCommand implements Callable<Integer> {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final LetheCommand lethe;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SUBJECT",
      description = "what sort of person, as the policy names it under subjects")
  private @Nullable String subject;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "VALUE",
      description = "what identifies them, or COLUMN=VALUE; - reads one per line from stdin")
  private List<String> values = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "write it here, readable by you alone; - for stdout. Without it an archive gets"
              + " a name that says nothing personal, and JSON goes to stdout")
  private @Nullable Path output;

  @Option(names = "--force", description = "replace FILE if it exists")
  private boolean force;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private ExportFormat format = ExportFormat.ZIP;

  @Option(
      names = "--portable",
      description = "only what they provided, or what was seen of them (GDPR article 20)")
  private boolean portable;

  @Option(
      names = "--replica",
      paramLabel = "URL",
      description = "read from this copy of the database; else LETHE_REPLICA")
  private @Nullable String replica;

  @Option(
      names = "--why",
      arity = "2",
      paramLabel = "TABLE KEY",
      hideParamSyntax = true,
      description = "print only why this row is theirs")
  private @Nullable List<String> why;

  @Option(
      names = "--record",
      description = "write the record of processing activities (GDPR article 30) instead")
  private boolean record;

  ExportCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    check();
    if (output != null && !output.toString().equals("-")) {
      OutputFile.check(output, force);
    }
    Lethe opened = open();
    if (record) {
      return new RecordOutput(lethe.terminal(), opened.decisions()).write(output, force);
    }
    SubjectType type = People.type(opened.decisions(), String.valueOf(subject));
    List<Person> people = people(opened, type);
    return why == null ? export(opened, people) : explain(opened, people.get(0), why);
  }

  private void check() {
    if (record) {
      if (subject != null || why != null || portable) {
        throw new UsageException("--record is about nobody in particular: leave the rest out");
      }
      return;
    }
    if (subject == null || values.isEmpty()) {
      throw new UsageException(
          "whose data? Give a subject and what identifies the person, such as customer"
              + " ada@example.org");
    }
    if (values.size() > 1 && values.contains("-")) {
      throw new UsageException("give values or - (values from stdin), not both");
    }
    if (why != null && (values.size() > 1 || values.contains("-"))) {
      throw new UsageException("--why is about one person");
    }
  }

  private Lethe open() {
    DatabaseUrl url = lethe.databaseUrl();
    String copy = replica == null ? lethe.environment("LETHE_REPLICA") : replica;
    DatabaseUrl from = copy == null || copy.isBlank() ? null : lethe.databaseUrl(copy);
    Policy policy = Session.readPolicyOrNone(lethe);
    Database database = new Database(url, lethe.interruption());
    LetheBuilder builder = Lethe.builder(database).policy(policy);
    if (from != null) {
      builder.replica(new Database(from, lethe.interruption()));
    }
    return builder.build();
  }

  private List<Person> people(Lethe opened, SubjectType type) {
    List<String> given =
        values.equals(List.of("-")) ? lethe.terminal().readLines("values") : values;
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      try {
        people.add(opened.exporter().find(type, given.get(i)));
      } catch (InputException e) {
        // Which of many it is; the value itself may be personal.
        throw given.size() == 1
            ? e
            : new InputException("number %d: %s".formatted(i + 1, e.getMessage()), e);
      }
    }
    return people;
  }

  private int export(Lethe opened, List<Person> people) {
    Terminal terminal = lethe.terminal();
    AtomicReference<String> now = new AtomicReference<>("exporting");
    ExportOptions options =
        new ExportOptions(
            format,
            portable,
            (done, table) ->
                now.set(
                    people.size() == 1
                        ? "exporting " + table
                        : "exporting %d of %d".formatted(done + 1, people.size())));
    Path file = file();
    try (Stores stores = Stores.open(opened.decisions().data().stores(), lethe::environment)) {
      List<Extra> extras = Extra.of(stores.all());
      ExportReport report =
          new Progress(terminal)
              .during(now::get, () -> write(opened, people, extras, options, file));
      new ExportText(terminal).print(report, file);
      return report.complete() ? ExitCode.DONE : ExitCode.FINDINGS_OR_BLOCKED;
    }
  }

  private ExportReport write(
      Lethe opened,
      List<Person> people,
      List<Extra> extras,
      ExportOptions options,
      @Nullable Path file) {
    if (file == null) {
      OutputStream out = lethe.terminal().out();
      return opened.exporter().export(people, extras, options, out);
    }
    return OutputFile.writePrivately(
        file, force, out -> opened.exporter().export(people, extras, options, out));
  }

  /** Null for standard output. */
  private @Nullable Path file() {
    if (output != null) {
      return output.toString().equals("-") ? null : output;
    }
    return format == ExportFormat.JSON
        ? null
        : Path.of("export-%s-%s.zip".formatted(subject, STAMP.format(Instant.now())));
  }

  private int explain(Lethe opened, Person person, List<String> row) {
    Catalog catalog = opened.catalog();
    Terminal terminal = lethe.terminal();
    TableId table = TableArgument.find(row.get(0), catalog);
    List<String> key = KeyText.parse(row.get(1), table, catalog);
    List<PathStep> path = opened.exporter().why(person, table, key);
    String asked = catalog.displayName(table) + " " + KeyText.write(key);
    if (path.isEmpty()) {
      terminal.result(asked + " is not theirs");
      return ExitCode.FINDINGS_OR_BLOCKED;
    }
    terminal.result(asked + " is theirs because of");
    new PreviewText(catalog, terminal.paint(), terminal::result).printPath(path);
    return ExitCode.DONE;
  }
}
