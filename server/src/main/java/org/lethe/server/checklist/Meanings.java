package org.lethe.server.checklist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.lethe.checklist.Code;
import org.springframework.stereotype.Component;

/**
 * What each finding means and how it is settled, in the words of {@code docs/checklist.md}, which
 * is part of this program. Immutable.
 */
@Component
final class Meanings {

  private static final Pattern SECTION =
      Pattern.compile("^### ([a-z-]+)\\n(.*?)(?=^##|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

  /** Links lead to other sections of that file; each has a page of its own here. */
  private static final Pattern LINK = Pattern.compile("\\]\\(#([a-z-]+)\\)");

  private final Map<Code, String> pages = new EnumMap<>(Code.class);

  Meanings() {
    List<Extension> tables = List.of(TablesExtension.create());
    Parser parser = Parser.builder().extensions(tables).build();
    HtmlRenderer html =
        HtmlRenderer.builder().extensions(tables).escapeHtml(true).sanitizeUrls(true).build();
    Matcher section = SECTION.matcher(text());
    while (section.find()) {
      String body = LINK.matcher(section.group(2)).replaceAll("](/checklist/codes/$1)");
      named(section.group(1)).ifPresent(c -> pages.put(c, html.render(parser.parse(body))));
    }
  }

  static Optional<Code> named(String id) {
    return Arrays.stream(Code.values()).filter(c -> c.id().equals(id)).findFirst();
  }

  /** As HTML of our own making. */
  Optional<String> of(Code code) {
    return Optional.ofNullable(pages.get(code));
  }

  private static String text() {
    try (InputStream in =
        Meanings.class.getResourceAsStream("/org/lethe/server/docs/checklist.md")) {
      if (in == null) {
        throw new IllegalStateException("docs/checklist.md is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("docs/checklist.md cannot be read", e);
    }
  }
}
