package org.lethe.account;

import org.jspecify.annotations.Nullable;

/** What of an account becomes something else; null for what stays. */
public record AccountChange(
    @Nullable String login,
    @Nullable String name,
    @Nullable String email,
    @Nullable Boolean staff,
    @Nullable Boolean superuser) {}
