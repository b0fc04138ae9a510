package org.lethe.server.removal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.collect.Blocker;
import org.lethe.collect.PathStep;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.collect.Row;
import org.lethe.collect.Selected;
import org.lethe.collect.Selection;
import org.lethe.collect.TreeNode;
import org.lethe.collect.Updated;
import org.lethe.diagram.Diagram;
import org.lethe.diagram.SvgRenderer;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.plan.PlanJson;
import org.lethe.plan.StalePlanException;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Choices;
import org.lethe.policy.Decisions;
import org.lethe.policy.SecondPerson;
import org.lethe.schema.TableId;
import org.lethe.server.approval.Approvals;
import org.lethe.server.page.TypedName;
import org.lethe.server.records.RecordAddress;
import org.lethe.server.records.RecordTables;
import org.lethe.server.records.RecordWords;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Service;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Looks at removals and does them: by who may delete rows of every table that loses some, and only
 * what they were shown. Memory does not grow with the rows concerned. Thread-safe.
 */
@Service
public final class Removals {

  private static final Preview.Cap TREE = new Preview.Cap(6, 5, 200);
  private static final int DEEPEST_PICTURE = 60;

  private final Lethe lethe;
  private final Decisions decisions;
  private final RecordTables tables;
  private final Approvals approvals;

  Removals(Lethe lethe, RecordTables tables, Approvals approvals) {
    this.lethe = lethe;
    this.decisions = lethe.decisions();
    this.tables = tables;
    this.approvals = approvals;
  }

  /**
   * What deleting these rows would do, in the ways that this account may take.
   *
   * @param choices what was chosen in place of the policy
   * @throws InputException if something chosen cannot be done
   * @throws org.lethe.collect.UnusableTargetException if rows are handed to one that cannot have
   *     them
   */
  public Sight look(Me me, Roots roots, Choices choices) {
    Lethe chosen = lethe.with(choices);
    boolean mayTrash = me.may(Action.DELETE, roots.table());
    boolean mayPurge = me.may(Action.PURGE, roots.table());
    if (!mayTrash && !mayPurge) {
      me.require(Action.DELETE, roots.table());
    }
    @Nullable Selection trash = mayTrash ? chosen.plan(roots, Way.TRASH.kind()).selection() : null;
    // Without rows that are only marked, both ways touch the same.
    boolean alike = trash != null && chosen.decisions().markedWith(roots.table()).isEmpty();
    @Nullable Selection good =
        !mayPurge ? null : alike ? trash : chosen.plan(roots, Way.GOOD.kind()).selection();
    Selection shown = trash == null ? java.util.Objects.requireNonNull(good) : trash;
    String name = name(roots, shown);
    return new Sight(
        decisions.catalog().displayName(roots.table()),
        RecordAddress.of(decisions.catalog(), roots.table()),
        name,
        shown.counts().total(),
        shown.updates().stream().mapToLong(Updated::rows).sum(),
        trash == null ? null : course(me, trash, Way.TRASH),
        good == null ? null : course(me, good, Way.GOOD),
        name,
        RecordWords.period(decisions.trash(roots.table()).keep()));
  }

  /** The label of a single row, else its table and how many there are. */
  private String name(Roots roots, Selection selection) {
    String table = decisions.catalog().displayName(roots.table());
    if (roots instanceof Roots.Keys keys && keys.keys().size() == 1) {
      return lethe
          .row(keys.table(), keys.keys().get(0))
          .map(Row::label)
          .filter(label -> !label.isEmpty())
          .orElse(table + " " + String.join(", ", keys.keys().get(0)));
    }
    long rows =
        selection.tables().stream().mapToLong(t -> t.reachedBy().getOrDefault("", 0L)).sum();
    return RecordWords.rows(rows) + " of " + table;
  }

  private Sight.Course course(Me me, Selection selection, Way way) {
    RemovalWords words = new RemovalWords(decisions, tables, me);
    List<Sight.Line> lines =
        Stream.concat(
                selection.tables().stream().map(words::line),
                selection.updates().stream().map(words::line))
            .toList();
    return new Sight.Course(
        Seen.of(selection, decisions.catalog()).write(),
        lines,
        selection.warnings().stream().map(w -> w.subject() + ": " + w.text()).toList(),
        selection.blockers().stream().map(words::stop).toList(),
        missing(me, selection, way),
        picture(selection));
  }

  /** Tables that would lose rows which this account may not delete there. */
  private List<String> missing(Me me, Selection selection, Way way) {
    return selection.tables().stream()
        .map(Selected::table)
        .filter(t -> !me.may(way.action(), t))
        .map(decisions.catalog()::displayName)
        .toList();
  }

  /** The picture needs the counts only, and has been told them. */
  private String picture(Selection selection) {
    UriComponentsBuilder uri =
        UriComponentsBuilder.fromPath(
            RecordAddress.of(decisions.catalog(), selection.roots().table())
                + "/delete/picture.svg");
    String word = RecordAddress.of(decisions.catalog(), selection.roots().table());
    String before = word.substring(0, word.lastIndexOf('/') + 1);
    Stream<Map.Entry<TableId, Long>> rows =
        Stream.concat(
            selection.tables().stream().map(t -> Map.entry(t.table(), t.rows())),
            selection.updates().stream().map(u -> Map.entry(u.relation().child(), u.rows())));
    rows.collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, LinkedHashMap::new))
        .forEach(
            (table, n) ->
                uri.queryParam(
                    "rows",
                    RecordAddress.of(decisions.catalog(), table).substring(before.length())
                        + ":"
                        + n));
    ChosenInPicture.write(selection.choices()).forEach(c -> uri.queryParam("chose", c));
    return uri.build().toUriString();
  }

  /**
   * Draws the reach of a removal.
   *
   * @param rows {@code table:rows}, as {@link #picture} writes it
   * @param chose what was chosen in place of the policy, likewise
   */
  String draw(Me me, TableId root, List<String> rows, List<String> chose) {
    me.require(Action.VIEW, root);
    Map<TableId, Long> counts = new LinkedHashMap<>();
    for (String entry : rows.subList(0, Math.min(rows.size(), DEEPEST_PICTURE))) {
      int colon = entry.lastIndexOf(':');
      try {
        counts.put(
            RecordAddress.table(decisions.catalog(), entry.substring(0, Math.max(colon, 0))),
            Long.parseLong(entry.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new InputException("This is no picture of a removal.", e);
      }
    }
    return SvgRenderer.render(
        Diagram.reach(
            decisions.with(ChosenInPicture.read(chose, decisions.graph().relations())),
            root,
            counts));
  }

  /** What to do about something that is in the way, for whoever is told of it. */
  public String fix(Blocker blocker) {
    return RemovalWords.fix(decisions, blocker);
  }

  /** The plan as it is approved elsewhere. */
  public String plan(Me me, Roots roots, Choices choices, Way way) {
    me.require(way.action(), roots.table());
    return new PlanJson(decisions).write(lethe.with(choices).plan(roots, way.kind()));
  }

  /** The rows with what hangs on them, as far as that fits on a page. */
  public List<Twig> tree(Me me, Roots roots, Choices choices) {
    Way way = me.may(Action.DELETE, roots.table()) ? Way.TRASH : Way.GOOD;
    me.require(way.action(), roots.table());
    RemovalWords words = new RemovalWords(decisions, tables, me);
    @Nullable String why =
        choices.isEmpty() && roots instanceof Roots.Keys keys && keys.keys().size() == 1
            ? RecordAddress.of(decisions.catalog(), roots.table(), keys.keys().get(0))
                + "/delete/why"
            : null;
    return lethe.with(choices).preview(roots, way.kind(), TREE).tree().stream()
        .map(node -> twig(me, words, node, why))
        .toList();
  }

  private Twig twig(Me me, RemovalWords words, TreeNode node, @Nullable String why) {
    Row row = node.row();
    boolean open = me.may(Action.VIEW, row.table()) && tables.addressable(row.table());
    List<Twig.Fork> forks = new ArrayList<>();
    for (TreeNode.Branch branch : node.branches()) {
      List<Twig> shown = branch.shown().stream().map(n -> twig(me, words, n, why)).toList();
      forks.add(
          new Twig.Fork(
              branch.relation(),
              RemovalWords.effect(branch.effect()),
              RemovalWords.sort(branch.effect()),
              branch.rows(),
              shown,
              branch.rows() - shown.size()));
    }
    String address = open ? RecordAddress.of(decisions.catalog(), row.table(), row.key()) : null;
    return new Twig(
        words.row(row),
        address,
        address == null || why == null
            ? null
            : why + "?of=" + address.substring("/records/".length()),
        forks);
  }

  /** The path from the root to a row, a sentence per step; empty if the removal leaves it alone. */
  public List<String> why(Me me, Roots roots, TableId table, List<String> key) {
    Way way = me.may(Action.DELETE, roots.table()) ? Way.TRASH : Way.GOOD;
    me.require(way.action(), roots.table());
    me.require(Action.VIEW, table);
    RemovalWords words = new RemovalWords(decisions, tables, me);
    List<String> steps = new ArrayList<>();
    for (PathStep step : lethe.why(roots, way.kind(), table, key)) {
      steps.add(
          words.row(step.row())
              + (step.relation() == null ? ", which you chose" : ", by " + step.relation()));
    }
    return steps;
  }

  /** What was done, and how it was called before. */
  public record Done(DeletionReport report, String name) {}

  /**
   * Deletes, if what is found now is what was shown.
   *
   * @param typed the name, where rows go for good
   * @throws StalePlanException if other rows are found now
   * @throws org.lethe.collect.BlockedException if something blocks
   * @throws InputException if the name is another
   * @throws org.lethe.server.approval.WaitsException if a second person is to agree first
   * @throws NotPermittedException if some table's rows may not be deleted
   */
  public Done remove(
      Me me,
      Roots roots,
      Choices choices,
      Way way,
      Seen seen,
      String typed,
      @Nullable String reason) {
    me.require(way.action(), roots.table());
    Plan plan = lethe.with(choices).plan(roots, way.kind());
    List<String> missing = missing(me, plan.selection(), way);
    if (!missing.isEmpty()) {
      throw new NotPermittedException(
          "you may not delete rows of %s, which would go along; nothing was deleted"
              .formatted(String.join(", ", missing)));
    }
    List<String> differences = seen.differences(Seen.of(plan.selection(), decisions.catalog()));
    if (!differences.isEmpty()) {
      throw new StalePlanException(differences);
    }
    String name = name(roots, plan.selection());
    if (way == Way.TRASH) {
      return new Done(
          lethe
              .trash()
              .apply(plan, Tolerance.NONE, decisions.trash(roots.table()).keep(), me.by(reason)),
          name);
    }
    if (!TypedName.is(typed, name)) {
      throw new InputException(
          "What you typed is not the name of what would go; nothing was deleted.");
    }
    approvals.askFirst(
        me,
        SecondPerson.DELETE,
        name,
        roots.table(),
        new PlanJson(decisions).write(plan),
        plan.hash(),
        reason);
    return new Done(apply(me, plan, reason), name);
  }

  /** Deletes for good what was agreed to, and nothing else. */
  DeletionReport apply(Me me, Plan plan, @Nullable String reason) {
    me.require(Action.PURGE, plan.selection().roots().table());
    List<String> missing = missing(me, plan.selection(), Way.GOOD);
    if (!missing.isEmpty()) {
      throw new NotPermittedException(
          "rows of %s would go along, and who asked may not delete them; nothing was deleted"
              .formatted(String.join(", ", missing)));
    }
    return lethe.trash().applyPermanently(plan, Tolerance.NONE, me.by(reason));
  }
}
