package org.lethe.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lethe.diagram.Diagram;
import org.lethe.diagram.MermaidRenderer;
import org.lethe.diagram.SvgRenderer;
import org.lethe.schema.TableId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the relation graph. */
@Command(
    name = "graph",
    description =
        "Draw what hangs on a table, or all tables, with what removal does to each relation.",
    footer = {
      "  lethe graph customer",
      "  lethe graph customer --depth 2 -o customer.svg",
      "  lethe graph -o schema.mmd"
    })
final class GraphCommand implements Callable<Integer> {

  /** How the picture is written. */
  enum Format {
    SVG,
    MERMAID;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final LetheCommand lethe;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..1",
      description = "table in the middle; without one all tables")
  private @Nullable String table;

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "relations away from the table, default ${DEFAULT-VALUE}")
  private int depth = 3;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write it here: .svg is a picture, .mmd Mermaid text")
  private @Nullable Path output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; else by the name of FILE, else mermaid")
  private @Nullable Format format;

  GraphCommand(LetheCommand lethe) {
    this.lethe = lethe;
  }

  @Override
  public Integer call() {
    if (depth < 0) {
      throw new UsageException("--depth must not be negative");
    }
    Format chosen = format();
    Session session = Session.open(lethe);
    TableId center = table == null ? null : TableArgument.find(table, session.lethe().catalog());
    Diagram diagram = Diagram.around(session.lethe().decisions(), center, depth);
    String picture =
        chosen == Format.SVG ? SvgRenderer.render(diagram) : MermaidRenderer.render(diagram);
    if (output == null) {
      lethe.terminal().result(picture.stripTrailing());
    } else {
      OutputFile.write(output, picture);
      lethe
          .terminal()
          .note(
              "%s written: %d tables, %d relations"
                  .formatted(output, diagram.nodes().size(), diagram.edges().size()));
    }
    return ExitCode.DONE;
  }

  private Format format() {
    if (format != null) {
      return format;
    }
    if (output == null) {
      return Format.MERMAID;
    }
    String name = output.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".svg")) {
      return Format.SVG;
    }
    if (name.endsWith(".mmd") || name.endsWith(".mermaid") || name.endsWith(".md")) {
      return Format.MERMAID;
    }
    throw new UsageException(
        "what should " + output + " be? Name it .svg or .mmd, or add --format svg or mermaid");
  }
}
