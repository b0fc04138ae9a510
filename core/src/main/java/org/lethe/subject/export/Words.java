package org.lethe.subject.export;

import java.util.Locale;
import java.util.Set;

/** Makes names of tables, columns and files fit for people and for file systems. */
final class Words {

  private static final Set<String> ABBREVIATIONS =
      Set.of("api", "id", "ip", "url", "vat", "sku", "iban");

  private Words() {}

  /** {@code newsletter_subscription} is "Newsletter subscription", {@code PostalCode} too. */
  static String heading(String name) {
    String spaced =
        name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replace('_', ' ').replace('.', ' ').strip();
    String bare = spaced.replaceAll("(?i)(?<=.) id$", "");
    StringBuilder words = new StringBuilder();
    for (String word : bare.split(" +", -1)) {
      String lower = word.toLowerCase(Locale.ROOT);
      words.append(words.isEmpty() ? "" : " ");
      words.append(ABBREVIATIONS.contains(lower) ? lower.toUpperCase(Locale.ROOT) : lower);
    }
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /**
   * A place of a store for people: {@code session:{customer_id}:*} is "session".
   *
   * @param store what it is called where nothing else is left
   */
  static String place(String place, String store) {
    String bare =
        place
            .replaceAll("\\{[^}]*}", " ")
            .replaceAll("\\?.*", " ")
            .replaceAll("[^\\p{L}\\p{N}_. ]+", " ")
            .replaceAll("(?<![\\p{L}\\p{N}])\\.|\\.(?![\\p{L}\\p{N}])", " ")
            .strip();
    return heading(bare.isEmpty() ? store : bare);
  }

  /** Letters, digits and hyphens. */
  static String slug(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "rows" : slug.length() > 60 ? slug.substring(0, 60) : slug;
  }

  /** Such as {@code 12 rows}. */
  static String count(long n, String one) {
    return String.format(Locale.ROOT, "%,d %s%s", n, one, n == 1 ? "" : "s");
  }

  static String bytes(long n) {
    if (n < 1000) {
      return n + (n == 1 ? " byte" : " bytes");
    }
    return n < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", n / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", n / 1e6);
  }
}
