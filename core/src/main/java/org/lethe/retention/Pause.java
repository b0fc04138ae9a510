package org.lethe.retention;

import java.time.Instant;

/**
 * Something that must not run for now.
 *
 * @param task {@link Pauses#PURGE}, or what {@link Pauses#rule} makes of a rule's name
 */
public record Pause(String task, String reason, Instant at, String by) {}
