package org.lethe.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as it was when it was read. Immutable.
 *
 * @param login what its person signs in with; the key where the directory has nothing better
 * @param name for people; empty where the directory has none
 * @param active whether it may sign in
 * @param staff whether it may sign in to Lethe
 * @param superuser whether it may do everything
 * @param joined null where nobody knows
 * @param lastLogin null for never, or where nobody knows
 */
public record Account(
    AccountId id,
    String login,
    String name,
    @Nullable String email,
    boolean active,
    boolean staff,
    boolean superuser,
    @Nullable Instant joined,
    @Nullable Instant lastLogin) {

  /** Its name, or what it signs in with. */
  public String label() {
    return name.isBlank() ? login : name;
  }

  /** Without what is the person's: this may reach a log. */
  @Override
  public String toString() {
    return "account " + id;
  }
}
