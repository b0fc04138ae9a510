package org.lethe.subject.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes a page: everything that is not written here as markup is escaped. */
final class Html {

  private static final String STYLE = resource("export.css");

  private final Writer writer;

  Html(OutputStream out) {
    this.writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }

  /** The start of a page that runs nothing and loads nothing but pictures beside it. */
  Html start(String title) {
    return raw("""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>""")
        .text(title)
        .raw("</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n");
  }

  Html end(String note) {
    raw("<footer>").text(note).raw("</footer>\n</body>\n</html>\n");
    try {
      writer.flush();
    } catch (IOException e) {
      throw failure(e);
    }
    return this;
  }

  /** Markup of our own. */
  Html raw(String markup) {
    try {
      writer.write(markup);
    } catch (IOException e) {
      throw failure(e);
    }
    return this;
  }

  /** Text from anywhere. */
  Html text(String text) {
    return raw(escaped(text));
  }

  /** An element with nothing but text in it. */
  Html element(String tag, String text) {
    return raw("<" + tag + ">").text(text).raw("</" + tag.split(" ", 2)[0] + ">");
  }

  Html link(String href, String text) {
    return raw("<a href=\"").text(href).raw("\">").text(text).raw("</a>");
  }

  /** Neither ends an element nor an attribute; control characters become visible. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append(c);
        // Marks that turn the direction of what follows would let a value overwrite the page.
        case '\u202A', '\u202B', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068' ->
            out.append('\uFFFD');
        default -> out.append(c < ' ' || (c >= '\u007f' && c < '\u00a0') ? '\uFFFD' : c);
      }
    }
    return out.toString();
  }

  private static UncheckedIOException failure(IOException e) {
    return new UncheckedIOException("the export cannot be written", e);
  }

  private static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + name + " cannot be read", e);
    }
  }
}
