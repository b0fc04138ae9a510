package org.lethe.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address, perhaps with a name. Nothing in it can end a line or a header. Immutable.
 *
 * @param name null where there is none
 */
public record MailAddress(@Nullable String name, String address) {

  private static final int LONGEST = 254;

  /** The plain form only: no quotes, comments or groups, and no second address. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]*)");

  private static final Pattern NAMED =
      Pattern.compile("(?<name>[^<>\"@\\p{Cntrl}]*[^<>\"@\\p{Cntrl}\\s])\\s*<(?<address>[^<>]+)>");

  /** An address alone; empty if it does not look like one. */
  public static Optional<MailAddress> plain(String text) {
    String address = text.strip();
    boolean looks = address.length() <= LONGEST && PLAIN.matcher(address).matches();
    return looks ? Optional.of(new MailAddress(null, address)) : Optional.empty();
  }

  /** {@code somebody@example.org} or {@code Some Body <somebody@example.org>}. */
  static Optional<MailAddress> parse(String text) {
    Matcher m = NAMED.matcher(text.strip());
    return m.matches()
        ? plain(m.group("address")).map(a -> new MailAddress(m.group("name").strip(), a.address()))
        : plain(text);
  }

  /** Nothing of it: this may reach a log. */
  @Override
  public String toString() {
    return "an e-mail address";
  }
}
