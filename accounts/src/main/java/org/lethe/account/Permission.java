package org.lethe.account;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.schema.Names;
import org.lethe.schema.TableId;

/**
 * Leave to do something: {@code delete:customer}, {@code view:support.*}, {@code users:*} or {@code
 * *:*}. Immutable.
 *
 * @param action null for all
 * @param table {@code customer} for one in the first schema of the search path, {@code
 *     schema.table}, {@code schema.*}, or {@code *} for all; names in double quotes where they hold
 *     a dot or an asterisk
 */
public record Permission(@Nullable Action action, String table) {

  /** All tables. */
  public static final String ALL = "*";

  public Permission {
    List<String> parts = parts(table);
    if (parts.size() > 2 || (parts.size() == 2 && parts.get(0).equals(ALL))) {
      throw new InputException(
          "a permission cannot be for \"%s\"; write a table, schema.table, schema.* or *"
              .formatted(table));
    }
    if (action != null && !action.ofTables() && !table.equals(ALL)) {
      throw new InputException(
          "%s is not granted table by table; write %s:*".formatted(action.word(), action.word()));
    }
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws InputException if it is something else
   */
  public static Permission of(String text) {
    String bare = text.strip();
    int colon = bare.indexOf(':');
    if (colon < 1 || colon == bare.length() - 1) {
      throw new InputException(
          "\"%s\" is no permission; write action:table, such as delete:customer, view:* or users:*"
              .formatted(bare));
    }
    return new Permission(action(bare.substring(0, colon)), bare.substring(colon + 1));
  }

  private static @Nullable Action action(String word) {
    if (word.equals(ALL)) {
      return null;
    }
    return Arrays.stream(Action.values())
        .filter(a -> a.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "there is no action \"%s\"; write one of *, %s"
                        .formatted(
                            word,
                            Arrays.stream(Action.values())
                                .map(Action::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** {@code delete:customer}. */
  public String text() {
    return (action == null ? ALL : action.word()) + ":" + table;
  }

  @Override
  public String toString() {
    return text();
  }

  /** Whether it is leave for this action, on some table at least. */
  boolean covers(Action wanted) {
    return (action == null || action == wanted) && (wanted.ofTables() || table.equals(ALL));
  }

  /**
   * Whether it is leave for this action on this table.
   *
   * @param firstSchema where a table without a schema is
   */
  boolean covers(Action wanted, TableId of, String firstSchema) {
    if (!covers(wanted)) {
      return false;
    }
    if (table.equals(ALL)) {
      return true;
    }
    List<String> parts = parts(table);
    String schema = parts.size() == 1 ? firstSchema : parts.get(0);
    if (!schema.equals(of.schema())) {
      return false;
    }
    boolean all = parts.size() == 2 && table.endsWith("." + ALL);
    return all || Objects.equals(parts.get(parts.size() - 1), of.name());
  }

  /**
   * Whether it is leave for all that another one is leave for.
   *
   * @param firstSchema where a table without a schema is
   */
  boolean covers(Permission other, String firstSchema) {
    if (action != null && action != other.action) {
      return false;
    }
    if (table.equals(ALL) || table.equals(other.table)) {
      return true;
    }
    if (other.table.equals(ALL)) {
      return false;
    }
    List<String> mine = qualified(table, firstSchema);
    List<String> its = qualified(other.table, firstSchema);
    boolean wholeSchema = table.endsWith("." + ALL);
    return mine.get(0).equals(its.get(0))
        && (wholeSchema || (!other.table.endsWith("." + ALL) && mine.get(1).equals(its.get(1))));
  }

  private static List<String> qualified(String table, String firstSchema) {
    List<String> parts = parts(table);
    return parts.size() == 1 ? List.of(firstSchema, parts.get(0)) : parts;
  }

  private static List<String> parts(String table) {
    try {
      return Names.split(table);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "a permission cannot be for \"%s\": %s".formatted(table, e.getMessage()), e);
    }
  }
}
