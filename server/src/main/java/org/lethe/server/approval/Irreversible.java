package org.lethe.server.approval;

import org.lethe.policy.SecondPerson;
import org.lethe.server.security.Me;

/** A sort of act that a second person may have to agree to. */
public interface Irreversible {

  /** Which one. */
  SecondPerson act();

  /**
   * Makes sure that somebody might do it themselves: of both, whenever it matters.
   *
   * @throws org.lethe.error.NotPermittedException if not
   */
  void require(Me me, Approval approval);

  /**
   * Does exactly what was asked for, or nothing.
   *
   * @param asker who asked, with the rights of now
   * @param why the reason, with who agreed
   * @return what was done, for people
   */
  String run(Me asker, Approval approval, String why);
}
