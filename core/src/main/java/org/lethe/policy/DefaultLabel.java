package org.lethe.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.lethe.schema.Column;
import org.lethe.schema.Table;

/** Chooses how rows are named to people when the policy does not say. */
public final class DefaultLabel {

  // Wider than the checklist's notion of a secret, which people are asked to confirm: a label is
  // printed unasked, so that a column which only sounds like a secret had better not be in it.
  private static final Pattern SECRET =
      Pattern.compile("passw|pwd|token|hash|secret|salt|api_?key|private_?key|otp|pin_?code");

  private static final List<List<String>> NAMES =
      List.of(
          List.of("first_name", "last_name"),
          List.of("firstname", "lastname"),
          List.of("given_name", "family_name"),
          List.of("full_name"),
          List.of("display_name"),
          List.of("name"),
          List.of("title"),
          List.of("label"),
          List.of("subject"),
          List.of("username"),
          List.of("user_name"),
          List.of("login"),
          List.of("email"),
          List.of("email_address"),
          List.of("code"),
          List.of("slug"),
          List.of("question"));

  private DefaultLabel() {}

  /** Empty where no column looks like a name. */
  public static LabelTemplate of(Table table) {
    for (List<String> wanted : NAMES) {
      List<String> found =
          wanted.stream().map(w -> find(table, w)).flatMap(Optional::stream).toList();
      if (found.size() == wanted.size()) {
        return new LabelTemplate(braced(found));
      }
    }
    Optional<String> ending =
        table.columns().stream()
            .filter(DefaultLabel::usable)
            .map(Column::name)
            .filter(c -> bare(c).endsWith("name") || bare(c).endsWith("title"))
            .findFirst();
    // Without a name there is no label: table and key are shown anyway.
    return new LabelTemplate(ending.map(c -> "{" + c + "}").orElse(""));
  }

  /** Regardless of letter case and underscores: Chinook's FirstName is first_name. */
  private static Optional<String> find(Table table, String wanted) {
    String prefixed = bare(table.id().name()) + bare(wanted);
    Optional<String> exact =
        table.columns().stream()
            .filter(DefaultLabel::usable)
            .map(Column::name)
            .filter(c -> bare(c).equals(bare(wanted)))
            .findFirst();
    return exact.isPresent()
        ? exact
        : table.columns().stream()
            .filter(DefaultLabel::usable)
            .map(Column::name)
            .filter(c -> bare(c).equals(prefixed))
            .findFirst();
  }

  private static boolean usable(Column column) {
    return showable(column) && isText(column);
  }

  private static boolean showable(Column column) {
    String name = column.name();
    return !SECRET.matcher(name.toLowerCase(Locale.ROOT)).find()
        && name.indexOf('{') < 0
        && name.indexOf('}') < 0;
  }

  private static boolean isText(Column column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    return column.kind() == Column.TypeKind.ENUM
        || column.kind() == Column.TypeKind.DOMAIN
        || (column.kind() == Column.TypeKind.BASE
            && (type.contains("char") || type.contains("text") || type.equals("name")));
  }

  private static String braced(List<String> columns) {
    return "{" + String.join("} {", columns) + "}";
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace(" ", "");
  }
}
