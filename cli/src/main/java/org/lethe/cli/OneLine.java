package org.lethe.cli;

/** Makes text from elsewhere safe to print: no line breaks, no control sequences of a terminal. */
final class OneLine {

  private OneLine() {}

  static String of(String text) {
    return part(text).strip();
  }

  /** The same for a part of a line: what is blank at its ends tells where a word ends. */
  static String part(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}\u202a-\u202e\u2066-\u2069]+", " ");
  }
}
