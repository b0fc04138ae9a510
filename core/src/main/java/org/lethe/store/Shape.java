package org.lethe.store;

/**
 * What data in a store looks like, without any of it.
 *
 * @param pattern such as {@code session:*:cart} or {@code orders / $.shipping.phone}
 * @param covered whether what the policy says of the store takes care of it
 * @param seen how often, in the sample
 */
public record Shape(String pattern, boolean covered, long seen) {}
