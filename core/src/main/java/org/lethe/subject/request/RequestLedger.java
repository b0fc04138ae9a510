package org.lethe.subject.request;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.RequestRules;
import org.lethe.subject.Key;
import org.lethe.subject.Settled;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Reads and writes requests, within the caller's transaction. */
final class RequestLedger {

  private static final String REQUEST = "select * from lethe.request";

  private final JdbcOperations jdbc;

  RequestLedger(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  Optional<Request> find(UUID id) {
    return one(" where request_id = ?", id);
  }

  Optional<Request> find(long number) {
    return one(" where number = ?", number);
  }

  /** The same, and keeps others from taking a step with it meanwhile. */
  Optional<Request> lock(UUID id) {
    return one(" where request_id = ? for update", id);
  }

  private Optional<Request> one(String where, Object argument) {
    return jdbc.query(REQUEST + where, RequestLedger::request, argument).stream().findFirst();
  }

  /** Latest first. */
  List<Request> list(@Nullable State state, int limit) {
    return jdbc.query(
        REQUEST + " where ?::text is null or state = ? order by number desc limit ?",
        RequestLedger::request,
        state == null ? null : state.word(),
        state == null ? null : state.word(),
        limit);
  }

  /**
   * Some of them, latest first.
   *
   * @param states none for all
   * @param kind null for all
   * @param before a number: those that came earlier; null for the latest
   */
  List<Request> page(Set<State> states, @Nullable Kind kind, @Nullable Long before, int limit) {
    return jdbc.query(
        REQUEST
            + """
               where (cardinality(?::text[]) = 0 or state = any (?::text[]))
                 and (?::text is null or kind = ?)
                 and (?::bigint is null or number < ?)
               order by number desc limit ?
              """,
        RequestLedger::request,
        words(states),
        words(states),
        kind == null ? null : kind.word(),
        kind == null ? null : kind.word(),
        before,
        before,
        limit);
  }

  private static Object words(Set<State> states) {
    return states.stream().map(State::word).toArray(String[]::new);
  }

  /** How many there are in each state that has any. */
  Map<State, Long> counts() {
    Map<State, Long> counts = new EnumMap<>(State.class);
    jdbc.query(
        "select state, count(*) as requests from lethe.request group by state",
        (RowCallbackHandler)
            row -> counts.put(State.of(row.getString("state")), row.getLong("requests")));
    return counts;
  }

  /** Requests of one person of a kind that are not settled yet. */
  List<Request> unsettled(Kind kind, String subjectHash) {
    return jdbc
        .query(
            REQUEST + " where kind = ? and subject_hash = ? order by number",
            RequestLedger::request,
            kind.word(),
            subjectHash)
        .stream()
        .filter(r -> !r.state().last() && r.settled() == null)
        .toList();
  }

  /** Requests with something to do now, the longest due first. */
  List<Request> due(Instant now, int limit) {
    return jdbc.query(
        REQUEST + " where next_at <= ? order by next_at, number limit ?",
        RequestLedger::request,
        Timestamp.from(now),
        limit);
  }

  void insert(
      UUID id,
      Kind kind,
      String subjectType,
      String subjectHash,
      byte[] sealedSubject,
      RequestRules.Law law,
      Instant received,
      Instant due,
      String actor) {
    jdbc.update(
        """
        insert into lethe.request (request_id, kind, subject_type, subject_hash, sealed_subject, state,
                                   law, received_at, due_at, opened_by)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        id,
        kind.word(),
        subjectType,
        subjectHash,
        sealedSubject,
        State.RECEIVED.word(),
        law.name().toLowerCase(Locale.ROOT),
        Timestamp.from(received),
        Timestamp.from(due),
        actor);
  }

  /**
   * Requests for erasure that have come as far as a state, all by the same steps.
   *
   * @param steps the states they went through, that one last
   */
  void insertRunning(
      UUID batch,
      Map<UUID, SealedPerson> people,
      Key key,
      RequestRules.Law law,
      Instant now,
      By by,
      String policyHash,
      List<State> steps) {
    State state = steps.get(steps.size() - 1);
    UUID[] ids = people.keySet().toArray(UUID[]::new);
    jdbc.update(
        """
        insert into lethe.request (request_id, kind, subject_type, subject_hash, sealed_subject, state,
                                   law, received_at, due_at, opened_by, verified_how, batch, policy_hash,
                                   collected_by, approved_by, next_at)
        select p.id, ?, p.type, p.hash, p.sealed, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
          from unnest(?::uuid[], ?::text[], ?::text[], ?::bytea[]) with ordinality
               as p(id, type, hash, sealed, place)
         order by p.place
        """,
        Kind.ERASURE.word(),
        state.word(),
        law.name().toLowerCase(Locale.ROOT),
        Timestamp.from(now),
        Timestamp.from(Deadlines.first(law, now)),
        by.actor(),
        by.reason(),
        batch,
        policyHash,
        by.actor(),
        by.actor(),
        Timestamp.from(now),
        ids,
        people.values().stream().map(who -> who.subject().type()).toArray(String[]::new),
        people.values().stream().map(who -> who.hash(key)).toArray(String[]::new),
        people.values().stream().map(who -> who.seal(key)).toArray(byte[][]::new));
    jdbc.update(
        """
        insert into lethe.request_step (request_id, step, at, actor, from_state, to_state, reason)
        select r.id, s.step, ?, ?, lag(s.state) over (partition by r.id order by s.step), s.state, ?
          from unnest(?::uuid[]) as r(id)
         cross join unnest(?::text[]) with ordinality as s(state, step)
        """,
        Timestamp.from(now),
        by.actor(),
        by.reason(),
        ids,
        steps.stream().map(State::word).toArray(String[]::new));
  }

  /** Some, in no order. */
  List<Request> find(Collection<UUID> ids) {
    return jdbc.query(
        REQUEST + " where request_id = any (?)",
        RequestLedger::request,
        (Object) ids.toArray(UUID[]::new));
  }

  /** Takes one step, and says so. */
  void step(
      UUID id, @Nullable State from, State to, Instant at, String actor, @Nullable String reason) {
    jdbc.update("update lethe.request set state = ? where request_id = ?", to.word(), id);
    jdbc.update(
        """
        insert into lethe.request_step (request_id, step, at, actor, from_state, to_state, reason)
        select ?, coalesce(max(step), 0) + 1, ?, ?, ?, ?, ? from lethe.request_step where request_id = ?
        """,
        id,
        Timestamp.from(at),
        actor,
        from == null ? null : from.word(),
        to.word(),
        reason,
        id);
  }

  List<Step> steps(UUID id) {
    return jdbc.query(
        "select * from lethe.request_step where request_id = ? order by step",
        (rs, n) ->
            new Step(
                rs.getTimestamp("at").toInstant(),
                rs.getString("actor"),
                State.of(rs.getString("to_state")),
                rs.getString("reason")),
        id);
  }

  /** One value of a request's row. */
  void set(UUID id, Field field, @Nullable Object value) {
    Object bound = value instanceof Instant instant ? Timestamp.from(instant) : value;
    jdbc.update(
        "update lethe.request set %s = %s where request_id = ?"
            .formatted(
                field.name().toLowerCase(Locale.ROOT), field == Field.PLAN ? "?::jsonb" : "?"),
        bound,
        id);
  }

  /** Columns of a request that change. */
  enum Field {
    DUE_AT,
    EXTENDED_WHY,
    VERIFIED_HOW,
    VERIFY_HASH,
    VERIFY_UNTIL,
    COLLECTED_BY,
    APPROVED_BY,
    REASON,
    PLAN,
    POLICY_HASH,
    SETTLED_AT,
    NEXT_AT,
    SEALED_SUBJECT,
    BATCH
  }

  /** A column as text; null where it is null. */
  @Nullable String text(UUID id, Field field) {
    return jdbc
        .query(
            "select %s::text from lethe.request where request_id = ?"
                .formatted(field.name().toLowerCase(Locale.ROOT)),
            (rs, n) -> Optional.ofNullable(rs.getString(1)),
            id)
        .stream()
        .findFirst()
        .flatMap(o -> o)
        .orElse(null);
  }

  Optional<byte[]> sealedSubject(UUID id) {
    return jdbc
        .query(
            "select sealed_subject from lethe.request where request_id = ?",
            (rs, n) -> Optional.ofNullable(rs.getBytes(1)),
            id)
        .stream()
        .findFirst()
        .flatMap(o -> o);
  }

  /** The request whose mailed word has this hash, while it is good. */
  Optional<Request> mailed(String hash, Instant now) {
    return jdbc
        .query(
            REQUEST + " where verify_hash = ? and verify_until > ?",
            RequestLedger::request,
            hash,
            Timestamp.from(now))
        .stream()
        .findFirst();
  }

  /** Whether the person was erased from this database already; what was kept is another matter. */
  boolean erasedHere(UUID id) {
    return !jdbc.query(
            "select 1 from lethe.request_store where request_id = ? and store = ? and state = 'done'",
            (rs, n) -> 1,
            id,
            Settled.DATABASE)
        .isEmpty();
  }

  void markErasedHere(Collection<UUID> ids) {
    jdbc.update(
        """
        insert into lethe.request_store (request_id, store, state)
        select r.id, ?, 'done' from unnest(?::uuid[]) as r(id)
        on conflict do nothing
        """,
        Settled.DATABASE,
        ids.toArray(UUID[]::new));
  }

  /** Whatever still tells who it was, or where their data lies. */
  void forgetPerson(UUID id) {
    set(id, Field.SEALED_SUBJECT, null);
    jdbc.update("delete from lethe.request_piece where request_id = ?", id);
    new StayingRows(jdbc).forget(id);
  }

  /** When the first of the stores that did not answer is asked again; null if none is. */
  @Nullable Instant firstRetry(UUID id) {
    return jdbc.query(
            "select min(retry_at) from lethe.request_store where request_id = ?",
            (rs, n) -> Optional.ofNullable(instant(rs, 1)),
            id)
        .get(0)
        .orElse(null);
  }

  private static Request request(ResultSet rs, int n) throws SQLException {
    return new Request(
        rs.getObject("request_id", UUID.class),
        rs.getLong("number"),
        Kind.valueOf(rs.getString("kind").toUpperCase(Locale.ROOT)),
        rs.getString("subject_type"),
        State.of(rs.getString("state")),
        RequestRules.Law.valueOf(rs.getString("law").toUpperCase(Locale.ROOT)),
        rs.getTimestamp("received_at").toInstant(),
        rs.getTimestamp("due_at").toInstant(),
        rs.getString("extended_why"),
        rs.getString("verified_how"),
        rs.getString("opened_by"),
        rs.getString("collected_by"),
        rs.getString("approved_by"),
        rs.getString("reason"),
        instant(rs, "settled_at"),
        instant(rs, "next_at"));
  }

  private static @Nullable Instant instant(ResultSet rs, String column) throws SQLException {
    Timestamp at = rs.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  private static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
    Timestamp at = rs.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }
}
