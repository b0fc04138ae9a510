package org.lethe.bench.peer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a peer's process says on its standard output: a line each, {@code bench NAME VALUE}. */
public final class Said {

  private static final String MARK = "bench ";

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> counts = new ArrayList<>();

  /** Reads what was said; other lines are nobody's business. */
  public Said(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(MARK + "count ")) {
        counts.add(line.substring((MARK + "count ").length()));
      } else if (line.startsWith(MARK)) {
        String[] words = line.substring(MARK.length()).split(" ", 2);
        values.put(words[0], words.length > 1 ? words[1] : "");
      }
    }
    counts.sort(null);
  }

  /** A line to print. */
  public static String line(String name, Object value) {
    return MARK + name + " " + value;
  }

  /** A figure; empty if nothing was said of it. */
  public OptionalDouble figure(String name) {
    String value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
  }

  /** A word; empty if nothing was said of it. */
  public Optional<String> word(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** What a preview counted, in order. */
  public List<String> counts() {
    return List.copyOf(counts);
  }
}
