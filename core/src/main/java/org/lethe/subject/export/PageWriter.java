package org.lethe.subject.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes a large section, a page after the other, while its rows come. */
final class PageWriter {

  private final Archive archive;
  private final Pages pages;
  private final IndexPage index;
  private final Section section;
  private final String footer;
  private Archive.@Nullable Open file;
  private @Nullable Html html;
  private @Nullable HtmlRows rows;

  PageWriter(Archive archive, Pages pages, IndexPage index, Section section, String footer) {
    this.archive = archive;
    this.pages = pages;
    this.index = index;
    this.section = section;
    this.footer = footer;
  }

  void write() {
    section.forEach(
        row -> {
          if ((row.number() - 1) % Pages.PER_PAGE == 0) {
            end();
            start((row.number() - 1) / Pages.PER_PAGE + 1);
          }
          if (rows != null) {
            rows.row(row);
          }
        });
    end();
  }

  private void start(long page) {
    String path = Pages.path(section, page);
    Archive.Open opened = archive.open(path);
    Html started = new Html(opened).start("%s, page %d".formatted(section.heading(), page));
    started.raw("<header><p>").link("../" + Pages.INDEX + "#" + section.slug(), "All your data");
    started.raw("</p>").element("h1", section.heading());
    started.element(
        "p class=\"lead\"",
        "%s, page %d of %d".formatted(IndexPage.counted(section), page, pages.count(section)));
    started.raw("<nav aria-label=\"Pages\">");
    index.links(started, section, page, "../");
    started.raw("</nav></header>\n<section>\n");
    HtmlRows writer = new HtmlRows(started, pages, section, "../", path);
    writer.start();
    file = opened;
    html = started;
    rows = writer;
  }

  private void end() {
    if (file == null || html == null || rows == null) {
      return;
    }
    rows.end();
    html.raw("</section>\n").end(footer);
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the export cannot be written", e);
    }
    file = null;
  }
}
