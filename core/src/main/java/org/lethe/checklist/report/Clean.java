package org.lethe.checklist.report;

/** Names in a database may hold anything; what reads our texts must not trip over it. */
final class Clean {

  private static final int REPLACEMENT = 0xFFFD;

  private Clean() {}

  /** For a terminal: nothing that steers it. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  /** Only characters that XML 1.0 can hold. */
  static String xml(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(allowed(c) ? c : REPLACEMENT));
    return clean.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
