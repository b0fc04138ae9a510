package org.lethe.policy;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says in plain words what a schema complains about, and what to write instead. */
final class SchemaMessages {

  /** Longer values are cut in messages. */
  private static final int LONGEST = 60;

  private final JsonNode schema;

  SchemaMessages(JsonNode schema) {
    this.schema = schema;
  }

  record Message(String text, @Nullable String fix) {}

  /** Null for an error that only says that another one, of the same list, was made. */
  @Nullable Message of(Error error, YamlNode node) {
    JsonNode rule = holder(error);
    String about = rule.path("description").asString("");
    String write = about.isEmpty() ? null : "write " + about;
    String keyword = error.getKeyword();
    return switch (keyword) {
      case "if", "then", "else", "$ref", "properties", "items" -> null;
      case "additionalProperties" -> unknownKey(error, rule);
      case "required" -> missing(error, rule);
      case "enum" -> notOneOf(rule, node);
      case "const" -> new Message(shown(node) + " is not known here", write);
      case "type" -> new Message(shown(node) + " cannot stand here", write);
      case "pattern" ->
          new Message(shown(node) + " is not " + (write == null ? "right" : about), write);
      case "minLength" -> new Message("the text is empty", write);
      case "minItems" -> new Message("the list is empty", write);
      case "minProperties" -> new Message("nothing is said here", write);
      case "maxProperties" -> new Message("only one of these can hold", write);
      case "uniqueItems" -> new Message("something is in the list twice", "keep one of the two");
      default -> new Message(error.getMessage(), write);
    };
  }

  /** The part of the schema that has the keyword which complains. */
  private JsonNode holder(Error error) {
    String fragment = error.getSchemaLocation().getFragment().toString();
    int keyword = fragment.lastIndexOf('/');
    JsonNode found = schema.at(keyword <= 0 ? "" : fragment.substring(0, keyword));
    boolean branch = found.path("description").isMissingNode();
    int parent = keyword <= 0 ? -1 : fragment.lastIndexOf('/', keyword - 1);
    if (branch && parent > 0 && fragment.substring(parent).matches("/(then|else)/.*")) {
      // What a branch is about stands above it.
      JsonNode above = schema.at(fragment.substring(0, parent));
      if (found.has("enum") || found.has("properties")) {
        var described = ((tools.jackson.databind.node.ObjectNode) found).deepCopy();
        described.set("description", above.path("description"));
        return described;
      }
      return above;
    }
    return found;
  }

  private static Message unknownKey(Error error, JsonNode rule) {
    List<String> known = new ArrayList<>(rule.path("properties").propertyNames());
    String key = String.valueOf(error.getProperty());
    return new Message(
        "the key " + cut(key) + " means nothing here", Nearest.fix(key, known, "the keys"));
  }

  private static Message missing(Error error, JsonNode rule) {
    String key = String.valueOf(error.getProperty());
    String about = rule.path("properties").path(key).path("description").asString("");
    return new Message(
        "the key " + key + " is missing", "add " + key + (about.isEmpty() ? "" : ": " + about));
  }

  private static Message notOneOf(JsonNode rule, YamlNode node) {
    List<String> words = new ArrayList<>();
    rule.path("enum").forEach(word -> words.add(word.asString()));
    String written = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    String fix = Nearest.to(written, words).map(word -> "did you mean " + word + "?").orElse(null);
    String about = rule.path("description").asString("");
    if (fix == null) {
      fix = "write " + (rule.has("properties") || about.contains("{") ? about : either(words));
    }
    return new Message(
        written.isEmpty() ? "a value is missing" : shown(node) + " is not known here", fix);
  }

  private static String either(List<String> words) {
    return words.size() == 1
        ? words.get(0)
        : String.join(", ", words.subList(0, words.size() - 1))
            + " or "
            + words.get(words.size() - 1);
  }

  private static String shown(YamlNode node) {
    if (node instanceof YamlNode.Mapping) {
      return "a { key: value }";
    }
    if (node instanceof YamlNode.Sequence) {
      return "a list";
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    if (scalar.json().isNull() || scalar.text().isEmpty()) {
      return "no value";
    }
    String text = cut(scalar.text());
    return scalar.json().isString()
        ? '"' + text + '"'
        : (scalar.json().isNumber() ? "the number " : "") + text.toLowerCase(Locale.ROOT);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
