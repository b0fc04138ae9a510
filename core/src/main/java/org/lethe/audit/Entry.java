package org.lethe.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One act.
 *
 * @param number counted from 1 without gaps
 * @param action such as {@code delete}, {@code restore} or {@code purge}
 * @param object what it was done to, such as a deletion's id; never a person's data
 * @param details JSON with counts and hashes; never a person's data
 * @param previous the hash of the entry before; empty for the first
 * @param hash SHA-256 (hex) over all of the above
 */
public record Entry(
    long number,
    Instant at,
    String actor,
    String action,
    String object,
    @Nullable String reason,
    String details,
    String previous,
    String hash) {}
