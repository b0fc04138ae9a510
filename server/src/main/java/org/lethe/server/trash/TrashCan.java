package org.lethe.server.trash;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.error.InputException;
import org.lethe.policy.SecondPerson;
import org.lethe.schema.TableId;
import org.lethe.server.approval.Approvals;
import org.lethe.server.list.Facet;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.page.Names;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.page.TypedName;
import org.lethe.server.records.RecordTables;
import org.lethe.server.records.RecordWords;
import org.lethe.server.security.Me;
import org.lethe.trash.Conflict;
import org.lethe.trash.Deletion;
import org.lethe.trash.DeletionQuery;
import org.lethe.trash.DeletionTally;
import org.lethe.trash.Hold;
import org.lethe.trash.RestoreReport;
import org.springframework.stereotype.Service;

/**
 * The trash, as far as somebody may see and touch it: what a deletion was called, and why it was
 * made, only where they may see the table it started from. Thread-safe.
 */
@Service
public final class TrashCan {

  private static final int ENTRIES = 30;

  private final Lethe lethe;
  private final RecordTables tables;
  private final Names names;
  private final Clock clock;
  private final Approvals approvals;

  TrashCan(Lethe lethe, RecordTables tables, Names names, Clock clock, Approvals approvals) {
    this.approvals = approvals;
    this.lethe = lethe;
    this.tables = tables;
    this.names = names;
    this.clock = clock;
  }

  /** A page of deletions, and ways to narrow it. */
  public record Listing(Slice<TrashRow> slice, List<Facet> facets) {}

  public Listing list(Me me, ListQuery query) {
    Slice<TrashRow> page = page(me, query, Slice.SIZE);
    DeletionTally tally = tally(me, query);
    names.know(
        Stream.concat(tally.actors().keySet().stream(), page.rows().stream().map(TrashRow::actor)));
    return new Listing(page, facets(query, tally));
  }

  /** A page of deletions alone, as many as are wanted. */
  public Slice<TrashRow> page(Me me, ListQuery query, int size) {
    List<Deletion> page = lethe.trash().page(wanted(me, query), place(query.after()), size + 1);
    Map<UUID, List<Hold>> holds = holds();
    return Slice.of(page, size, TrashCan::place)
        .map(d -> row(me, d, holds.getOrDefault(d.id(), List.of())));
  }

  /** How many there are of each kind. */
  public DeletionTally tally(Me me, ListQuery query) {
    return lethe.trash().tally(wanted(me, query));
  }

  private DeletionQuery wanted(Me me, ListQuery query) {
    me.require(Action.VIEW);
    return new DeletionQuery(
        state(query.filter("state")),
        query.filter("actor"),
        query.filter("table"),
        query.text(),
        readable(me));
  }

  private Map<UUID, List<Hold>> holds() {
    return lethe.trash().holds().stream()
        .collect(java.util.stream.Collectors.groupingBy(Hold::deletion));
  }

  private static Deletion.@Nullable State state(@Nullable String word) {
    for (Deletion.State state : Deletion.State.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(word)) {
        return state;
      }
    }
    return null;
  }

  /** Null for all, also those of tables that are no more. */
  private @Nullable List<String> readable(Me me) {
    return me.rights().superuser() ? null : tables.visible(me).stream().map(tables::name).toList();
  }

  private static String place(Deletion deletion) {
    Instant at = deletion.deletedAt();
    return "%d.%d.%s".formatted(at.getEpochSecond(), at.getNano(), deletion.id());
  }

  private static DeletionQuery.@Nullable Place place(@Nullable String word) {
    if (word == null) {
      return null;
    }
    String[] parts = word.split("\\.", 3);
    try {
      return new DeletionQuery.Place(
          Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1])),
          UUID.fromString(parts[2]));
    } catch (RuntimeException e) {
      throw new InputException("This page of the list does not exist. Go to its first page.", e);
    }
  }

  private List<Facet> facets(ListQuery query, DeletionTally tally) {
    List<Facet.Value> states = new ArrayList<>();
    for (Deletion.State state : Deletion.State.values()) {
      Long count = tally.states().getOrDefault(state, 0L);
      states.add(
          new Facet.Value(
              state.name().toLowerCase(Locale.ROOT),
              TrashWords.state(state),
              tally.whole() ? count : null));
    }
    return List.of(
        Facet.of(query, "state", "State", states),
        Facet.of(query, "actor", "Deleted by", values(tally.actors(), names::of, tally.whole())),
        Facet.of(
            query, "table", "Table", values(tally.rootTables(), table -> table, tally.whole())));
  }

  private static List<Facet.Value> values(
      Map<String, Long> counts, UnaryOperator<String> shown, boolean whole) {
    List<Facet.Value> values = new ArrayList<>();
    counts.forEach(
        (name, n) -> values.add(new Facet.Value(name, shown.apply(name), whole ? n : null)));
    return values;
  }

  private TrashRow row(Me me, Deletion deletion, List<Hold> holds) {
    boolean readable = may(me, Action.VIEW, deletion);
    String label = readable ? deletion.label() : null;
    return new TrashRow(
        deletion.id(),
        label == null ? deletion.rootTable() : label,
        deletion.rootTable(),
        deletion.counts().total(),
        deletion.actor(),
        readable ? deletion.reason() : null,
        deletion.deletedAt(),
        deletion.keepUntil(),
        deletion.state(),
        TrashWords.outlook(deletion, clock.instant()),
        deletion.failure(),
        holds);
  }

  /** Of a table that is no more, only who may do everything may do anything. */
  private boolean may(Me me, Action action, Deletion deletion) {
    Optional<TableId> table = lethe.catalog().find(deletion.rootTable());
    return table.map(t -> me.may(action, t)).orElse(me.rights().superuser());
  }

  private void require(Me me, Action action, Deletion deletion) {
    if (!may(me, action, deletion)) {
      lethe.catalog().find(deletion.rootTable()).ifPresent(t -> me.require(action, t));
      throw new org.lethe.error.NotPermittedException(
          "the table of this deletion is no more; only a superuser may touch it");
    }
  }

  private Deletion find(UUID id) {
    return lethe
        .trash()
        .find(id)
        .orElseThrow(() -> new NotFoundException("There is no such deletion."));
  }

  /** One deletion with all that is to be said of it. */
  public TrashDetails details(Me me, UUID id) {
    me.require(Action.VIEW);
    Deletion deletion = find(id);
    TrashRow row = row(me, deletion, lethe.trash().holds(id));
    boolean open = row.inTrash() && may(me, Action.RESTORE, deletion);
    List<Conflict> conflicts = open ? lethe.trash().preview(id).conflicts() : List.of();
    return new TrashDetails(
        row,
        deletion.counts().deleted().entrySet().stream()
            .map(e -> new TrashDetails.Line(tables.name(e.getKey()), e.getValue()))
            .toList(),
        deletion.counts().updated().entrySet().stream()
            .map(e -> new TrashDetails.Line(e.getKey(), e.getValue()))
            .toList(),
        meets(conflicts),
        parents(me, conflicts),
        lethe.audit(null, id.toString(), ENTRIES),
        name(row),
        open,
        row.inTrash() && may(me, Action.HOLD, deletion),
        row.inTrash() && may(me, Action.PURGE, deletion));
  }

  /** What one types to purge it. */
  private static String name(TrashRow row) {
    return row.label().equals(row.table())
        ? RecordWords.rows(row.rows()) + " of " + row.table()
        : row.label();
  }

  static List<TrashDetails.Meets> meets(List<Conflict> conflicts) {
    return conflicts.stream()
        .map(c -> new TrashDetails.Meets(c.subject(), c.message(), c.blocks()))
        .toList();
  }

  private List<TrashRow> parents(Me me, List<Conflict> conflicts) {
    return conflicts.stream()
        .flatMap(c -> c.deletions().stream())
        .distinct()
        .flatMap(id -> lethe.trash().find(id).stream())
        .map(d -> row(me, d, List.of()))
        .toList();
  }

  /** What bringing it back would do, and meet. */
  public RestoreReport restorePreview(Me me, UUID id) {
    require(me, Action.RESTORE, find(id));
    return lethe.trash().preview(id);
  }

  /**
   * Brings back what one deletion took.
   *
   * @param withParents whether also what its rows refer to comes back from the trash
   * @throws org.lethe.trash.RestoreException if something is in the way
   */
  public RestoreReport restore(Me me, UUID id, boolean withParents) {
    Deletion deletion = find(id);
    require(me, Action.RESTORE, deletion);
    if (!withParents) {
      return lethe.trash().restore(id, me.by(null));
    }
    for (Conflict conflict : lethe.trash().preview(id).conflicts()) {
      conflict.deletions().forEach(parent -> require(me, Action.RESTORE, find(parent)));
    }
    List<RestoreReport> all = lethe.trash().restoreWithParents(id, me.by(null));
    return all.get(all.size() - 1);
  }

  public UUID hold(Me me, UUID id, String reason, @Nullable Instant until) {
    require(me, Action.HOLD, find(id));
    if (reason.isBlank()) {
      throw new InputException("A hold needs a reason.");
    }
    if (until != null && !until.isAfter(clock.instant())) {
      throw new InputException("A hold must end in the future, or not by itself.");
    }
    return lethe.trash().hold(id, until, me.by(reason));
  }

  public void lift(Me me, UUID id, UUID hold) {
    require(me, Action.HOLD, find(id));
    if (lethe.trash().holds(id).stream().noneMatch(h -> h.id().equals(hold))) {
      throw new NotFoundException("There is no such hold on this deletion.");
    }
    lethe.trash().lift(hold, me.by(null));
  }

  /** Makes sure that somebody may purge it, before they are asked for their password. */
  public void checkPurge(Me me, UUID id, String typed) {
    Deletion deletion = find(id);
    require(me, Action.PURGE, deletion);
    if (!TypedName.is(typed, name(row(me, deletion, List.of())))) {
      throw new InputException("What you typed is not its name; nothing was purged.");
    }
  }

  /**
   * Makes it final.
   *
   * @throws org.lethe.server.approval.WaitsException if a second person is to agree first
   */
  public long purge(Me me, UUID id, @Nullable String reason) {
    Deletion deletion = find(id);
    require(me, Action.PURGE, deletion);
    approvals.askFirst(
        me,
        SecondPerson.PURGE,
        name(row(me, deletion, List.of())),
        lethe.catalog().find(deletion.rootTable()).orElse(null),
        id.toString(),
        id.toString(),
        reason);
    return purgeNow(me, id, reason);
  }

  /** The same, once a second person agreed where one must. */
  long purgeNow(Me me, UUID id, @Nullable String reason) {
    require(me, Action.PURGE, find(id));
    return lethe.purger().purge(id, me.by(reason));
  }
}
