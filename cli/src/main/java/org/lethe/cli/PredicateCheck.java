package org.lethe.cli;

/**
 * Sees to it that what follows {@code --where} is one expression and no more: no second statement,
 * no comment, brackets and quotes closed. Whether it makes sense is for the database to say.
 */
final class PredicateCheck {

  private final String text;
  private int at;
  private int depth;

  private PredicateCheck(String text) {
    this.text = text;
  }

  /**
   * @throws UsageException if it is not
   */
  static String oneExpression(String predicate) {
    if (predicate.isBlank()) {
      throw new UsageException(
          "--where needs a predicate, such as \"confirmed_at is null\"; for all rows write"
              + " --where true");
    }
    new PredicateCheck(predicate).check();
    return predicate.strip();
  }

  private void check() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'') {
        boolean escapes = at > 0 && "eE".indexOf(text.charAt(at - 1)) >= 0 && !wordBefore(at - 1);
        skipQuoted('\'', escapes);
      } else if (c == '"') {
        skipQuoted('"', false);
      } else if (c == '$' && !wordBefore(at)) {
        skipDollarQuoted();
      } else if (c == ';') {
        throw new UsageException("--where takes one predicate: leave out the semicolon");
      } else if (text.startsWith("--", at) || text.startsWith("/*", at)) {
        throw new UsageException("--where takes one predicate: leave out the comment");
      } else {
        count(c);
        at++;
      }
    }
    if (depth != 0) {
      throw new UsageException("--where: a bracket is not closed");
    }
  }

  private void count(char c) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth < 0) {
      throw new UsageException("--where: a bracket is closed that was not opened");
    }
  }

  private boolean wordBefore(int position) {
    return position > 0 && Character.isJavaIdentifierPart(text.charAt(position - 1));
  }

  private void skipQuoted(char quote, boolean escapes) {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (escapes && c == '\\') {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        at++;
        return;
      }
    }
    throw new UsageException("--where: a quote is not closed");
  }

  private void skipDollarQuoted() {
    int end = at + 1;
    while (end < text.length()
        && Character.isJavaIdentifierPart(text.charAt(end))
        && text.charAt(end) != '$') {
      end++;
    }
    if (end >= text.length() || text.charAt(end) != '$') {
      at++;
      return;
    }
    String tag = text.substring(at, end + 1);
    int close = text.indexOf(tag, end + 1);
    if (close < 0) {
      throw new UsageException("--where: a quote " + tag + " is not closed");
    }
    at = close + tag.length();
  }
}
