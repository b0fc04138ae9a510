package org.lethe.server.api;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What programs asked for with a key of their own, and the answers they got. Each statement commits
 * by itself, before and after the work: a call whose process ended half-way stays without an answer
 * and is never done a second time. Thread-safe, also among processes.
 */
@Component
class IdempotentCalls {

  /** How long answers are kept. */
  static final Duration KEPT = Duration.ofHours(24);

  private final JdbcTemplate jdbc;
  private final Clock clock;

  IdempotentCalls(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A call as it was made before.
   *
   * @param status null while nobody knows how it ended
   * @param headers of the answer
   */
  record Earlier(
      String fingerprint,
      Instant at,
      @Nullable Integer status,
      Map<String, String> headers,
      @Nullable String body) {

    Earlier {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Claims a key.
   *
   * @return the call that has it already; empty if it is this one's now
   */
  Optional<Earlier> claim(String caller, String key, String fingerprint) {
    Instant now = clock.instant();
    jdbc.update(
        "delete from lethe.idempotent_call where caller = ? and key = ? and at < ?",
        caller,
        key,
        Timestamp.from(now.minus(KEPT)));
    int claimed =
        jdbc.update(
            """
            insert into lethe.idempotent_call (caller, key, fingerprint, at) values (?, ?, ?, ?)
            on conflict do nothing
            """,
            caller,
            key,
            fingerprint,
            Timestamp.from(now));
    if (claimed == 1) {
      return Optional.empty();
    }
    return jdbc
        .query(
            """
            select fingerprint, at, status, headers::text as headers, body
              from lethe.idempotent_call where caller = ? and key = ?
            """,
            (row, n) -> {
              int status = row.getInt("status");
              boolean running = row.wasNull();
              return new Earlier(
                  row.getString("fingerprint"),
                  row.getTimestamp("at").toInstant(),
                  running ? null : status,
                  headers(row.getString("headers")),
                  row.getString("body"));
            },
            caller,
            key)
        .stream()
        .findFirst()
        // It was let go between the two statements: whoever asks again gets it.
        .or(() -> Optional.of(new Earlier(fingerprint, now, null, Map.of(), null)));
  }

  private static Map<String, String> headers(@Nullable String json) {
    return json == null
        ? Map.of()
        : JsonMapper.shared().readValue(json, new TypeReference<Map<String, String>>() {});
  }

  /** Keeps the answer. */
  void answered(String caller, String key, int status, Map<String, String> headers, String body) {
    jdbc.update(
        """
        update lethe.idempotent_call set status = ?, headers = ?::jsonb, body = ?
         where caller = ? and key = ?
        """,
        status,
        JsonMapper.shared().writeValueAsString(headers),
        body,
        caller,
        key);
  }

  /** Lets a key go: nothing was done. */
  void forget(String caller, String key) {
    jdbc.update(
        "delete from lethe.idempotent_call where caller = ? and key = ? and status is null",
        caller,
        key);
  }

  /** Forgets answers that have been kept long enough. */
  @Scheduled(fixedDelayString = "PT1H")
  void cleanUp() {
    jdbc.update(
        "delete from lethe.idempotent_call where at < ?",
        Timestamp.from(clock.instant().minus(KEPT)));
  }
}
