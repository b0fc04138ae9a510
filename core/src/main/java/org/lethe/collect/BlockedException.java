package org.lethe.collect;

import java.util.List;
import org.lethe.error.LetheException;

/** A removal is stopped by rows that must stay; carries every blocker. Nothing was changed. */
public final class BlockedException extends LetheException {

  private static final long serialVersionUID = 1L;

  private final transient Selection selection;

  public BlockedException(String message, Selection selection) {
    super(message);
    this.selection = selection;
  }

  public List<Blocker> blockers() {
    return selection.blockers();
  }

  public Selection selection() {
    return selection;
  }
}
