package org.lethe.policy;

import org.jspecify.annotations.Nullable;

/**
 * How long the law wants something kept, whoever asks for its erasure (GDPR article 17(3)).
 * Immutable.
 *
 * @param period how long
 * @param from the column that holds the day it starts
 * @param ground the article that allows it, such as {@code 17(3)(b)}
 * @param law what wants it; null where nobody said
 */
public record LegalRetention(Age period, String from, String ground, @Nullable String law) {}
