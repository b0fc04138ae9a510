package org.lethe.server.records;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.audit.Audit;
import org.lethe.audit.Entry;
import org.lethe.collect.GivenKeys;
import org.lethe.collect.Roots;
import org.lethe.hash.Fingerprint;
import org.lethe.policy.Decisions;
import org.lethe.policy.SubjectType;
import org.lethe.schema.Column;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Single rows; that somebody looked at one with personal data is kept in the audit. Thread-safe.
 */
@Service
public final class RecordLooks {

  private static final int ENTRIES = 20;

  private final Lethe lethe;
  private final Decisions decisions;
  private final Reads reads;
  private final Referrers referrers;
  private final Owners owners;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  RecordLooks(
      Lethe lethe,
      Reads reads,
      Referrers referrers,
      Owners owners,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Clock clock) {
    this.lethe = lethe;
    this.decisions = lethe.decisions();
    this.reads = reads;
    this.referrers = referrers;
    this.owners = owners;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A row with all that is to be said of it.
   *
   * @param counted whether what refers to it is counted, which may take a while
   * @throws NotFoundException if there is no such row
   */
  public RecordDetails details(Me me, TableId table, List<String> key, boolean counted) {
    me.require(Action.VIEW, table);
    TableView view = TableView.of(decisions, table);
    RecordRow row = row(view, key);
    List<Entry> history = lethe.audit(null, object(table, key), ENTRIES);
    if (personal(decisions, table)) {
      record(me, table, key);
    }
    return new RecordDetails(
        view,
        row.with(labelled(me, table, row.cells())),
        people(table),
        owners.of(me, table, key),
        history,
        counted ? referrers.of(me, table, key) : null,
        me.may(Action.DELETE, table) || me.may(Action.PURGE, table));
  }

  /** What refers to a row. */
  public List<Referrers.Referrer> referrers(Me me, TableId table, List<String> key) {
    me.require(Action.VIEW, table);
    referrers.check(table, key);
    return referrers.of(me, table, key);
  }

  private RecordRow row(TableView view, List<String> key) {
    if (!view.keyed() || view.key().size() != key.size()) {
      throw new NotFoundException("There is no row at this address.");
    }
    RowReader reader =
        new RowReader(reads.dialect(), view, decisions.trash(view.id()).flag(), RowReader.LONG);
    GivenKeys given =
        new GivenKeys(
            decisions.catalog(), reads.dialect(), new Roots.Keys(view.id(), List.of(key)));
    List<RecordRow> found =
        reads.read(
            Reads.PAGE,
            db ->
                db.query(
                    "select %s from %s as c where %s"
                        .formatted(
                            reader.columns(null),
                            reads.dialect().ownRows(view.table()),
                            given.matches("c")),
                    (rs, n) -> reader.read(rs),
                    given.arguments()));
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "There is no such row in %s: it was deleted, or never was there."
                        .formatted(view.name())));
  }

  private List<Cell> labelled(Me me, TableId table, List<Cell> cells) {
    References references = new References(decisions, me, table);
    Map<String, String> values = RowReader.whole(cells);
    List<Cell> labelled = new ArrayList<>();
    for (Cell cell : references.linked(cells)) {
      Optional<String> label =
          cell.href() == null
              ? Optional.empty()
              : references
                  .target(cell.column().name(), values)
                  .flatMap(t -> lethe.row(t.table(), t.key()))
                  .map(r -> r.label())
                  .filter(l -> !l.isEmpty());
      labelled.add(label.map(cell::labelled).orElse(cell));
    }
    return labelled;
  }

  private @Nullable String people(TableId table) {
    return decisions.data().subjects().values().stream()
        .filter(s -> s.table().equals(table))
        .map(SubjectType::name)
        .findFirst()
        .orElse(null);
  }

  /** Whether the policy says of a column of this table that it tells of a person. */
  static boolean personal(Decisions decisions, TableId table) {
    return decisions.data().table(table).columns().values().stream()
        .anyMatch(c -> c.category() != null && c.category().personal());
  }

  private void record(Me me, TableId table, List<String> key) {
    transactions.executeWithoutResult(
        status ->
            new Audit(jdbc)
                .append(
                    clock.instant(), me.by(null).actor(), "view", object(table, key), null, "{}"));
  }

  /**
   * How the audit names a row. A number or a UUID says nothing of anybody; of another key, which
   * may be a name or an address, only a fingerprint is kept.
   */
  String object(TableId table, List<String> key) {
    List<String> identity = decisions.catalog().table(table).identity();
    boolean plain =
        identity.stream()
            .map(c -> decisions.catalog().table(table).column(c))
            .flatMap(Optional::stream)
            .map(Column::type)
            .allMatch(t -> List.of("smallint", "integer", "bigint", "uuid").contains(t));
    String word = RecordAddress.key(key);
    return Names.join(table.schema(), table.name())
        + " "
        + (plain ? word : "#" + Fingerprint.of(word).substring(0, 16));
  }
}
