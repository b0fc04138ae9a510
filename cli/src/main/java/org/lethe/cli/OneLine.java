package org.lethe.cli;

/** Makes text from elsewhere safe to print: no line breaks, no control sequences of a terminal. */
final class OneLine {

  private OneLine() {}

  static String of(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}\u202a-\u202e\u2066-\u2069]+", " ").strip();
  }
}
