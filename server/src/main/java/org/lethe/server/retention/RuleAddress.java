package org.lethe.server.retention;

import java.nio.charset.StandardCharsets;
import org.lethe.policy.Rule;

/**
 * A rule's name in the address of its page, whatever the policy calls it: what a percent sign would
 * hide, servers and proxies refuse in a path or change on the way.
 */
final class RuleAddress {

  private RuleAddress() {}

  /** Everything but letters, digits, hyphens and underscores as {@code ~} and two hex digits. */
  static String word(Rule rule) {
    StringBuilder word = new StringBuilder();
    for (byte b : rule.name().getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b == '-' || b == '_' || (b > 0 && Character.isLetterOrDigit(b));
      word.append(plain ? String.valueOf((char) b) : "~%02x".formatted(b & 0xff));
    }
    return word.toString();
  }
}
