package org.lethe.diagram;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lethe.diagram.Diagram.Edge;
import org.lethe.diagram.Diagram.Node;
import org.lethe.schema.TableId;

/**
 * Writes a diagram as Mermaid flowchart text, which many forges and wikis draw by themselves.
 * Arrows lead from a table to what hangs on it; links are dotted.
 */
public final class MermaidRenderer {

  private MermaidRenderer() {}

  public static String render(Diagram diagram) {
    StringBuilder text = new StringBuilder();
    text.append("---\ntitle: \"").append(yaml(diagram.title())).append("\"\n---\n");
    text.append("flowchart LR\n");
    Map<TableId, String> ids = new HashMap<>();
    for (Node node : diagram.nodes()) {
      String id = "t" + ids.size();
      ids.put(node.table(), id);
      text.append("  ").append(id).append("[\"").append(escape(node.name()));
      if (node.rows() != null) {
        text.append("<br/>").append(rows(node.rows()));
      }
      text.append("\"]\n");
    }
    Map<Effect, List<Integer>> byEffect = new EnumMap<>(Effect.class);
    for (int i = 0; i < diagram.edges().size(); i++) {
      Edge edge = diagram.edges().get(i);
      text.append("  ").append(ids.get(edge.parent())).append(edge.link() ? " -.->" : " -->");
      text.append("|\"").append(escape(edge.columns())).append("<br/>");
      text.append(Effect.word(edge.onDelete())).append("\"| ");
      text.append(ids.get(edge.child())).append('\n');
      byEffect.computeIfAbsent(Effect.of(edge.onDelete()), e -> new ArrayList<>()).add(i);
    }
    byEffect.forEach(
        (effect, edges) ->
            text.append("  linkStyle ")
                .append(edges.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .append(" stroke:")
                .append(effect.light)
                .append(",stroke-width:2px\n"));
    String center = diagram.center() == null ? null : ids.get(diagram.center());
    if (center != null) {
      text.append("  style ").append(center).append(" stroke-width:3px\n");
    }
    return text.toString();
  }

  private static String rows(long rows) {
    return String.format(Locale.ROOT, "%,d", rows) + (rows == 1 ? " row" : " rows");
  }

  /** Mermaid reads {@code #code;} as a character, so that no name can end its own string. */
  private static String escape(String name) {
    StringBuilder escaped = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                escaped.append(' ');
              } else if (c < 128 && !Character.isLetterOrDigit(c) && " _.,()=-".indexOf(c) < 0) {
                escaped.append('#').append(c).append(';');
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  private static String yaml(String title) {
    return title.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
