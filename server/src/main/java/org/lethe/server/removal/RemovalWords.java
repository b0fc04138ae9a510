package org.lethe.server.removal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lethe.account.Action;
import org.lethe.collect.Blocker;
import org.lethe.collect.PathStep;
import org.lethe.collect.Row;
import org.lethe.collect.Selected;
import org.lethe.collect.TreeNode;
import org.lethe.collect.Updated;
import org.lethe.policy.Decisions;
import org.lethe.server.records.RecordTables;
import org.lethe.server.records.RecordWords;
import org.lethe.server.security.Me;

/** How a removal is told to somebody, without rows of tables that they may not see. */
final class RemovalWords {

  private final Decisions decisions;
  private final RecordTables tables;
  private final Me me;

  RemovalWords(Decisions decisions, RecordTables tables, Me me) {
    this.decisions = decisions;
    this.tables = tables;
    this.me = me;
  }

  /** {@code customer 5 Ada}; without the row where it may not be seen, or its key is a secret. */
  String row(Row row) {
    String table = decisions.catalog().displayName(row.table());
    if (!me.may(Action.VIEW, row.table())) {
      return "a row of " + table;
    }
    String key = tables.addressable(row.table()) ? String.join(", ", row.key()) + " " : "";
    return (table + " " + key + row.label()).strip();
  }

  String path(List<PathStep> path) {
    return path.stream()
        .map(
            step ->
                (step.skipped() > 0 ? "… " + RecordWords.number(step.skipped()) + " more … → " : "")
                    + row(step.row()))
        .collect(Collectors.joining(" → "));
  }

  Sight.Line line(Selected table) {
    String via =
        table.reachedBy().keySet().stream()
            .map(name -> name.isEmpty() ? "what you chose" : name)
            .collect(Collectors.joining(", "));
    return new Sight.Line(
        decisions.catalog().displayName(table.table()),
        table.rows(),
        table.marked() ? "stay, marked as deleted" : "removed",
        table.marked() ? "changed" : "removed",
        via);
  }

  Sight.Line line(Updated update) {
    String effect =
        switch (update.onDelete().kind()) {
          case SET_NULL -> "stay, reference emptied";
          case SET_DEFAULT -> "stay, reference set to its default";
          case REASSIGN -> "stay, handed to another row (" + update.onDelete() + ")";
          default -> "stay, reference changed (" + update.onDelete() + ")";
        };
    return new Sight.Line(
        decisions.catalog().displayName(update.relation().child()),
        update.rows(),
        effect,
        "changed",
        update.relation().name());
  }

  Sight.Stop stop(Blocker blocker) {
    return new Sight.Stop(
        blocker.relation().name(),
        blocker.rows(),
        path(blocker.path()),
        fix(decisions, blocker),
        blocker.snippet());
  }

  /** What to do about something that is in the way. */
  static String fix(Decisions decisions, Blocker blocker) {
    String why = blocker.why();
    if (why != null) {
      return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
    }
    String child = decisions.catalog().displayName(blocker.relation().child());
    return switch (blocker.kind()) {
      case UNDECIDED ->
          "Nobody decided what becomes of rows of %s. Decide in lethe.yaml, for instance:"
              .formatted(child);
      case RESTRICT ->
          "Rows of %s keep this from being deleted as long as they are not deleted along. Delete or move them first."
              .formatted(child);
      default ->
          "Rows of %s are protected: they must not lose what they refer to. Delete or move them first."
              .formatted(child);
    };
  }

  static String effect(TreeNode.Effect effect) {
    return switch (effect) {
      case DELETED -> "removed";
      case MARKED -> "marked as deleted";
      case LEFT_DANGLING -> "kept, refers to nothing";
      default -> effect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  static String sort(TreeNode.Effect effect) {
    return switch (effect) {
      case DELETED -> "removed";
      case MARKED, SET_NULL, SET_DEFAULT, SET, REASSIGNED -> "changed";
      case PROTECTED, RESTRICTED, UNDECIDED, LEFT_DANGLING -> "kept";
    };
  }
}
