package org.lethe.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program signs in with; the token itself is not known any more.
 *
 * @param name what it is for, as its owner wrote it
 * @param scopes what it may do at most: never more than its owner may
 * @param expires null for never
 * @param lastUsed to the minute; null for never
 * @param revoked null if it was not
 */
public record ApiToken(
    long id,
    AccountId account,
    String name,
    Set<Permission> scopes,
    Instant created,
    @Nullable Instant expires,
    @Nullable Instant lastUsed,
    @Nullable Instant revoked) {
  public ApiToken {
    scopes = Set.copyOf(scopes);
  }
}
