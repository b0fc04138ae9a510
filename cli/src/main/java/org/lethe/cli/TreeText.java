package org.lethe.cli;

import java.util.ArrayList;
import java.util.List;
import org.lethe.collect.Preview;
import org.lethe.collect.Row;
import org.lethe.collect.TreeNode;
import org.lethe.schema.Catalog;

/** Draws the capped tree of a preview, a line per row. */
final class TreeText {

  private final Catalog catalog;
  private final Paint paint;
  private final List<String> lines = new ArrayList<>();

  TreeText(Catalog catalog, Paint paint) {
    this.catalog = catalog;
    this.paint = paint;
  }

  List<String> lines(Preview preview) {
    for (TreeNode root : preview.tree()) {
      boolean marked =
          preview.selection().tables().stream()
              .anyMatch(s -> s.marked() && s.table().equals(root.row().table()));
      lines.add(
          title(root.row(), catalog, paint)
              + "  "
              + Words.effect(marked ? TreeNode.Effect.MARKED : TreeNode.Effect.DELETED, paint));
      addBranches(root, "");
    }
    long more = preview.rootRows() - preview.tree().size();
    if (more > 0) {
      lines.add("… and " + Words.number(more) + " more");
    }
    return List.copyOf(lines);
  }

  private void addBranches(TreeNode node, String indent) {
    List<TreeNode.Branch> branches = node.branches();
    for (int b = 0; b < branches.size(); b++) {
      TreeNode.Branch branch = branches.get(b);
      boolean lastBranch = b == branches.size() - 1;
      long more = branch.rows() - branch.shown().size();
      for (int i = 0; i < branch.shown().size(); i++) {
        TreeNode child = branch.shown().get(i);
        boolean last = lastBranch && more <= 0 && i == branch.shown().size() - 1;
        lines.add(
            "%s%s  %s  %s"
                .formatted(
                    paint.faint(indent + (last ? "└─ " : "├─ ")),
                    title(child.row(), catalog, paint),
                    Words.effect(branch.effect(), paint),
                    paint.faint(branch.relation())));
        addBranches(child, indent + (last ? "   " : "│  "));
      }
      if (more > 0) {
        lines.add(
            "%s… %s%s  %s  %s"
                .formatted(
                    paint.faint(indent + (lastBranch ? "└─ " : "├─ ")),
                    branch.shown().isEmpty() ? "" : "and ",
                    branch.shown().isEmpty() ? Words.rows(more) : Words.number(more) + " more",
                    Words.effect(branch.effect(), paint),
                    paint.faint(branch.relation())));
      }
    }
  }

  /** Table, key and label. */
  static String title(Row row, Catalog catalog, Paint paint) {
    String name = Words.row(row, catalog);
    String label = OneLine.of(row.label());
    boolean says =
        !label.isEmpty() && !label.equals(name) && !label.equals(KeyText.write(row.key()));
    return paint.bold(name) + (says ? "  " + label : "");
  }
}
