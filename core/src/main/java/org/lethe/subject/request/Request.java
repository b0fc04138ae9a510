package org.lethe.subject.request;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.RequestRules;

/**
 * What a person asked for, and how far it has come. Nothing in it tells who it is. Immutable.
 *
 * @param number counted from 1: what people call it by
 * @param subjectType which of the policy's subjects
 * @param law whose deadlines hold
 * @param due until when it must be answered
 * @param extendedWhy why the deadline was put off; null if it was not
 * @param verifiedHow how it is known that it comes from the person; null until it is
 * @param openedBy who took it up
 * @param approvedBy null until it is approved
 * @param reason why it was denied or withdrawn; null if it was not
 * @param settled when it was done; null until then
 * @param next when there is something to do again; null if there is not
 */
public record Request(
    UUID id,
    long number,
    Kind kind,
    String subjectType,
    State state,
    RequestRules.Law law,
    Instant received,
    Instant due,
    @Nullable String extendedWhy,
    @Nullable String verifiedHow,
    String openedBy,
    @Nullable String collectedBy,
    @Nullable String approvedBy,
    @Nullable String reason,
    @Nullable Instant settled,
    @Nullable Instant next) {}
