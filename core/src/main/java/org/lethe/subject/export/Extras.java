package org.lethe.subject.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.error.LetheException;
import org.lethe.policy.Decisions;
import org.lethe.schema.Table;
import org.lethe.schema.TableId;
import org.lethe.store.StoreException;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;

/** What a person has elsewhere, read once and written down, a section for each place. */
final class Extras {

  private static final int ATTEMPTS = 3;

  private final Decisions decisions;
  private final Redaction redaction;
  private final Changes changes;
  private final boolean portable;
  private final Spool spool;
  private final Set<String> slugs;
  private final List<SpooledSection> sections = new ArrayList<>();
  private final List<ExportReport.Unreachable> unreachable = new ArrayList<>();

  /**
   * @param slugs that are taken; grows
   */
  Extras(
      Decisions decisions,
      Redaction redaction,
      Changes changes,
      boolean portable,
      Spool spool,
      Set<String> slugs) {
    this.decisions = decisions;
    this.redaction = redaction;
    this.changes = changes;
    this.portable = portable;
    this.spool = spool;
    this.slugs = slugs;
  }

  List<SpooledSection> sections() {
    return sections;
  }

  List<ExportReport.Unreachable> unreachable() {
    return unreachable;
  }

  /** Reads one; again if it fails in a way that may pass. */
  void read(Extra extra, Person person, JdbcOperations snapshot) {
    for (int attempt = 1; ; attempt++) {
      Sink sink = new Sink(extra.name());
      try {
        extra.read(person, snapshot, sink);
        sink.finish();
        return;
      } catch (StoreException e) {
        if (e.passing() && attempt < ATTEMPTS && pause(attempt)) {
          continue;
        }
        // What was handed out until then is theirs all the same.
        long records = sink.finish();
        unreachable.add(
            new ExportReport.Unreachable(extra.name(), String.valueOf(e.getMessage()), records));
        return;
      }
    }
  }

  private static boolean pause(int attempt) {
    try {
      Thread.sleep(200L * attempt * attempt);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LetheException("interrupted; the export is not complete", e);
    }
  }

  /** What one of them hands out; kept only if {@link #finish} is called. */
  private final class Sink implements ExtraSink {

    private final String source;
    private final Map<String, SpooledSection> places = new LinkedHashMap<>();
    private int files;

    Sink(String source) {
      this.source = source;
    }

    /** Returns how many records there were. */
    long finish() {
      places.values().forEach(SpooledSection::close);
      sections.addAll(places.values());
      return places.values().stream().mapToLong(Section::rows).sum();
    }

    @Override
    public void record(String place, Map<String, ?> values) {
      Map<String, Cell> cells = new LinkedHashMap<>();
      Secrets.without(values)
          .forEach(
              (name, value) ->
                  cells.put(name, value == null ? Cell.EMPTY : new Cell.Value(Json.of(value))));
      section(place, place).add(cells, false, null);
    }

    @Override
    public void file(String place, String name, InputStream content) {
      try {
        byte[] start = content.readNBytes(16);
        var file = spool.newFile();
        long bytes =
            Spool.copy(new SequenceInputStream(new ByteArrayInputStream(start), content), file);
        FileKind kind = FileKind.of(HexFormat.of().formatHex(start));
        SpooledSection section = section(place, place);
        Map<String, Cell> cells = new LinkedHashMap<>();
        cells.put("name", new Cell.Value(Json.quote(name)));
        cells.put(
            "file",
            new Cell.Attached(
                "files/%s-%d.%s".formatted(section.slug(), ++files, kind.extension()),
                bytes,
                kind.picture(),
                new SpooledSection.Spooled(file)));
        section.add(cells, false, null);
      } catch (IOException e) {
        throw Spool.failure(e);
      }
    }

    @Override
    public void row(TableId id, Map<String, ?> values, boolean shared, @Nullable String note) {
      Table table = decisions.catalog().table(id);
      Map<String, Cell> cells = new LinkedHashMap<>();
      for (Shown shown : Shown.of(table, decisions.data(), portable).shown()) {
        Object value = values.get(shown.column().name());
        if (values.containsKey(shown.column().name())) {
          cells.put(
              shown.name(),
              value == null ? Cell.EMPTY : cell(table, shown, Json.of(value), shared));
        }
      }
      String name = decisions.catalog().displayName(id);
      if (!cells.isEmpty()) {
        section(name, Words.heading(id.name())).add(cells, shared, note);
      }
    }

    private Cell cell(Table table, Shown shown, String json, boolean shared) {
      if (redaction.withheldElsewhere(decisions, table, shown, json, shared)) {
        return new Cell.Withheld(null);
      }
      String out = shown.document() ? Secrets.without(json) : json;
      @Nullable String changed =
          shown.changed()
              ? changes.apply(decisions.catalog().displayName(table.id()), shown, out)
              : out;
      return changed == null ? Cell.EMPTY : new Cell.Value(changed);
    }

    private SpooledSection section(String place, String heading) {
      return places.computeIfAbsent(
          place,
          p -> {
            String slug = Words.slug(source + "-" + p);
            for (int n = 2; !slugs.add(slug); n++) {
              slug = Words.slug(source + "-" + p) + "-" + n;
            }
            return new SpooledSection(
                p, slug, Words.place(heading, source), "From " + source + ".", spool.newFile());
          });
    }
  }
}
