package org.lethe.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The policy file as written: names are still text, nothing has been looked up in a catalog. {@link
 * Decisions#resolve} does that. Immutable.
 *
 * <p>Maps keep the order of the file and are keyed by the names people wrote.
 *
 * @param source the file's name, for messages
 * @param schemas schemas that unqualified names are looked up in and that {@code init} and {@code
 *     check} look at; empty for the connection's own search path
 * @param hash SHA-256 (hex) of the document's meaning: comments and layout do not change it
 */
public record Policy(
    String source,
    List<String> schemas,
    Map<String, TableEntry> tables,
    Map<String, RelationEntry> relations,
    List<LinkEntry> links,
    Map<String, SubjectEntry> subjects,
    String hash) {

  public Policy {
    schemas = List.copyOf(schemas);
    tables = ordered(tables);
    relations = ordered(relations);
    links = List.copyOf(links);
    subjects = ordered(subjects);
  }

  /** A policy that decides nothing: the database's own rules hold. */
  public static Policy empty() {
    return new Policy("no policy", List.of(), Map.of(), Map.of(), List.of(), Map.of(), "none");
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(map));
  }

  /** Where something stands in the file; 1-based, 0:0 if it came from elsewhere. */
  public record Place(int line, int column) {
    public static final Place NONE = new Place(0, 0);
  }

  /**
   * What the policy says of a table.
   *
   * @param label template such as {@code {first_name} {last_name}}; null for the default
   * @param columns per column what the policy says; kept as written until requests need it
   */
  public record TableEntry(Place place, @Nullable String label, Map<String, ColumnEntry> columns) {
    public TableEntry {
      columns = ordered(columns);
    }
  }

  /**
   * What the policy says of a column.
   *
   * @param category what sort of personal data, such as {@code contact} or {@code secret}
   */
  public record ColumnEntry(Place place, @Nullable String category) {}

  public record RelationEntry(
      Place place, @Nullable OnDelete onDelete, @Nullable Ownership owner) {}

  /**
   * A relation that no foreign key declares.
   *
   * @param from {@code table.column}, {@code table(column, column)}, or {@code table(type='x', id)}
   * @param path JSON path inside the from column; null when the column itself holds the value
   * @param normalise {@code lower}, {@code trim}, {@code lower_trim}, {@code digits} or null
   */
  public record LinkEntry(
      Place place,
      String from,
      String to,
      @Nullable String path,
      @Nullable String normalise,
      @Nullable OnDelete onDelete,
      @Nullable Ownership owner) {}

  public record SubjectEntry(Place place, String table, List<String> identifyBy) {
    public SubjectEntry {
      identifyBy = List.copyOf(identifyBy);
    }
  }
}
