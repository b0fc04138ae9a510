package org.lethe.server.records;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Entry;

/**
 * One row with all that is to be said of it.
 *
 * @param people what sort of people the table's rows are; null where they are none
 * @param owners whose data it is
 * @param history what was done to it, latest first
 * @param referrers what refers to it; null where nobody counted yet
 */
public record RecordDetails(
    TableView view,
    RecordRow row,
    @Nullable String people,
    List<Owners.Owner> owners,
    List<Entry> history,
    @Nullable List<Referrers.Referrer> referrers,
    boolean mayDelete) {}
