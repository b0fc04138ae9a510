package org.lethe.server.records;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.collect.Roots;
import org.lethe.csv.CsvLines;
import org.lethe.policy.Decisions;
import org.lethe.schema.TableId;
import org.lethe.server.audit.Downloads;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.security.Me;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.util.MultiValueMap;

/** The rows of tables: lists of them, and which of them a list means. Thread-safe. */
@Service
public final class Records {

  /** Rows that come from the database at a time. */
  private static final int FETCHED = 1000;

  private final Decisions decisions;
  private final Reads reads;
  private final Downloads downloads;

  Records(Lethe lethe, Reads reads, Downloads downloads) {
    this.decisions = lethe.decisions();
    this.reads = reads;
    this.downloads = downloads;
  }

  /** What the address of a list asks for. */
  ListQuery query(TableId table, MultiValueMap<String, String> parameters) {
    TableView view = TableView.of(decisions, table);
    return ListQuery.of(view.path(), parameters, view.parameters(), view.sortable());
  }

  /**
   * The same, where a misspelt name must not widen what is asked for.
   *
   * @throws InputException if something else than rows is asked for
   */
  public ListQuery exactly(TableId table, MultiValueMap<String, String> parameters) {
    TableView view = TableView.of(decisions, table);
    ExactNames.check(view, parameters);
    return query(table, parameters);
  }

  /**
   * A page of rows.
   *
   * @throws TooSlowException if finding them takes too long
   */
  RecordList list(Me me, TableId table, ListQuery query) {
    me.require(Action.VIEW, table);
    TableView view = TableView.of(decisions, table);
    return reads.read(Reads.PAGE, jdbc -> list(me, view, query, jdbc));
  }

  /**
   * The same rows alone, as many as are wanted; kept in the audit, as files are.
   *
   * @throws TooSlowException if finding them takes too long
   */
  public Slice<RecordRow> page(Me me, TableId table, ListQuery query, int size) {
    me.require(Action.VIEW, table);
    TableView view = TableView.of(decisions, table);
    if (RecordLooks.personal(decisions, table)) {
      downloads.record(me, view.name(), "json", query.narrowed());
    }
    return reads.read(Reads.PAGE, jdbc -> page(me, view, query, size, jdbc).slice());
  }

  /** A page, and what was asked for. */
  private record Page(Slice<RecordRow> slice, RowCondition condition, boolean byKey) {}

  private Page page(Me me, TableView view, ListQuery query, int size, JdbcTemplate jdbc) {
    RowPages pages = new RowPages(reads.dialect(), jdbc, view, reader(view, RowReader.SHORT));
    Found found = found(view, query, pages, size);
    References references = new References(decisions, me, view.id());
    Slice<RecordRow> slice =
        Slice.of(found.rows(), size, row -> pages.place(row, query))
            .map(row -> row.with(references.linked(row.cells())));
    return new Page(slice, found.condition(), found.byKey());
  }

  /**
   * The counts that go with a list.
   *
   * @throws TooSlowException if counting takes too long
   */
  public RecordCounts counts(Me me, TableId table, ListQuery query) {
    me.require(Action.VIEW, table);
    TableView view = TableView.of(decisions, table);
    return reads.read(
        Reads.PAGE,
        jdbc ->
            RecordCounts.of(
                reads.dialect(), jdbc, view, query, page(me, view, query, 1, jdbc).condition()));
  }

  private RecordList list(Me me, TableView view, ListQuery query, JdbcTemplate jdbc) {
    Page found = page(me, view, query, Slice.SIZE, jdbc);
    long about = Estimates.of(jdbc, view.id());
    boolean small = about >= 0 && about <= RowFacets.COUNTED;
    boolean mayDelete = me.may(Action.DELETE, view.id()) || me.may(Action.PURGE, view.id());
    return new RecordList(
        view,
        query,
        found.slice(),
        new RowFacets(reads.dialect(), jdbc, view).of(query, small),
        about < 0 ? null : about,
        mayDelete
            ? RecordCounts.matching(reads.dialect(), jdbc, view, found.condition(), small)
            : null,
        narrowedBy(view, query),
        found.byKey(),
        mayDelete);
  }

  /** Rows, and whether the text was taken for their key. */
  private record Found(List<RecordRow> rows, RowCondition condition, boolean byKey) {}

  /** What is typed may be a key; only where no row has it is it looked for in texts. */
  private Found found(TableView view, ListQuery query, RowPages pages, int size) {
    Optional<RowCondition> key = RowCondition.of(view, query, reads.dialect()).asKey();
    if (key.isPresent()) {
      List<RecordRow> rows = pages.rows(key.get().bound(), query, size + 1);
      if (!rows.isEmpty()) {
        return new Found(rows, key.get(), true);
      }
    }
    RowCondition text = RowCondition.of(view, query, reads.dialect());
    return new Found(pages.rows(text.bound(), query, size + 1), text, false);
  }

  private static List<RecordList.NarrowedBy> narrowedBy(TableView view, ListQuery query) {
    List<RecordList.NarrowedBy> filters = new ArrayList<>();
    for (ShownColumn column : view.columns()) {
      String parameter = TableView.parameter(column.name());
      String value = query.filter(parameter);
      if (value != null && !column.isEnum() && !column.isBoolean()) {
        filters.add(new RecordList.NarrowedBy(column.name(), value, query.with(parameter, null)));
      }
    }
    return filters;
  }

  /** Writes the rows of a list as a file, however many there are, but for what is hidden. */
  void csv(Me me, TableId table, ListQuery query, OutputStream out) {
    me.require(Action.VIEW, table);
    TableView view = TableView.of(decisions, table);
    if (RecordLooks.personal(decisions, table)) {
      downloads.record(me, view.name(), "csv", query.narrowed());
    }
    RowReader reader = reader(view, Integer.MAX_VALUE - 1);
    CsvLines lines = new CsvLines(out);
    boolean unused =
        reads.read(
            Reads.FILE,
            jdbc -> {
              JdbcTemplate streaming =
                  new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
              streaming.setFetchSize(FETCHED);
              RowPages pages = new RowPages(reads.dialect(), streaming, view, reader);
              write(view, query, pages, lines);
              return true;
            });
  }

  private void write(TableView view, ListQuery query, RowPages pages, CsvLines lines) {
    try {
      lines.line(
          view.columns().stream()
              .filter(c -> !c.hidden())
              .map(c -> CsvLines.guarded(c.name()))
              .toList());
      ListQuery whole =
          new ListQuery(
              query.path(), query.text(), query.filters(), query.sort(), query.descending(), null);
      Optional<RowCondition> key =
          RowCondition.of(view, whole, reads.dialect())
              .asKey()
              .filter(k -> !pages.rows(k.bound(), whole, 1).isEmpty());
      RowCondition condition = key.orElseGet(() -> RowCondition.of(view, whole, reads.dialect()));
      pages.each(condition.bound(), whole, 0, row -> line(row, lines));
      lines.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void line(RecordRow row, CsvLines lines) {
    try {
      lines.line(row.cells().stream().filter(c -> !c.hidden()).map(Records::value).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Figures stay figures, also those below nothing. */
  private static String value(Cell cell) {
    String text = cell.text() == null ? "" : cell.text();
    return cell.column().number() ? text : CsvLines.guarded(text);
  }

  private RowReader reader(TableView view, int longest) {
    return new RowReader(reads.dialect(), view, decisions.trash(view.id()).flag(), longest);
  }

  /**
   * The rows that were chosen in a list: by their keys, or all that it would show.
   *
   * @param keys as addresses have them; none for all that match
   */
  public Roots roots(Me me, TableId table, List<String> keys, MultiValueMap<String, String> list) {
    me.require(Action.VIEW, table);
    if (!keys.isEmpty()) {
      return new Roots.Keys(table, keys.stream().distinct().map(RecordAddress::key).toList());
    }
    TableView view = TableView.of(decisions, table);
    ListQuery query = ListQuery.of(view.path(), list, view.parameters(), view.sortable());
    RowCondition text = RowCondition.of(view, query, reads.dialect());
    RowCondition meant =
        text.asKey()
            .filter(
                k ->
                    reads.read(
                        Reads.PAGE,
                        jdbc ->
                            !new RowPages(reads.dialect(), jdbc, view, reader(view, 1))
                                .rows(k.bound(), query, 1)
                                .isEmpty()))
            .orElse(text);
    return new Roots.Where(table, meant.predicate());
  }

  /** What of a list's address says which rows it shows, to be sent along again. */
  public Set<java.util.Map.Entry<String, String>> narrowing(
      TableId table, MultiValueMap<String, String> list) {
    TableView view = TableView.of(decisions, table);
    ListQuery query = ListQuery.of(view.path(), list, view.parameters(), Set.of());
    return new ListQuery(view.path(), query.text(), query.filters(), null, false, null)
        .parameters().entrySet().stream()
            .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }
}
