package org.lethe.server.list;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/**
 * What is asked of a list, as its address says it: every view of a list has a link. Immutable.
 *
 * @param path of the list
 * @param text searched for; empty for all
 * @param filters by name of the facet
 * @param sort a column; null for the list's own order
 * @param after where the page begins, as {@link Slice} says; null for the first
 */
public record ListQuery(
    String path,
    String text,
    Map<String, String> filters,
    @Nullable String sort,
    boolean descending,
    @Nullable String after) {

  private static final String TEXT = "q";
  private static final String SORT = "sort";
  private static final String AFTER = "after";
  private static final String DOWN = "-";
  private static final int LONGEST = 300;

  public ListQuery {
    filters = Map.copyOf(filters);
  }

  /**
   * Reads an address.
   *
   * @param facets names that filter; other parameters are not the list's
   * @param columns that can be sorted by; another one counts as none
   */
  public static ListQuery of(
      String path,
      MultiValueMap<String, String> parameters,
      Set<String> facets,
      Set<String> columns) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (String facet : facets) {
      String value = parameters.getFirst(facet);
      if (value != null && !value.isEmpty()) {
        filters.put(facet, shortened(value));
      }
    }
    String sort = parameters.getFirst(SORT);
    boolean down = sort != null && sort.startsWith(DOWN);
    String column = down && sort != null ? sort.substring(1) : sort;
    String text = parameters.getFirst(TEXT);
    String after = parameters.getFirst(AFTER);
    return new ListQuery(
        path,
        text == null ? "" : shortened(text.strip()),
        filters,
        column != null && columns.contains(column) ? column : null,
        down,
        after == null || after.isEmpty() ? null : after);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  public @Nullable String filter(String facet) {
    return filters.get(facet);
  }

  /** Whether anything but the whole list is asked for. */
  public boolean narrowed() {
    return !text.isEmpty() || !filters.isEmpty();
  }

  /** The address of the same list with one filter set, from its first page on. */
  public String with(String facet, @Nullable String value) {
    Map<String, String> changed = new LinkedHashMap<>(filters);
    changed.remove(facet);
    if (value != null) {
      changed.put(facet, value);
    }
    return new ListQuery(path, text, changed, sort, descending, null).address();
  }

  /** The address of the same list in the order of a column; the other way round the second time. */
  public String sortedBy(String column) {
    boolean down = column.equals(sort) && !descending;
    return new ListQuery(path, text, filters, column, down, null).address();
  }

  /** What aria-sort says of a column. */
  public String sorting(String column) {
    if (!column.equals(sort)) {
      return "none";
    }
    return descending ? "descending" : "ascending";
  }

  public String afterRow(@Nullable String place) {
    return new ListQuery(path, text, filters, sort, descending, place).address();
  }

  /** The address of everything, without search and filters. */
  public String whole() {
    return new ListQuery(path, "", Map.of(), sort, descending, null).address();
  }

  /** The address of the same rows as a file. */
  public String file(String format) {
    return address(List.of(Map.entry("format", format)));
  }

  /** The address of this very page. */
  public String address() {
    return address(List.of());
  }

  private String address(List<Map.Entry<String, String>> more) {
    // Columns of others' tables are parameters too, and may be called anything.
    StringBuilder address = new StringBuilder(path);
    char before = '?';
    List<Map.Entry<String, String>> all = new ArrayList<>(parameters().entrySet());
    all.addAll(more);
    for (Map.Entry<String, String> parameter : all) {
      address
          .append(before)
          .append(UriUtils.encode(parameter.getKey(), StandardCharsets.UTF_8))
          .append('=')
          .append(UriUtils.encode(parameter.getValue(), StandardCharsets.UTF_8));
      before = '&';
    }
    return address.toString();
  }

  /** All of it as parameters, for forms that keep what was asked. */
  public Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>();
    if (!text.isEmpty()) {
      all.put(TEXT, text);
    }
    filters.forEach(all::put);
    if (sort != null) {
      all.put(SORT, (descending ? DOWN : "") + sort);
    }
    if (after != null) {
      all.put(AFTER, after);
    }
    return all;
  }
}
