package org.lethe.server.page;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.LetheAccounts;
import org.lethe.error.InputException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;

/**
 * How those are called who did something: ledgers keep the accounts, which nobody can read. Looked
 * up once for each page.
 */
@Component("names")
@RequestScope
public class Names {

  private final LetheAccounts accounts;
  private final Map<String, String> known = new HashMap<>();

  Names(LetheAccounts accounts) {
    this.accounts = accounts;
  }

  /**
   * The name of an account; whatever else is an actor, such as the operator of a terminal, stays.
   */
  public String of(@Nullable String actor) {
    return actor == null ? "" : known.computeIfAbsent(actor, this::found);
  }

  private String found(String actor) {
    if (!actor.startsWith(AccountId.OWN + ":") && !actor.startsWith(AccountId.APP + ":")) {
      return actor;
    }
    try {
      return accounts.find(AccountId.of(actor)).map(Account::label).orElse(actor);
    } catch (InputException e) {
      return actor;
    }
  }
}
