package org.lethe.diagram;

/** Text inside XML. */
final class Xml {

  private Xml() {}

  /** Escapes markup; characters that XML 1.0 has no way to write become a blank. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> {
        boolean writable =
            c >= 0x20
                && (c < 0x7f || c > 0x9f)
                && (c < 0xd800 || c > 0xdfff)
                && c != 0xfffe
                && c != 0xffff;
        escaped.appendCodePoint(writable ? c : ' ');
      }
    }
  }
}
