package org.lethe.subject.request;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lethe.subject.Key;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Remembers who was erased, by keyed hashes only: so that importers can be kept from bringing them
 * back, and so that they can be erased again after a backup. Within the caller's transaction.
 */
final class Erasures {

  private final JdbcOperations jdbc;
  private final Key key;

  Erasures(JdbcOperations jdbc, Key key) {
    this.jdbc = jdbc;
    this.key = key;
  }

  void add(UUID request, SealedPerson who, Instant at) {
    jdbc.update(
        """
        insert into lethe.erased (subject_type, hash, at, request_id)
        select ?, ?, ?, ? where not exists (select 1 from lethe.erased where request_id = ?)
        """,
        who.subject().type(),
        who.hash(key),
        Timestamp.from(at),
        request,
        request);
    who.subject()
        .identifiers()
        .values()
        .forEach(
            values ->
                values.stream()
                    .filter(v -> v.contains("@"))
                    .forEach(v -> suppress(v, request, at)));
  }

  private void suppress(String address, UUID request, Instant at) {
    jdbc.update(
        "insert into lethe.suppressed (hash, at, request_id) values (?, ?, ?) on conflict do nothing",
        suppression(address),
        Timestamp.from(at),
        request);
  }

  /** Those of some addresses that people had who were erased, in their order and each once. */
  List<String> suppressed(List<String> addresses) {
    Map<String, String> hashes = new LinkedHashMap<>();
    addresses.forEach(a -> hashes.computeIfAbsent(a, this::suppression));
    Set<String> found =
        Set.copyOf(
            jdbc.queryForList(
                "select hash from lethe.suppressed where hash = any (?)",
                String.class,
                (Object) hashes.values().stream().distinct().toArray(String[]::new)));
    return hashes.keySet().stream().filter(a -> found.contains(hashes.get(a))).toList();
  }

  /** The hash of an address, however it is typed. */
  private String suppression(String address) {
    return key.hash("suppressed", address.strip().toLowerCase(Locale.ROOT));
  }
}
