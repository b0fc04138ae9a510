package org.lethe.store;

/**
 * What a store is and can do.
 *
 * @param name what the policy calls it
 * @param kind such as {@code redis}
 * @param exports whether it can hand data out
 * @param erases whether it can erase; otherwise every erasure there is {@link Outcome#UNSUPPORTED}
 * @param note what people should know, such as that old revisions go with the next compaction;
 *     empty for nothing
 */
public record Description(String name, String kind, boolean exports, boolean erases, String note) {}
