package org.lethe.personal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words a database name is made of: lower case, in order, whatever the writing style. */
public record NameWords(List<String> words) {

  private static final Map<String, String> IRREGULAR =
      Map.of(
          "people", "person",
          "children", "child",
          "statuses", "status",
          "addresses", "address",
          "staff", "staff",
          "news", "news",
          "series", "series",
          "media", "media",
          "data", "data");

  public NameWords {
    words = List.copyOf(words);
  }

  /** {@code invoice_line}, {@code InvoiceLine} and {@code invoice-LINE} are the same words. */
  public static NameWords of(String name) {
    String spaced =
        name.replaceAll("(\\p{Ll}|\\d)(\\p{Lu})", "$1 $2")
            .replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1 $2");
    List<String> words = new ArrayList<>();
    for (String word : spaced.split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty()) {
        words.add(word.toLowerCase(Locale.ROOT));
      }
    }
    return new NameWords(words);
  }

  /** The same with its last word, the thing it names, in the singular. */
  public NameWords singular() {
    if (words.isEmpty()) {
      return this;
    }
    List<String> singular = new ArrayList<>(words);
    singular.set(words.size() - 1, singular(last()));
    return new NameWords(singular);
  }

  /** The empty string if there is no word at all. */
  public String last() {
    return words.isEmpty() ? "" : words.get(words.size() - 1);
  }

  public boolean contains(String... any) {
    return List.of(any).stream().anyMatch(words::contains);
  }

  public boolean endsWith(NameWords tail) {
    int from = words.size() - tail.words.size();
    return !tail.words.isEmpty()
        && from >= 0
        && words.subList(from, words.size()).equals(tail.words);
  }

  public boolean startsWith(NameWords head) {
    return !head.words.isEmpty()
        && words.size() >= head.words.size()
        && words.subList(0, head.words.size()).equals(head.words);
  }

  public NameWords withoutLast() {
    return new NameWords(words.subList(0, Math.max(0, words.size() - 1)));
  }

  public String joined() {
    return String.join("_", words);
  }

  private static String singular(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (word.length() > 4 && word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.matches(".*(sses|xes|ches|shes)")) {
      return word.substring(0, word.length() - 2);
    }
    if (word.length() > 3 && word.endsWith("s") && !word.matches(".*(ss|us|is)")) {
      return word.substring(0, word.length() - 1);
    }
    return word;
  }
}
