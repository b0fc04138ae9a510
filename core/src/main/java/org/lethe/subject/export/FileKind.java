package org.lethe.subject.export;

import java.util.Locale;

/**
 * What a file is, by its first bytes: a name may say anything.
 *
 * @param picture whether a browser shows it, and cannot be made to run anything by it
 */
record FileKind(String extension, boolean picture) {

  static final FileKind UNKNOWN = new FileKind("bin", false);

  /**
   * @param start the first bytes, 16 are enough, in hex
   */
  static FileKind of(String start) {
    String hex = start.toLowerCase(Locale.ROOT);
    if (hex.startsWith("89504e470d0a1a0a")) {
      return new FileKind("png", true);
    }
    if (hex.startsWith("ffd8ff")) {
      return new FileKind("jpg", true);
    }
    if (hex.startsWith("474946383761") || hex.startsWith("474946383961")) {
      return new FileKind("gif", true);
    }
    if (hex.startsWith("52494646") && hex.startsWith("57454250", 16)) {
      return new FileKind("webp", true);
    }
    if (hex.startsWith("255044462d")) {
      return new FileKind("pdf", false);
    }
    return hex.startsWith("504b0304") ? new FileKind("zip", false) : UNKNOWN;
  }
}
