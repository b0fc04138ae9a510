package org.lethe.server.security;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.Action;
import org.lethe.account.Rights;
import org.lethe.schema.TableId;
import org.lethe.trash.By;

/**
 * Who asks, as of this request: read anew for each, so that rights that were taken away are gone at
 * once. Controllers get it as a parameter and hand it to services, which check it.
 *
 * @param account the account, active when this was made
 * @param rights what it may do; with a token at most what the token may
 */
public record Me(Account account, Rights rights) {

  /** Who did it, for audit and ledger: by what stays the same when somebody is renamed. */
  public By by(@Nullable String reason) {
    return new By(account.id().text(), reason == null || reason.isBlank() ? null : reason.strip());
  }

  /** Whether this may be done to some table at least, or in general. */
  public boolean may(Action action) {
    return rights.may(action);
  }

  /** The same by the action's word, for templates. */
  public boolean may(String action) {
    return rights.may(Action.valueOf(action));
  }

  public boolean may(Action action, TableId table) {
    return rights.may(action, table);
  }

  /**
   * @throws org.lethe.error.NotPermittedException if this may not be done
   */
  public void require(Action action) {
    rights.require(action);
  }

  /**
   * @throws org.lethe.error.NotPermittedException if this may not be done to this table
   */
  public void require(Action action, TableId table) {
    rights.require(action, table);
  }

  /** What a session keeps of an account: its name, and nothing that could change. */
  record Principal(String id)
      implements org.springframework.security.core.AuthenticatedPrincipal, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
      return id;
    }
  }
}
