package org.lethe.subject.request;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lethe.subject.Mentions;

/**
 * Somebody to look for in texts.
 *
 * @param texts what they are called, each a word or several
 */
record Sought(Request request, Set<String> texts) {

  Sought {
    texts = Set.copyOf(texts);
  }

  /** What finds any of the texts, as an expression of the database. */
  String pattern() {
    return Mentions.pattern(texts);
  }

  /**
   * A word that everything has in which a text is found as {@link Mentions} says: the longest, for
   * few have that. Empty where there is none to be sure of.
   *
   * @param text one that is looked for
   * @param parts the text without what parts words, as the database takes it apart; empty at an end
   *     where no word is
   */
  static Optional<String> word(String text, List<String> parts) {
    // At an end that is no letter or digit, words may go on beyond what is looked for.
    int from = Character.isLetterOrDigit(text.codePointAt(0)) ? 0 : 1;
    int to = parts.size();
    if (!Character.isLetterOrDigit(text.codePointBefore(text.length()))) {
      to--;
    }
    return from >= to
        ? Optional.empty()
        : parts.subList(from, to).stream()
            .filter(w -> !w.isEmpty())
            .max(Comparator.comparingInt(String::length));
  }
}
