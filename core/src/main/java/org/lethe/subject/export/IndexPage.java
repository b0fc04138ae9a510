package org.lethe.subject.export;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The page to start from, with everything on it that is small enough. */
final class IndexPage {

  private final Pages pages;
  private final String footer;

  IndexPage(Pages pages, String footer) {
    this.pages = pages;
    this.footer = footer;
  }

  /**
   * Writes it.
   *
   * @param title the person as the policy calls them
   * @param notes what they should know first
   */
  void write(
      Html html,
      String title,
      String made,
      List<? extends Section> sections,
      List<String> notes,
      boolean portable) {
    html.start("Data about " + title).raw("<header>");
    html.raw("<p class=\"lead\">")
        .text(portable ? "Data you provided, to take elsewhere" : "Everything kept about")
        .raw("</p>");
    html.element("h1", title);
    html.element("p class=\"lead\"", made);
    html.raw("<p>").link("information.html", "What it is for, who gets it, and your rights");
    html.raw(" · ").link("data.json", "for programs").raw(" · ");
    html.link("manifest.json", "list of files").raw("</p></header>\n");
    for (String note : notes) {
      html.raw("<p class=\"alert\">").text(note).raw("</p>\n");
    }
    html.raw("<nav class=\"contents\" aria-label=\"Contents\">").element("h2", "Contents");
    html.raw("<ul>\n");
    for (Section section : sections) {
      html.raw("<li><a href=\"#").text(section.slug()).raw("\">").text(section.heading());
      html.raw(" ").element("span", String.format(Locale.ROOT, "%,d", section.rows()));
      html.raw("</a></li>\n");
    }
    html.raw("</ul></nav>\n");
    sections.forEach(s -> section(html, s));
    html.end(footer);
  }

  private void section(Html html, Section section) {
    html.raw("<section id=\"").text(section.slug()).raw("\">\n<div class=\"head\">");
    html.element("h2", section.heading());
    html.raw("<span class=\"count\">").text(counted(section)).raw("</span></div>\n");
    @Nullable String note = section.note();
    if (note != null) {
      html.element("p class=\"lead\"", note);
    }
    if (pages.inline(section)) {
      HtmlRows rows = new HtmlRows(html, pages, section, "", Pages.INDEX);
      rows.start();
      section.forEach(rows::row);
      rows.end();
    } else {
      html.element("p", Words.count(pages.count(section), "page") + ":");
      links(html, section, 0, "");
    }
    html.raw("</section>\n");
  }

  /** How much there is of it, and whose. */
  static String counted(Section section) {
    String shared =
        section.shared() == 0
            ? ""
            : section.shared() == section.rows()
                ? ", shared with others"
                : String.format(Locale.ROOT, ", %,d shared with others", section.shared());
    return Words.count(section.rows(), "entry").replace("entrys", "entries") + shared;
  }

  /**
   * Links to the pages of a section.
   *
   * @param current which of them this is; 0 for none
   */
  void links(Html html, Section section, long current, String up) {
    long count = pages.count(section);
    html.raw("<ul class=\"pages\">");
    long before = 0;
    for (long page = 1; page <= count; page++) {
      boolean near = page <= 2 || page > count - 2 || Math.abs(page - current) <= 3 || count <= 40;
      if (near) {
        html.raw(before < page - 1 ? "<li>…</li>" : "").raw("<li>");
        if (page == current) {
          html.element("strong aria-current=\"page\"", Long.toString(page));
        } else {
          html.link(up + Pages.path(section, page), Long.toString(page));
        }
        html.raw("</li>");
        before = page;
      }
    }
    html.raw("</ul>\n");
  }
}
