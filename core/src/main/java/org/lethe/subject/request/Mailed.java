package org.lethe.subject.request;

import java.time.Instant;

/**
 * A word that was mailed. Nothing of whom to.
 *
 * @param addresses how many took it
 * @param refused how many did not
 * @param until when it is good for nothing any more
 */
public record Mailed(int addresses, int refused, Instant until) {}
