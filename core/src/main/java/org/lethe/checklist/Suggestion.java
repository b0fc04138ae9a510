package org.lethe.checklist;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.NameWords;
import org.lethe.personal.People;
import org.lethe.personal.PersonalData;
import org.lethe.personal.PersonalData.Guess;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/**
 * What a policy might say of a column: what it seems to hold, and what an erasure could do to it in
 * a row that has to stay.
 */
final class Suggestion {

  /** Shorter texts have no room for what an erasure makes up. */
  private static final int ROOM = 40;

  private static final Pattern LENGTH = Pattern.compile("\\((\\d+)\\)");

  private Suggestion() {}

  /** In the policy's words, in braces. */
  static String of(Table table, Column column, Guess guess) {
    String treatment = treatment(table, column, guess);
    return "{ " + said(guess) + (treatment == null ? "" : ", erase: " + treatment) + " }";
  }

  /** The same, where no erasure reaches. */
  static String category(Guess guess) {
    return "{ " + said(guess) + " }";
  }

  private static String said(Guess guess) {
    return "category: " + guess.category() + (guess.exportable() ? "" : ", export: never");
  }

  /** For a column of a person's row that names and values say nothing else about. */
  static Optional<Guess> content(Column column) {
    return PersonalData.isContent(column)
        ? Optional.of(new Guess("content", true, null))
        : Optional.empty();
  }

  /** Null where nothing fits and the row can only go as a whole. */
  static @Nullable String treatment(Table table, Column column, Guess guess) {
    boolean unique = inKey(table, column);
    boolean text = People.isText(column) && column.kind() != Column.TypeKind.DOMAIN;
    if (column.generated()) {
      return null;
    }
    if (column.nullable() && !(text && guess.category().equals("content"))) {
      return "null";
    }
    boolean roomy = text && room(column) >= ROOM;
    return switch (guess.category()) {
      case "contact" -> contact(column, roomy, unique, text);
      case "identity", "name", "identifier" ->
          roomy ? "placeholder" : text && !unique ? "{ constant: \"-\" }" : null;
      case "address" -> text && !unique ? address(column, roomy) : null;
      case "content" -> text ? "{ redact: [identifiers, email, phone] }" : null;
      case "network" -> network(column, unique, text);
      case "birth" -> column.type().startsWith("date") ? "{ generalise: decade }" : null;
      case "secret" -> unique || !text ? null : "{ constant: \"!\" }";
      default -> text && !unique ? "{ constant: \"-\" }" : null;
    };
  }

  private static @Nullable String contact(
      Column column, boolean roomy, boolean unique, boolean text) {
    if (People.isEmail(column) && (roomy || column.kind() == Column.TypeKind.DOMAIN)) {
      return "{ fake: email }";
    }
    return text && !unique ? "{ constant: \"-\" }" : null;
  }

  private static String address(Column column, boolean roomy) {
    String last = NameWords.of(column.name()).last();
    if (roomy && (last.equals("city") || last.equals("town"))) {
      return "{ fake: city }";
    }
    return roomy && (last.startsWith("street") || last.startsWith("address"))
        ? "{ fake: street }"
        : "{ constant: \"-\" }";
  }

  private static @Nullable String network(Column column, boolean unique, boolean text) {
    if (unique) {
      return null;
    }
    if (column.type().equals("inet")) {
      return "{ generalise: network }";
    }
    return text ? "{ constant: \"-\" }" : null;
  }

  private static boolean inKey(Table table, Column column) {
    return table.keys().stream().anyMatch(k -> k.columns().contains(column.name()));
  }

  private static int room(Column column) {
    Matcher length = LENGTH.matcher(column.type());
    if (column.type().startsWith("character(") || column.type().equals("character")) {
      return 0;
    }
    return length.find() ? Integer.parseInt(length.group(1)) : Integer.MAX_VALUE;
  }
}
