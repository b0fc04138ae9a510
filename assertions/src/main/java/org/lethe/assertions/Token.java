package org.lethe.assertions;

import java.security.SecureRandom;
import java.util.List;

/**
 * What is looked for: letters and digits that occur nowhere else, new for every canary. Lower case,
 * so that they are found where an application writes all in lower case.
 */
final class Token {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LETTERS = 7;
  private static final int DIGITS = 12;
  private static final int CODE = 3;
  private static final int ALPHABET = 26;

  private final String text = "cn" + random(LETTERS, 'a', ALPHABET);

  /** For telephone numbers, which often may have digits only. */
  private final String digits = random(DIGITS, '1', 9);

  /** For what may stay: where several people share a text, only who they are has to go. */
  private final String words = "wd" + random(LETTERS, 'a', ALPHABET);

  private int codes;

  private static String random(int length, char first, int many) {
    StringBuilder random = new StringBuilder();
    for (int i = 0; i < length; i++) {
      random.append((char) (first + RANDOM.nextInt(many)));
    }
    return random.toString();
  }

  String text() {
    return text;
  }

  /** The token with a code that tells one column from the other. */
  String next() {
    return text + code();
  }

  /** Words that do not say who wrote them, with such a code. */
  String nextWords() {
    return words + code();
  }

  String phone() {
    return "+" + digits;
  }

  /** What must be nowhere when all is done. */
  List<String> wanted() {
    return List.of(text, digits);
  }

  private String code() {
    StringBuilder code = new StringBuilder();
    int left = codes++;
    for (int i = 0; i < CODE; i++) {
      code.insert(0, (char) ('a' + left % ALPHABET));
      left /= ALPHABET;
    }
    return code.toString();
  }
}
