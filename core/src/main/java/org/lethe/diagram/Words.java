package org.lethe.diagram;

/** Measures text without a font at hand: a little generous, so that boxes fit in any sans-serif. */
final class Words {

  /** Longest text in a box, in units of the font size; about forty letters. */
  private static final double LONGEST = 23;

  private Words() {}

  /** Width in pixels. */
  static double width(String text, double fontSize) {
    return units(text) * fontSize;
  }

  /** Shortens a name that no box should be wide enough for. */
  static String fit(String text) {
    if (units(text) <= LONGEST) {
      return text;
    }
    StringBuilder fitted = new StringBuilder();
    double width = 1;
    for (int c : text.codePoints().toArray()) {
      width += unit(c);
      if (width > LONGEST) {
        break;
      }
      fitted.appendCodePoint(c);
    }
    return fitted.append('…').toString();
  }

  private static double units(String text) {
    return text.codePoints().mapToDouble(Words::unit).sum();
  }

  private static double unit(int c) {
    if (c >= 0x1100) {
      return 1.05;
    }
    if ("iljtf.,;:'|!()[] ".indexOf(c) >= 0) {
      return 0.38;
    }
    if ("mwMW@%".indexOf(c) >= 0) {
      return 0.95;
    }
    return Character.isUpperCase(c) ? 0.72 : 0.61;
  }
}
