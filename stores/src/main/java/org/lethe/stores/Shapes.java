package org.lethe.stores;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.lethe.store.Shape;

/**
 * Finds the patterns in names, such as those of keys and paths: what differs from one name to the
 * next becomes {@code *}. That is what looks like a number, a hash, a UUID or an e-mail address,
 * and what stands where many different things stand. Not thread-safe.
 */
public final class Shapes {

  /** So many different names in one place are data, not structure. */
  private static final int MANY = 8;

  private static final String ANY = "*";
  private static final Pattern MAIL = Pattern.compile("[^\\s:/|*]+@[^\\s:/|*]+");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern VERSION = Pattern.compile("(?i)v?[0-9]");

  /** Letters and digits with a digit among them, or more letters than words have. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  private static final int LONGEST_WORD = 24;
  private static final Pattern REPEATED = Pattern.compile("\\*(?:[-_+,=. ]*\\*)+");
  private static final Pattern SEGMENT = Pattern.compile("(?<=[:/|])|(?=[:/|])");

  private final Map<String, Long> covered = new TreeMap<>();
  private final Map<String, Long> others = new HashMap<>();

  /** A name that the policy takes care of, by its own pattern for it. */
  public void covered(String pattern) {
    covered.merge(pattern, 1L, Long::sum);
  }

  /** A name that nothing in the policy matches. */
  public void uncovered(String name) {
    others.merge(of(name), 1L, Long::sum);
  }

  /** The shapes so far: what is not covered first, then by pattern. */
  public List<Shape> list() {
    List<Shape> shapes = new ArrayList<>();
    covered.forEach((pattern, seen) -> shapes.add(new Shape(pattern, true, seen)));
    widened(others).forEach((pattern, seen) -> shapes.add(new Shape(pattern, false, seen)));
    shapes.sort(Comparator.comparing(Shape::covered).thenComparing(Shape::pattern));
    return shapes;
  }

  /** What a single name shows of its pattern. */
  static String of(String name) {
    String shape = MAIL.matcher(name).replaceAll(ANY);
    shape = UUID.matcher(shape).replaceAll(ANY);
    shape = WORD.matcher(shape).replaceAll(m -> looksLikeData(m.group()) ? "\\*" : m.group());
    return REPEATED.matcher(shape).replaceAll(ANY);
  }

  private static boolean looksLikeData(String word) {
    boolean digits = word.chars().anyMatch(Character::isDigit);
    return (digits && !(VERSION.matcher(word).matches() && word.length() == 2))
        || word.length() > LONGEST_WORD;
  }

  private static Map<String, Long> widened(Map<String, Long> shapes) {
    Map<String, Long> all = new TreeMap<>(shapes);
    int longest = all.keySet().stream().mapToInt(s -> SEGMENT.split(s).length).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      Map<String, Set<String>> there = new HashMap<>();
      for (String shape : all.keySet()) {
        String[] segments = SEGMENT.split(shape);
        if (i < segments.length) {
          there.computeIfAbsent(without(segments, i), k -> new HashSet<>()).add(segments[i]);
        }
      }
      Map<String, Long> next = new TreeMap<>();
      for (Map.Entry<String, Long> one : all.entrySet()) {
        String[] segments = SEGMENT.split(one.getKey());
        String wide = i < segments.length ? without(segments, i) : one.getKey();
        boolean data = there.getOrDefault(wide, Set.of()).size() > MANY;
        next.merge(data ? wide : one.getKey(), one.getValue(), Long::sum);
      }
      all = next;
    }
    return all;
  }

  private static String without(String[] segments, int index) {
    String[] copy = segments.clone();
    copy[index] = ANY;
    return String.join("", copy);
  }
}
