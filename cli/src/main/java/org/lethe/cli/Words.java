package org.lethe.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lethe.collect.PathStep;
import org.lethe.collect.Roots;
import org.lethe.collect.Row;
import org.lethe.collect.TreeNode;
import org.lethe.schema.Catalog;

/** How counts, rows and effects are put into words. */
final class Words {

  private Words() {}

  static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  static String rows(long n) {
    return number(n) + (n == 1 ? " row" : " rows");
  }

  /** The roots in short, where their number does not matter. */
  static String roots(Roots roots, Catalog catalog) {
    return roots instanceof Roots.Keys keys
        ? roots(roots, keys.keys().size(), catalog)
        : catalog.displayName(roots.table()) + " (--where)";
  }

  /** The roots in short, such as {@code customer 1}; also what people type to confirm. */
  static String roots(Roots roots, long rootRows, Catalog catalog) {
    String table = catalog.displayName(roots.table());
    if (roots instanceof Roots.Keys keys && keys.keys().size() == 1) {
      return table + " " + KeyText.write(keys.keys().get(0));
    }
    return table + " " + rootRows + (rootRows == 1 ? " row" : " rows");
  }

  static String row(Row row, Catalog catalog) {
    return catalog.displayName(row.table()) + " " + KeyText.write(row.key());
  }

  /** {@code customer 1 → invoice 98 (invoice.customer_id)}. */
  static String path(List<PathStep> path, Catalog catalog) {
    return path.stream()
        .map(
            step ->
                (step.skipped() > 0 ? "… " + number(step.skipped()) + " more … → " : "")
                    + row(step.row(), catalog)
                    + (step.relation() == null ? "" : " (" + step.relation() + ")"))
        .collect(Collectors.joining(" → "));
  }

  static String effect(TreeNode.Effect effect) {
    return effect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String effect(TreeNode.Effect effect, Paint paint) {
    String badge = "[" + effect(effect) + "]";
    return switch (effect) {
      case DELETED, MARKED -> paint.red(badge);
      case SET_NULL, SET_DEFAULT, SET, REASSIGNED -> paint.yellow(badge);
      case PROTECTED, RESTRICTED, UNDECIDED -> paint.bold(paint.red(badge));
      case LEFT_DANGLING -> paint.cyan(badge);
    };
  }
}
