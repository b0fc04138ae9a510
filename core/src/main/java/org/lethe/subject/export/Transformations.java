package org.lethe.subject.export;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.policy.Decisions;

/** The application's own transformations, by name. Immutable. */
public final class Transformations {

  private final Map<String, ExportTransformation> byName = new TreeMap<>();

  private Transformations() {}

  /**
   * Those that are installed, and more; of two with the same name the given one counts.
   *
   * @param more given by the application itself
   */
  public static Transformations installedAnd(Collection<ExportTransformation> more) {
    Transformations all = new Transformations();
    ServiceLoader.load(ExportTransformation.class).forEach(t -> all.byName.put(t.name(), t));
    more.forEach(t -> all.byName.put(t.name(), t));
    return all;
  }

  /**
   * Looks for every one that the policy names.
   *
   * @throws InputException if one is missing; names those that are there
   */
  void check(Decisions decisions) {
    decisions
        .data()
        .eachExport(
            (column, export) -> {
              String name = export.with();
              if (name != null && !byName.containsKey(name)) {
                throw missing(decisions.displayName(column), name);
              }
            });
  }

  private InputException missing(String column, String name) {
    return new InputException(
        "%s is handed out with %s, but there is no such transformation; %s"
            .formatted(
                column,
                name,
                byName.isEmpty()
                    ? "none is installed: put a jar with an ExportTransformation on the class path"
                    : "there are " + String.join(", ", byName.keySet())));
  }

  /** The value as the transformation gives it; null for nothing. */
  @Nullable String apply(String name, String table, String column, String value) {
    return Objects.requireNonNull(byName.get(name), name).apply(table, column, value);
  }
}
