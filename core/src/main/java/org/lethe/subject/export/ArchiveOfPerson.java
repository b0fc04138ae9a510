package org.lethe.subject.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lethe.policy.SubjectType;
import tools.jackson.core.JsonGenerator;

/** Writes one person's files into an archive. */
final class ArchiveOfPerson {

  private final Archive archive;
  private final Everything all;
  private final Instant created;
  private final ExportOptions options;

  ArchiveOfPerson(Archive archive, Everything all, Instant created, ExportOptions options) {
    this.archive = archive;
    this.all = all;
    this.created = created;
    this.options = options;
  }

  void write() {
    if (options.format() == ExportFormat.ZIP) {
      pages();
      archive.file(
          "data.json",
          out -> {
            try (JsonGenerator json = Json.to(out)) {
              new Document(all.decisions(), created, options).write(json, all, true);
              json.writeRaw('\n');
            }
          });
    }
    for (Section section : all.sections()) {
      all.wrote(section);
      archive.file("csv/" + section.slug() + ".csv", out -> CsvPart.write(out, section));
    }
    all.sections().forEach(this::files);
  }

  private void pages() {
    List<Section> sections = all.sections();
    Pages pages =
        new Pages(
            sections,
            all.decisions().data().subjects().values().stream()
                .map(SubjectType::table)
                .distinct()
                .toList());
    String footer = "Made on " + Show.time(created.toString()) + " by Lethe.";
    IndexPage index = new IndexPage(pages, footer);
    String label = all.person().label();
    String title = label.isEmpty() ? Words.heading(all.person().type().name()) : label;
    long rows = sections.stream().mapToLong(Section::rows).sum();
    String made =
        "%s in %s, as of %s."
            .formatted(
                Words.count(rows, "entry").replace("entrys", "entries"),
                Words.count(sections.size(), "place"),
                Show.time(created.toString()));
    archive.file(
        Pages.INDEX,
        out -> index.write(new Html(out), title, made, sections, notes(), options.portable()));
    Told told = new Told(new Facts(all.decisions()), all.person().type());
    archive.file("information.html", out -> told.html(new Html(out), footer));
    archive.file("information.json", Json.laidOut(told.json()));
    for (Section section : sections) {
      if (!pages.inline(section)) {
        all.wrote(section);
        new PageWriter(archive, pages, index, section, footer).write();
      }
    }
  }

  /** What must not be missing without a word. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (ExportReport.Unreachable place : all.unreachable()) {
      notes.add(
          place.records() == 0
              ? "%s could not be asked: what it holds is missing here.".formatted(place.name())
              : "%s stopped answering half-way: some of what it holds is missing here."
                  .formatted(place.name()));
    }
    for (String name : all.skipped()) {
      notes.add("%s is not part of this: only what you provided is.".formatted(name));
    }
    return notes;
  }

  private void files(Section section) {
    List<Section.Heading> columns = section.columns();
    if (columns.stream().noneMatch(Section.Heading::file)) {
      return;
    }
    section.forEach(
        row -> {
          for (Cell cell : row.cells()) {
            if (cell instanceof Cell.Attached file) {
              archive.file(file.path(), file.content()::writeTo);
              all.wroteFile();
            }
          }
        });
  }
}
