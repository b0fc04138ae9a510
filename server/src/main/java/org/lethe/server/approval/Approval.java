package org.lethe.server.approval;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.SecondPerson;
import org.lethe.schema.TableId;

/**
 * An act that somebody asked for and a second person is to agree to. Immutable.
 *
 * @param label what it concerns, for people; raw data
 * @param table whose rights are asked; null where no table is concerned
 * @param payload exactly what is to be done; null once it is settled
 * @param hash of the payload, and of what it was made under
 * @param outcome null while it waits
 */
public record Approval(
    UUID id,
    SecondPerson act,
    String label,
    @Nullable TableId table,
    @Nullable String payload,
    String hash,
    String reason,
    Instant askedAt,
    String askedBy,
    Instant expiresAt,
    @Nullable Instant settledAt,
    @Nullable String settledBy,
    @Nullable String outcome) {

  /** What the act is called. */
  public String words() {
    return switch (act) {
      case DELETE -> "Delete for good";
      case PURGE -> "Purge from the trash";
      case RULES -> "Run";
    };
  }
}
