package org.lethe.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some accounts of a directory, in the order that was asked for.
 *
 * @param next for {@link AccountQuery#after}, to get those that follow; null if none do
 */
public record AccountPage(List<Account> accounts, @Nullable String next) {
  public AccountPage {
    accounts = List.copyOf(accounts);
  }
}
