package org.lethe.collect;

import java.util.List;

/**
 * A selection made for looking at: nothing was locked or changed.
 *
 * @param tree the roots, at most the cap of them, with what hangs on each; empty unless asked for
 * @param rootRows how many roots there are
 */
public record Preview(Selection selection, List<TreeNode> tree, long rootRows) {
  public Preview {
    tree = List.copyOf(tree);
  }

  /**
   * How much of the tree to show.
   *
   * @param depth levels below the roots; 0 for no tree at all
   * @param perBranch rows per relation and parent row
   * @param nodes rows in all
   */
  public record Cap(int depth, int perBranch, int nodes) {
    public static final Cap NO_TREE = new Cap(0, 0, 0);
    public static final Cap DEFAULT = new Cap(6, 5, 200);
  }
}
