package org.lethe.subject.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a request.
 *
 * @param to the state it led to
 * @param reason null where none was given
 */
public record Step(Instant at, String actor, State to, @Nullable String reason) {}
