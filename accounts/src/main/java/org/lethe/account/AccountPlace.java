package org.lethe.account;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.lethe.error.InputException;

/**
 * Where a page of accounts ends, so that the next one can begin there. Immutable.
 *
 * @param values of what the list is in order by; empty where that is null
 * @param key of the account
 */
record AccountPlace(List<String> values, String key) {

  private static final String APART = ".";

  AccountPlace {
    values = List.copyOf(values);
  }

  /** For an address. */
  String text() {
    List<String> parts = new ArrayList<>(values);
    parts.add(key);
    return String.join(
        APART,
        parts.stream()
            .map(
                p ->
                    Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(p.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws InputException if it is no place in this order
   */
  static AccountPlace of(String text, AccountOrder order) {
    List<String> parts = new ArrayList<>();
    try {
      for (String part : text.split("\\.", -1)) {
        parts.add(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw nowhere(e);
    }
    int values = parts.size() - 1;
    if (values != order.columns().size() && !(order.nullable() && values == 0)) {
      throw nowhere(null);
    }
    return new AccountPlace(parts.subList(0, values), parts.get(values));
  }

  private static InputException nowhere(@org.jspecify.annotations.Nullable Throwable cause) {
    String message = "there is no such page of accounts; start at the first";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }
}
