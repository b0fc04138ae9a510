package org.lethe.policy;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people are mailed the word by which they show that a request is theirs. Immutable.
 *
 * @param smtp the mail server; {@code ${NAME}} is not put in yet
 * @param password for it, as well; null where nobody signs in
 * @param from who writes
 * @param link where the word can be entered, with {@code {word}} in it; null where there is no page
 * @param text with {@code {word}} or {@code {link}}
 */
public record MailRules(
    String smtp,
    @Nullable String password,
    MailAddress from,
    @Nullable String link,
    String subject,
    String text) {

  static final String USUAL_SUBJECT = "Please confirm your request about your data";

  static final String USUAL_TEXT =
      """
      Hello,

      somebody has made a request in your name about the data that we keep of you (number {number}).

      If it was you, please send us this word until {until}:

      {word}

      If it was not you, you need not do anything: without the word the request goes no further.
      """;

  static final String USUAL_TEXT_WITH_LINK =
      """
      Hello,

      somebody has made a request in your name about the data that we keep of you (number {number}).

      If it was you, please confirm it until {until} on this page:

      {link}

      Should the page ask for a word, it is: {word}

      If it was not you, you need not do anything: unless you confirm it, the request goes no further.
      """;

  /** What can stand in braces in a text. */
  static final List<String> IN_TEXT = List.of("word", "link", "until", "number");

  /** What can stand in braces in a link. */
  static final List<String> IN_LINK = List.of("word", "number");

  static final Pattern BRACES = Pattern.compile("\\{([A-Za-z_]+)}");

  /**
   * The link for one word; null where there is no page.
   *
   * @param number of the request
   */
  private @Nullable String link(String word, long number) {
    return link == null
        ? null
        : filled(link, Map.of("word", word, "number", Long.toString(number)));
  }

  /**
   * The text for one word.
   *
   * @param number of the request
   * @param until when the word is good for nothing any more, for people
   */
  public String text(String word, long number, String until) {
    @Nullable String page = link(word, number);
    return filled(
        text,
        Map.of(
            "word",
            word,
            "number",
            Long.toString(number),
            "until",
            until,
            "link",
            page == null ? "" : page));
  }

  /** In one go: what is put in is not looked at again. */
  private static String filled(String template, Map<String, String> values) {
    Matcher m = BRACES.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (m.find()) {
      String value = values.getOrDefault(m.group(1), m.group());
      m.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return m.appendTail(filled).toString();
  }
}
