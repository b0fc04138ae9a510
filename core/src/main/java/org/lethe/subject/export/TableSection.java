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
import org.lethe.dialect.TextRow;
import org.lethe.policy.Decisions;
import org.lethe.policy.FlagColumns;
import org.lethe.policy.LabelTemplate;
import org.lethe.schema.Column;
import org.lethe.schema.TableId;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** A person's rows of one table, read from the database each time, never all at once. */
final class TableSection implements Section {

  /** How many rows are in memory at once; some have long texts in them. */
  private static final int FETCHED = 200;

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
    Query query = new Query();
    String sql = theirs.with() + query.sql();
    long[] number = new long[1];
    Consumer<TextRow> read = texts -> row.accept(query.read(texts, ++number[0]));
    ConnectionCallback<Boolean> streamed = connection -> dialect.stream(connection, sql, read);
    if (!asksMeanwhile() && Boolean.TRUE.equals(jdbc.execute(streamed))) {
      return;
    }
    jdbc.query(
        connection -> {
          PreparedStatement statement = connection.prepareStatement(sql);
          statement.setFetchSize(FETCHED);
          return statement;
        },
        rs -> {
          read.accept(texts(rs));
        });
  }

  /** Whether something else may be asked over the connection before all rows are read. */
  private boolean asksMeanwhile() {
    return columns.stream().anyMatch(s -> s.file() || s.rule().with() != null);
  }

  private static TextRow texts(ResultSet rs) {
    return column -> {
      try {
        return rs.getString(column + 1);
      } catch (SQLException e) {
        throw new UncategorizedSQLException("reading a row", null, e);
      }
    };
  }

  private String own(String column) {
    return "c." + dialect.quote(column);
  }

  /** What is asked for, and where in the answer it is. */
  private final class Query {

    private static final int NOTHING = -1;

    private final List<String> select = new ArrayList<>();
    private final int shared = select("(" + part.isShared() + ")::text");
    private final int marked;
    private final int deletedAt;
    private final int tid;
    private final List<Place> places = new ArrayList<>();
    private final int found;

    /**
     * A column of the answer.
     *
     * @param more what its value stands for; of a file, how it begins
     */
    private record Place(int value, int more) {}

    Query() {
      Column deleted = flag == null ? null : flag.deletedAt();
      marked =
          flag == null
              ? NOTHING
              : select("(not (" + flag.isLive(own(flag.telling().name())) + "))::text");
      deletedAt = deleted == null ? NOTHING : select(dialect.asJson(own(deleted.name()), deleted));
      tid = columns.stream().anyMatch(Shown::file) ? select("c.ctid::text") : NOTHING;
      if (tid != NOTHING) {
        select("c.tableoid::bigint::text");
      }
      columns.forEach(shown -> places.add(place(shown)));
      found = select.size();
      references.forEach(r -> r.selected().forEach(this::select));
    }

    private int select(String value) {
      select.add(value);
      return select.size() - 1;
    }

    private Place place(Shown shown) {
      String value = own(shown.column().name());
      if (shown.file()) {
        return new Place(
            select("octet_length(" + value + ")::text"),
            select("encode(substring(" + value + " from 1 for 16), 'hex')"));
      }
      return new Place(
          select(dialect.asJson(value, shown.column())),
          shown.rule().lookUp() == null ? NOTHING : select(lookUps.sql(shown)));
    }

    String sql() {
      String joins = references.stream().map(r -> " " + r.joins()).collect(Collectors.joining());
      return "select %s from %s%s order by %s"
          .formatted(String.join(", ", select), part.from(), joins, part.order("s"));
    }

    Row read(TextRow row, long number) {
      boolean isShared = is(row, shared);
      String deleted = marked != NOTHING && is(row, marked) ? deleted(text(row, deletedAt)) : null;
      List<Reference.Found> all = found(row);
      List<Cell> cells = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        Shown shown = columns.get(i);
        Place place = places.get(i);
        @Nullable String value = row.text(place.value());
        @Nullable String more = text(row, place.more());
        cells.add(
            shown.file()
                ? file(row, value, more, shown, number, isShared)
                : value(shown, value, more, isShared, all));
      }
      return new Row(number, isShared, deleted, cells);
    }

    private static @Nullable String text(TextRow row, int at) {
      return at == NOTHING ? null : row.text(at);
    }

    private static boolean is(TextRow row, int at) {
      return "true".equals(row.text(at));
    }

    private List<Reference.Found> found(TextRow row) {
      List<Reference.Found> all = new ArrayList<>();
      int at = found;
      for (Reference reference : references) {
        boolean there = is(row, at++);
        @Nullable String target = row.text(at++);
        Map<String, String> values = new HashMap<>();
        for (String column : reference.labelled()) {
          @Nullable String value = row.text(at++);
          if (value != null) {
            values.put(column, Show.time(value));
          }
        }
        if (there) {
          long theirs = target == null ? 0 : Long.parseLong(target);
          boolean said = theirs > 0 || reference.labelForAll();
          String label = said ? reference.label().render(values::get) : "";
          all.add(new Reference.Found(reference, theirs, label.isEmpty() ? null : label));
        }
      }
      return all;
    }

    private Cell file(
        TextRow row,
        @Nullable String length,
        @Nullable String beginning,
        Shown shown,
        long number,
        boolean isShared) {
      if (length == null) {
        return Cell.EMPTY;
      }
      FileKind kind = FileKind.of(String.valueOf(beginning));
      if (isShared && (kind.picture() || shown.aboutSomebody())) {
        return new Cell.Withheld("a picture may show somebody else");
      }
      long bytes = Long.parseLong(length);
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
              String.valueOf(row.text(tid)),
              Long.parseLong(String.valueOf(row.text(tid + 1))),
              bytes));
    }
  }

  private static String deleted(@Nullable String at) {
    return at == null
        ? "in the trash"
        : "deleted on " + Show.time(Json.text(at)) + ", in the trash";
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
}
