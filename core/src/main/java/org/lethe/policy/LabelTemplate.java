package org.lethe.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a row is named to people: text with columns in braces, such as {@code {first_name}
 * <{email}>}. A null column renders as nothing.
 */
public record LabelTemplate(String text) {

  private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+)}");

  /** The columns it shows, in order of appearance, each once. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    Matcher m = COLUMN.matcher(text);
    while (m.find()) {
      String column = m.group(1);
      if (!columns.contains(column)) {
        columns.add(column);
      }
    }
    return columns;
  }

  /** The label of one row; white space runs and control characters become one blank. */
  public String render(Function<String, @Nullable String> valueOf) {
    Matcher m = COLUMN.matcher(text);
    StringBuilder label = new StringBuilder();
    while (m.find()) {
      String value = valueOf.apply(m.group(1));
      m.appendReplacement(label, Matcher.quoteReplacement(value == null ? "" : value));
    }
    m.appendTail(label);
    return label.toString().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }
}
