package org.lethe.server.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.AccountId;
import org.lethe.account.LetheAccounts;
import org.lethe.error.InputException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.annotation.RequestScope;

/**
 * How those are called who did something: ledgers keep the accounts, which nobody can read. Looked
 * up once for each page; those of a list all at once, with {@link #know}.
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
    if (actor == null) {
      return "";
    }
    if (!known.containsKey(actor)) {
      know(Stream.of(actor));
    }
    return known.getOrDefault(actor, actor);
  }

  /** Looks up all that a page is going to show, with one statement for each directory. */
  public void know(Stream<@Nullable String> actors) {
    Map<AccountId, String> wanted = new HashMap<>();
    actors
        .filter(Objects::nonNull)
        .filter(actor -> !known.containsKey(actor))
        .forEach(actor -> account(actor).ifPresent(id -> wanted.put(id, actor)));
    if (wanted.isEmpty()) {
      return;
    }
    Map<AccountId, Account> found = accounts.find(wanted.keySet());
    wanted.forEach(
        (id, actor) -> {
          Account account = found.get(id);
          known.put(actor, account == null ? actor : account.label());
        });
  }

  private static Optional<AccountId> account(String actor) {
    if (!actor.startsWith(AccountId.OWN + ":") && !actor.startsWith(AccountId.APP + ":")) {
      return Optional.empty();
    }
    try {
      return Optional.of(AccountId.of(actor));
    } catch (InputException e) {
      return Optional.empty();
    }
  }
}
