package org.lethe.server.page;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;

/**
 * The last removal of this session that can be taken back: offered on every page until somebody
 * takes it back or sends it away, since a message that leaves by itself is missed.
 *
 * @param rows that went
 */
public record Undo(UUID deletion, String label, long rows) implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String ATTRIBUTE = "lethe.undo";

  static Optional<Undo> of(HttpSession session) {
    return Optional.ofNullable((Undo) session.getAttribute(ATTRIBUTE));
  }

  /** Offers it from now on, instead of an earlier one. */
  public void offer(HttpSession session) {
    session.setAttribute(ATTRIBUTE, this);
  }

  /** Offers nothing any more. */
  public static void dismiss(HttpSession session) {
    session.removeAttribute(ATTRIBUTE);
  }

  /** Offers this one no more, if it is what was offered: it was restored, or purged. */
  public static void settled(HttpSession session, UUID deletion) {
    of(session).filter(u -> u.deletion().equals(deletion)).ifPresent(u -> dismiss(session));
  }
}
