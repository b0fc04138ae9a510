package org.lethe.server.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;

/** An account, for programs. */
record ApiAccount(
    String id,
    String login,
    String name,
    @Nullable String email,
    boolean active,
    boolean staff,
    boolean superuser,
    @Nullable Instant joined,
    @Nullable Instant lastLogin) {

  static ApiAccount of(Account a) {
    return new ApiAccount(
        a.id().text(),
        a.login(),
        a.name(),
        a.email(),
        a.active(),
        a.staff(),
        a.superuser(),
        a.joined(),
        a.lastLogin());
  }
}
