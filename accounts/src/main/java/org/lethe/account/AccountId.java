package org.lethe.account;

import org.lethe.error.InputException;

/**
 * Names an account: where it is kept, and its key there as text.
 *
 * @param directory {@link #OWN}, or {@link #APP} for the application's
 */
public record AccountId(String directory, String key) implements Comparable<AccountId> {

  /** Lethe's own directory. */
  public static final String OWN = "lethe";

  /** The application's, which the policy maps. */
  public static final String APP = "app";

  public AccountId {
    if (directory.isEmpty() || directory.indexOf(':') >= 0 || key.isEmpty()) {
      throw new IllegalArgumentException("an account is named by a directory and a key");
    }
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws InputException if it is something else
   */
  public static AccountId of(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new InputException(
          "this names no account; write directory:key, such as lethe:3 or app:17");
    }
    return new AccountId(text.substring(0, colon), text.substring(colon + 1));
  }

  /** {@code lethe:3}. */
  public String text() {
    return directory + ":" + key;
  }

  @Override
  public int compareTo(AccountId other) {
    return text().compareTo(other.text());
  }

  @Override
  public String toString() {
    return text();
  }
}
