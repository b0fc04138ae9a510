package org.lethe.stores;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lethe.error.InputException;
import org.lethe.store.StoreSettings;

/**
 * A text of the policy with places for a person's values, such as {@code session:{customer_id}:*}.
 * Two braces stand for one that is meant as such. Immutable.
 *
 * <p>What is around the values and the values themselves never mix: each adapter says how a value
 * is escaped for the place where it goes, and hence one that looks like a wildcard finds no more
 * than itself.
 */
public final class Template {

  private static final Pattern TOKEN = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|[{}]");
  private static final Pattern COLUMN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

  /** A part of a template: text as it is, or the name of a column whose value goes there. */
  public sealed interface Part {
    record Text(String text) implements Part {}

    record Value(String column) implements Part {}
  }

  private final String source;
  private final List<Part> parts;

  private Template(String source, List<Part> parts) {
    this.source = source;
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @param settings whose it is, for messages
   * @param key where it stands in them
   * @throws InputException if braces do not pair, or hold no column name
   */
  public static Template of(StoreSettings settings, String key, String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    Matcher m = TOKEN.matcher(text);
    int from = 0;
    while (m.find()) {
      literal.append(text, from, m.start());
      from = m.end();
      String token = m.group();
      if (token.equals("{{") || token.equals("}}")) {
        literal.append(token.charAt(0));
      } else if (m.group(1) != null && COLUMN.matcher(m.group(1)).matches()) {
        endText(literal, parts);
        parts.add(new Part.Value(m.group(1)));
      } else {
        throw settings.fault(
            key,
            "has a brace without a column in '" + text + "'",
            "write {column}, or two braces for one that is meant as such");
      }
    }
    literal.append(text.substring(from));
    endText(literal, parts);
    return new Template(text, parts);
  }

  /**
   * Reads a template that would be about everybody if it named no column.
   *
   * @throws InputException as {@link #of}, or if no column is named
   */
  public static Template ofPerson(StoreSettings settings, String key, String text) {
    Template template = of(settings, key, text);
    if (template.columns().isEmpty()) {
      throw settings.fault(
          key,
          "says nothing of the person, so it is about everybody: '" + text + "'",
          "name a column of the subject in braces, such as {customer_id}");
    }
    return template;
  }

  private static void endText(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Part.Text(literal.toString()));
      literal.setLength(0);
    }
  }

  public List<Part> parts() {
    return parts;
  }

  /** The columns it names. */
  public Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    for (Part part : parts) {
      if (part instanceof Part.Value value) {
        columns.add(value.column());
      }
    }
    return columns;
  }

  /**
   * Puts values in.
   *
   * @param values of all {@link #columns()}
   * @param escape brings a value to the form that means just this value where it goes
   */
  public String fill(Map<String, String> values, UnaryOperator<String> escape) {
    return fill(UnaryOperator.identity(), column -> escape.apply(Values.of(values, column)));
  }

  /**
   * Puts the template together.
   *
   * @param text brings the text around the values to another form
   * @param value what goes where a column is named
   */
  public String fill(UnaryOperator<String> text, UnaryOperator<String> value) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      filled.append(
          part instanceof Part.Text t
              ? text.apply(t.text())
              : value.apply(((Part.Value) part).column()));
    }
    return filled.toString();
  }

  /** As the policy has it: nothing personal. */
  @Override
  public String toString() {
    return source;
  }
}
