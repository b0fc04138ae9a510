package org.lethe.collect;

import java.util.List;

/** A row of the preview tree with what hangs on it, capped. */
public record TreeNode(Row row, List<Branch> branches) {

  public TreeNode {
    branches = List.copyOf(branches);
  }

  /**
   * Rows that hang on one row by one relation.
   *
   * @param relation the relation's name
   * @param effect what becomes of them
   * @param rows how many there are
   * @param shown the first of them; fewer than {@code rows} where the cap cut
   */
  public record Branch(String relation, Effect effect, long rows, List<TreeNode> shown) {
    public Branch {
      shown = List.copyOf(shown);
    }
  }

  /** The badge of a node. */
  public enum Effect {
    DELETED,
    /** Stays, marked as deleted in the application's own columns. */
    MARKED,
    SET_NULL,
    SET_DEFAULT,
    SET,
    REASSIGNED,
    PROTECTED,
    RESTRICTED,
    UNDECIDED,
    LEFT_DANGLING
  }
}
