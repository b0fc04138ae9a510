package org.lethe.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.collect.PathStep;
import org.lethe.collect.Preview;
import org.lethe.collect.PreviewJson;
import org.lethe.collect.Roots;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a removal would touch. */
@Command(
    name = "preview",
    description = "Show what a removal would touch; changes and locks nothing. Exit 1 if blocked.",
    footer = {
      "  lethe preview customer 1",
      "  lethe preview customer 1 --why invoice_line 531",
      "  lethe preview playlist_track 1,3402 --format json",
      "  lethe preview subscription --where \"confirmed_at is null\""
    })
final class PreviewCommand implements Callable<Integer> {

  private final LetheCommand lethe;

  @Mixin private final RootArguments roots = new RootArguments();
  @Mixin private final KindOption kind = new KindOption();
  @Mixin private final ChooseOption choose = new ChooseOption();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private PreviewFormat format = PreviewFormat.TREE;

  @Option(
      names = "--why",
      arity = "2",
      paramLabel = "TABLE KEY",
      hideParamSyntax = true,
      description = "print only the path from a root to this row")
  private @Nullable List<String> why;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "levels of the tree below the roots, default 6; 0 for none")
  private @Nullable Integer depth;

  @Option(names = "--limit", paramLabel = "N", description = "rows shown per branch, default 5")
  private @Nullable Integer limit;

  PreviewCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    roots.check();
    choose.check();
    Preview.Cap cap = cap();
    if (why != null && (format == PreviewFormat.SQL || format == PreviewFormat.NDJSON)) {
      throw new UsageException("--why prints a path: use --format tree or json with it");
    }
    Session session = choose.in(Session.open(lethe), null);
    Catalog catalog = session.lethe().catalog();
    Roots start = roots.resolve(catalog, lethe.terminal());
    if (why != null) {
      return explain(session, start, why.get(0), why.get(1));
    }
    Progress progress = new Progress(lethe.terminal());
    if (format == PreviewFormat.SQL) {
      var plan = progress.during("collecting", () -> session.lethe().plan(start, kind.kind()));
      new PlanSql(catalog).lines(plan).forEach(lethe.terminal()::result);
      return plan.selection().blocked() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
    }
    Preview preview =
        progress.during("collecting", () -> session.lethe().preview(start, kind.kind(), cap));
    print(preview, catalog, format, lethe.terminal());
    return preview.selection().blocked() ? ExitCode.FINDINGS_OR_BLOCKED : ExitCode.DONE;
  }

  private static void print(
      Preview preview, Catalog catalog, PreviewFormat format, Terminal terminal) {
    PreviewText text = new PreviewText(catalog, terminal.paint(), terminal::result);
    switch (format) {
      case TREE -> text.printTree(preview);
      case TABLE -> text.printTable(preview.selection());
      case JSON -> terminal.result(JsonText.indented(PreviewJson.of(preview, catalog)));
      case NDJSON ->
          PreviewJson.lines(preview, catalog).forEach(l -> terminal.result(JsonText.line(l)));
      case SQL -> throw new IllegalArgumentException("SQL is printed from a plan");
    }
  }

  private int explain(Session session, Roots start, String tableName, String keyText) {
    Catalog catalog = session.lethe().catalog();
    Terminal terminal = lethe.terminal();
    TableId table = TableArgument.find(tableName, catalog);
    List<String> key = KeyText.parse(keyText, table, catalog);
    List<PathStep> path = session.lethe().why(start, kind.kind(), table, key);
    if (format == PreviewFormat.JSON) {
      terminal.result(JsonText.indented(PreviewJson.path(path, catalog)));
    } else {
      new PreviewText(catalog, terminal.paint(), terminal::result)
          .printWhy(
              catalog.displayName(table) + " " + KeyText.write(key),
              Words.roots(start, catalog),
              path);
    }
    return ExitCode.DONE;
  }

  private Preview.Cap cap() {
    refuseNegative("--depth", depth);
    refuseNegative("--limit", limit);
    boolean drawn = format == PreviewFormat.TREE || format == PreviewFormat.JSON;
    if (!drawn && (depth != null || limit != null)) {
      throw new UsageException("--depth and --limit are for --format tree and json");
    }
    // In JSON the tree is for those who ask for it: it carries labels, and costs statements.
    if (!drawn || (format == PreviewFormat.JSON && depth == null && limit == null)) {
      return Preview.Cap.NO_TREE;
    }
    Preview.Cap usual = Preview.Cap.DEFAULT;
    int perBranch = limit == null ? usual.perBranch() : limit;
    return new Preview.Cap(
        depth == null ? usual.depth() : depth,
        perBranch,
        Math.max(usual.nodes(), (int) Math.min(100_000L, perBranch * 40L)));
  }

  private static void refuseNegative(String option, @Nullable Integer value) {
    if (value != null && value < 0) {
      throw new UsageException(option + " must not be negative");
    }
  }
}
