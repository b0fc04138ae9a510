package org.lethe.assertions;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.personal.People;
import org.lethe.personal.PersonalData;
import org.lethe.personal.ValueShape;
import org.lethe.policy.Category;
import org.lethe.policy.ColumnId;
import org.lethe.policy.ColumnRule;
import org.lethe.policy.DataRules;
import org.lethe.policy.Treatment;
import org.lethe.schema.Column;
import org.lethe.schema.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the canary has in its columns: values that look like the real ones, and hold the token. */
final class Values {

  private static final String MAIL = "@example.invalid";
  private static final String SHORT_MAIL = "@a.invalid";
  private static final Pattern IS_MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+");
  private static final Pattern IS_PHONE = Pattern.compile("\\+?[\\d()./ -]{6,24}");

  private final DataRules data;
  private final Token token;
  private final Types types;
  private @Nullable String calledBy;

  Values(DataRules data, Token token, Types types) {
    this.data = data;
    this.token = token;
    this.types = types;
  }

  /** What the person is known by in texts; null where it is only a number. */
  void calledBy(@Nullable String identifier) {
    calledBy = identifier;
  }

  /**
   * A value for a column; empty where a canary has no business, or no room.
   *
   * @param template a value that is there in another row; null if there is none
   * @param bound columns whose values mean rows elsewhere
   */
  Optional<Planted> plant(
      Table table, Column column, @Nullable String template, boolean shared, Set<String> bound) {
    ColumnRule rule = data.column(table.id(), column.name());
    Types.Sort sort = types.sort(column);
    if (sort == Types.Sort.OTHER
        || rule.category() == Category.NONE
        || bound.contains(column.name())) {
      return Optional.empty();
    }
    ColumnId id = new ColumnId(table.id(), column.name());
    boolean mayStay =
        rule.erase() instanceof Treatment.Redact || (shared && content(rule.category()));
    if (mayStay && sort != Types.Sort.TEXT) {
      // Nothing is taken out of these, and they may stay as they are.
      return Optional.empty();
    }
    if (mayStay) {
      String mark = token.nextWords();
      String value =
          rule.erase() instanceof Treatment.Redact && calledBy != null
              ? mark + " " + calledBy
              : mark;
      return fitting(column, value).map(v -> new Planted(id, v, mark, shared, false));
    }
    String mark = token.next();
    return switch (sort) {
      case TEXT -> text(column, template, mark).map(v -> planted(id, v, mark, shared));
      case TEXTS -> Optional.of(planted(id, "{" + mark + "}", mark, shared));
      case JSON -> Optional.of(planted(id, json(template, mark), mark, shared));
      case XML -> Optional.of(planted(id, "<canary>" + mark + "</canary>", mark, shared));
      case BYTES ->
          Optional.of(
              new Planted(
                  id,
                  "\\x" + HexFormat.of().formatHex(mark.getBytes(StandardCharsets.UTF_8)),
                  mark,
                  shared,
                  true));
      case OTHER -> Optional.empty();
    };
  }

  /** What several people share stays readable for the others. */
  private static boolean content(@Nullable Category category) {
    return category == Category.CONTENT || category == Category.BEHAVIOUR;
  }

  private static Planted planted(ColumnId id, String value, String mark, boolean shared) {
    return new Planted(id, value, value.contains(mark) ? mark : value, shared, false);
  }

  private Optional<String> text(Column column, @Nullable String template, String mark) {
    String like = template == null ? "" : template.strip();
    if (People.isEmail(column) || IS_MAIL.matcher(like).matches()) {
      return fitting(column, mark + MAIL).or(() -> fitting(column, mark + SHORT_MAIL));
    }
    if (phone(column) || IS_PHONE.matcher(like).matches()) {
      return fitting(column, token.phone()).or(() -> fitting(column, token.phone().substring(1)));
    }
    if (like.matches("https?://.*")) {
      return fitting(column, "https://example.invalid/" + mark);
    }
    return fitting(column, mark).or(() -> fitting(column, token.text()));
  }

  private static boolean phone(Column column) {
    return PersonalData.guess(column, false, ValueShape.UNKNOWN)
        .filter(g -> g.category().equals("contact"))
        .isPresent();
  }

  private Optional<String> fitting(Column column, String value) {
    return value.length() <= types.length(column) ? Optional.of(value) : Optional.empty();
  }

  /** The document of another row with every text in it replaced. */
  private static String json(@Nullable String template, String mark) {
    if (template != null) {
      JsonNode changed = replaced(JsonMapper.shared().readTree(template), mark);
      if (changed.toString().contains(mark)) {
        return changed.toString();
      }
      if (changed instanceof ObjectNode object) {
        return object.put("canary", mark).toString();
      }
    }
    return JsonMapper.shared().createObjectNode().put("canary", mark).toString();
  }

  private static JsonNode replaced(JsonNode node, String mark) {
    if (node.isString()) {
      return JsonMapper.shared().getNodeFactory().stringNode(mark);
    }
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        object.set(name, replaced(object.path(name), mark));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, replaced(array.get(i), mark));
      }
    }
    return node;
  }
}
