package org.lethe.subject.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lethe.policy.LabelTemplate;
import tools.jackson.databind.JsonNode;

/** Writes rows: side by side where they have few columns, else one below the other. */
final class HtmlRows {

  private static final int SIDE_BY_SIDE = 7;

  /** Levels of a document that are laid out. */
  private static final int DEEPEST = 5;

  private final Html html;
  private final Pages pages;
  private final Section section;
  private final List<Section.Heading> columns;
  private final String up;
  private final String path;
  private final boolean sideBySide;

  /**
   * @param up from this page to the top of the export
   * @param path of this page
   */
  HtmlRows(Html html, Pages pages, Section section, String up, String path) {
    this.html = html;
    this.pages = pages;
    this.section = section;
    this.columns = section.columns();
    this.up = up;
    this.path = path;
    this.sideBySide = columns.size() <= SIDE_BY_SIDE;
  }

  void start() {
    if (!sideBySide) {
      html.raw("<div class=\"cards\">\n");
      return;
    }
    html.raw("<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>");
    columns.forEach(c -> html.element("th scope=\"col\"", c.title()));
    html.raw("</tr></thead>\n<tbody>\n");
  }

  void end() {
    html.raw(sideBySide ? "</tbody>\n</table></div>\n" : "</div>\n");
  }

  void row(Row row) {
    String anchor = Html.escaped(Pages.anchor(section, row.number()));
    if (sideBySide) {
      html.raw("<tr id=\"" + anchor + "\">");
      for (int i = 0; i < columns.size(); i++) {
        html.raw(number(row.cells().get(i)) ? "<td class=\"n\">" : "<td>");
        cell(row.cells().get(i));
        if (i == 0) {
          badges(row);
        }
        html.raw("</td>");
      }
      html.raw("</tr>\n");
      return;
    }
    html.raw("<article id=\"" + anchor + "\">\n<h3>").text(title(row));
    badges(row);
    html.raw("</h3>\n<dl>\n");
    for (int i = 0; i < columns.size(); i++) {
      if (row.cells().get(i) instanceof Cell.Absent) {
        continue;
      }
      html.raw("<div>").element("dt", columns.get(i).title()).raw("<dd>");
      cell(row.cells().get(i));
      html.raw("</dd></div>\n");
    }
    html.raw("</dl>\n</article>\n");
  }

  private void badges(Row row) {
    if (row.deleted() != null) {
      html.raw(" <span class=\"badge trash\">").text(row.deleted()).raw("</span>");
    }
    if (row.shared()) {
      html.raw(" <span class=\"badge\">shared with others</span>");
    }
  }

  private static boolean number(Cell cell) {
    return cell instanceof Cell.Value value && Json.number(value.json());
  }

  /** From what is shown anyway, so that it says nothing more. */
  private String title(Row row) {
    LabelTemplate template = section.label();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String text = text(row.cells().get(i));
      if (text != null) {
        values.put(columns.get(i).column(), text);
      }
    }
    String label = template == null ? "" : template.render(values::get);
    String number = section.heading() + " " + row.number();
    return label.isEmpty() ? number : label.length() > 120 ? label.substring(0, 119) + "…" : label;
  }

  private static @Nullable String text(Cell cell) {
    if (cell instanceof Cell.Value value) {
      return Show.plain(value.json());
    }
    if (cell instanceof Cell.Reference reference) {
      return Show.plain(reference.json());
    }
    return cell instanceof Cell.Withheld ? "…" : null;
  }

  private void cell(Cell cell) {
    if (cell instanceof Cell.Value value) {
      value(value.json());
    } else if (cell instanceof Cell.Reference reference) {
      reference(reference);
    } else if (cell instanceof Cell.Withheld withheld) {
      String what = withheld.meaning() == null ? Cell.WITHHELD : withheld.meaning();
      html.raw("<span class=\"withheld\">").text(what).raw("</span>");
    } else if (cell instanceof Cell.Attached file) {
      attached(file);
    } else {
      html.raw("<span class=\"none\" title=\"nothing\">–</span>");
    }
  }

  private void reference(Cell.Reference reference) {
    Cell.Target target = reference.target();
    String href = target == null ? null : pages.href(target, up, path);
    String meaning = reference.meaning();
    if (href != null && target != null && pages.person(target)) {
      html.link(href, "you");
      return;
    }
    if (href != null) {
      html.link(href, meaning == null ? Show.plain(reference.json()) : meaning);
    } else if (meaning != null) {
      html.text(meaning);
    } else {
      html.text(Show.plain(reference.json()));
      return;
    }
    if (meaning != null && !meaning.equals(Show.plain(reference.json()))) {
      html.raw(" <span class=\"means\">").text(Show.plain(reference.json())).raw("</span>");
    }
  }

  private void value(String json) {
    if (!Json.compound(json)) {
      String text = Show.plain(json);
      if (text.isEmpty()) {
        html.raw("<span class=\"none\">(empty)</span>");
      } else {
        html.raw("<span class=\"v\">").text(text).raw("</span>");
      }
      return;
    }
    node(Json.read(json), 0);
  }

  /** A document, as a list of its members. */
  private void node(JsonNode node, int depth) {
    if (!node.isContainer()) {
      html.text(node.isNull() ? "–" : Show.plain(node.toString()));
    } else if (node.isEmpty()) {
      html.raw("<span class=\"none\">–</span>");
    } else if (Show.flat(node)) {
      html.text(Show.list(node));
    } else if (depth > DEEPEST) {
      html.raw("<pre>").text(Json.laidOut(node.toString())).raw("</pre>");
    } else {
      html.raw("<ul class=\"doc\">");
      if (node.isArray()) {
        for (JsonNode item : node) {
          html.raw("<li>");
          node(item, depth + 1);
          html.raw("</li>");
        }
      } else {
        node.properties()
            .forEach(
                member -> {
                  html.raw("<li><span class=\"means\">").text(member.getKey()).raw(":</span> ");
                  node(member.getValue(), depth + 1);
                  html.raw("</li>");
                });
      }
      html.raw("</ul>");
    }
  }

  private void attached(Cell.Attached file) {
    String href = up + file.path();
    if (file.picture()) {
      html.raw("<a href=\"").text(href).raw("\"><img loading=\"lazy\" alt=\"picture\" src=\"");
      html.text(href).raw("\"></a>");
    } else {
      html.link(href, file.path().substring(file.path().lastIndexOf('/') + 1));
      html.raw(" <span class=\"means\">").text(Words.bytes(file.bytes())).raw("</span>");
    }
  }
}
