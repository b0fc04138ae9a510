package org.lethe.account;

import org.jspecify.annotations.Nullable;

/**
 * An account to be made.
 *
 * @param password in clear text; null for an account that cannot sign in with one yet
 */
public record NewAccount(
    String login,
    String name,
    @Nullable String email,
    @Nullable String password,
    boolean staff,
    boolean superuser) {

  /** Without the password: this may reach a log. */
  @Override
  public String toString() {
    return "a new account";
  }
}
