package org.lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures in the middle of what somebody wrote about them. */
final class Inserted {

  static final String BEGIN = "<!-- figures -->\n";
  static final String END = "<!-- end of figures -->\n";

  private Inserted() {}

  /**
   * The file with the text in place of what it has between the two marks; without them, the text.
   */
  static String into(Path file, String text) throws IOException {
    String old = Files.exists(file) ? Files.readString(file) : "";
    int begin = old.indexOf(BEGIN);
    int end = old.indexOf(END);
    return begin < 0 || end < begin
        ? text
        : old.substring(0, begin + BEGIN.length()) + "\n" + text + "\n" + old.substring(end);
  }
}
