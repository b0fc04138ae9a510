package org.lethe.subject.export;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.TableId;
import org.springframework.jdbc.core.JdbcOperations;

/** A person's rows of one table, read from the database each time, never all at once. */
final class TableSection implements Section {

  /** How many rows are in memory at once; some have long texts in them. */
  private static final int FETCHED = 200;

  private static final String DOCUMENT = "to_jsonb(%s)::text";

  private final JdbcOperations jdbc;
  private final Dialect dialect;
  private final Decisions decisions;
  private final Theirs theirs;
  private final Part part;
  private final String name;
  private final String slug;
  private final List<Shown> columns;
  private final List<Reference> references;
  private final Redaction redaction;
  private final Changes changes;
  private final LookUps lookUps;
  private final @Nullable FlagColumns flag;

  TableSection(
      JdbcOperations jdbc,
      Dialect dialect,
      Decisions decisions,
      Theirs theirs,
      Part part,
      String slug,
      List<Shown> columns,
      Redaction redaction,
      Changes changes) {
    this.jdbc = jdbc;
    this.dialect = dialect;
    this.decisions = decisions;
    this.theirs = theirs;
    this.part = part;
    this.name = decisions.catalog().displayName(part.table().id());
    this.slug = slug;
    this.columns = columns;
    this.references =
        Reference.of(part.table(), decisions, dialect, theirs, redaction.owned()).stream()
            .filter(
                r ->
                    columns.stream()
                        .anyMatch(c -> r.relation().childColumns().contains(c.column().name())))
            .toList();
    this.redaction = redaction;
    this.changes = changes;
    this.lookUps = new LookUps(decisions, dialect, theirs, redaction.owned());
    this.flag = decisions.trash(part.table().id()).flag();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String slug() {
    return slug;
  }

  @Override
  public TableId table() {
    return part.table().id();
  }

  @Override
  public String heading() {
    return Words.heading(part.table().id().name());
  }

  @Override
  public @Nullable String note() {
    return part.table().comment();
  }

  @Override
  public long rows() {
    return part.rows();
  }

  @Override
  public long shared() {
    return part.shared();
  }

  @Override
  public LabelTemplate label() {
    return decisions.label(part.table().id());
  }

  @Override
  public List<Heading> columns() {
    return columns.stream()
        .map(
            s ->
                new Heading(
                    s.column().name(),
                    s.name(),
                    references.stream().anyMatch(r -> r.tellingColumn().equals(s.column().name())),
                    s.file()))
        .toList();
  }

  @Override
  public void forEach(Consumer<Row> row) {
    String sql = theirs.with() + sql();
    long[] number = new long[1];
    jdbc.query(
        connection -> {
          PreparedStatement statement = connection.prepareStatement(sql);
          statement.setFetchSize(FETCHED);
          return statement;
        },
        rs -> {
          row.accept(read(rs, ++number[0]));
        });
  }

  private String sql() {
    List<String> select = new ArrayList<>();
    select.add(part.isShared());
    select.add(flag == null ? "false" : "not (" + flag.isLive(own(flag.telling().name())) + ")");
    select.add(
        flag == null || flag.deletedAt() == null
            ? "null::text"
            : DOCUMENT.formatted(own(flag.deletedAt().name())));
    select.add("c.ctid::text");
    select.add("c.tableoid::bigint");
    for (Shown shown : columns) {
      String value = own(shown.column().name());
      if (shown.file()) {
        select.add("octet_length(" + value + ")");
        select.add("encode(substring(" + value + " from 1 for 16), 'hex')");
      } else {
        select.add(DOCUMENT.formatted(value));
        select.add(lookUps.sql(shown));
      }
    }
    references.forEach(r -> r.selected(dialect).forEach(select::add));
    String joins = references.stream().map(r -> " " + r.joins()).collect(Collectors.joining());
    return "select %s from %s%s order by %s"
        .formatted(String.join(", ", select), part.from(), joins, part.order("s"));
  }

  private String own(String column) {
    return "c." + dialect.quote(column);
  }

  private Row read(ResultSet rs, long number) throws SQLException {
    boolean shared = rs.getBoolean(1);
    String deleted = rs.getBoolean(2) ? deleted(rs.getString(3)) : null;
    List<Reference.Found> found = found(rs, 6 + 2 * columns.size());
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Shown shown = columns.get(i);
      int at = 6 + 2 * i;
      cells.add(
          shown.file()
              ? file(rs, at, shown, number, shared)
              : value(shown, rs.getString(at), rs.getString(at + 1), shared, found));
    }
    return new Row(number, shared, deleted, cells);
  }

  private static String deleted(@Nullable String at) {
    return at == null
        ? "in the trash"
        : "deleted on " + Show.time(Json.text(at)) + ", in the trash";
  }

  private List<Reference.Found> found(ResultSet rs, int from) throws SQLException {
    List<Reference.Found> all = new ArrayList<>();
    int at = from;
    for (Reference reference : references) {
      boolean there = rs.getBoolean(at++);
      long target = rs.getLong(at++);
      Map<String, String> values = new HashMap<>();
      for (String column : reference.labelled()) {
        @Nullable String value = rs.getString(at++);
        if (value != null) {
          values.put(column, Show.time(value));
        }
      }
      if (there) {
        boolean said = target > 0 || reference.labelForAll();
        String label = said ? reference.label().render(values::get) : "";
        all.add(new Reference.Found(reference, target, label.isEmpty() ? null : label));
      }
    }
    return all;
  }

  private Cell value(
      Shown shown,
      @Nullable String json,
      @Nullable String lookedUp,
      boolean shared,
      List<Reference.Found> found) {
    if (json == null) {
      return Cell.EMPTY;
    }
    Cell.Withheld withheld = redaction.withheld(shown, json, shared, found);
    if (withheld != null) {
      return withheld;
    }
    if (shown.rule().lookUp() != null && lookUps.withholds(shown) && lookedUp == null) {
      return new Cell.Withheld(null);
    }
    @Nullable String out = lookedUp == null ? json : lookedUp;
    out = shown.document() ? Secrets.without(out) : out;
    out = shown.changed() ? changes.apply(name, shown, out) : out;
    if (out == null) {
      return Cell.EMPTY;
    }
    for (Reference.Found one : found) {
      if (one.reference().tellingColumn().equals(shown.column().name())) {
        Cell.Target target =
            one.own() ? new Cell.Target(one.reference().target().id(), one.number()) : null;
        return new Cell.Reference(out, one.name(), target);
      }
    }
    return new Cell.Value(out);
  }

  private Cell file(ResultSet rs, int at, Shown shown, long number, boolean shared)
      throws SQLException {
    long bytes = rs.getLong(at);
    if (rs.wasNull()) {
      return Cell.EMPTY;
    }
    FileKind kind = FileKind.of(String.valueOf(rs.getString(at + 1)));
    if (shared && (kind.picture() || shown.aboutSomebody())) {
      return new Cell.Withheld("a picture may show somebody else");
    }
    String path =
        "files/%s-%d-%s.%s".formatted(slug, number, Words.slug(shown.name()), kind.extension());
    return new Cell.Attached(
        path,
        bytes,
        kind.picture(),
        new StoredBytes(
            jdbc,
            "select substring(c.%s from cast(? as int) for cast(? as int)) from %s as c where c.ctid = cast(? as tid) and c.tableoid = ?"
                .formatted(dialect.quote(shown.column().name()), dialect.ownRows(part.table())),
            String.valueOf(rs.getString(4)),
            rs.getLong(5),
            bytes));
  }
}
