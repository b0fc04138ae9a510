package org.lethe.server.approval;

import org.lethe.error.LetheException;

/** Nothing was done yet: a second person is to agree first. */
public final class WaitsException extends LetheException {

  private static final long serialVersionUID = 1L;

  WaitsException() {
    super(
        "nothing was done yet: the policy wants a second person to agree, and yours now waits under Approvals");
  }
}
