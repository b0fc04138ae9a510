package org.lethe.stores;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;

/** The values of a person that go into templates. */
public final class Values {

  private Values() {}

  /**
   * One value for each column, in every way there is where a person has several of one.
   *
   * @return none where the person has no value, or an empty one, for some column: what is looked up
   *     with a hole in it would be somebody else's
   */
  public static List<Map<String, String>> of(Subject who, Collection<String> columns) {
    List<Map<String, String>> all = List.of(Map.of());
    for (String column : columns) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> one : all) {
        for (String value : who.values(column)) {
          if (!value.isBlank()) {
            Map<String, String> more = new LinkedHashMap<>(one);
            more.put(column, value);
            longer.add(more);
          }
        }
      }
      all = longer;
    }
    return all;
  }

  static String of(Map<String, String> values, String column) {
    String value = values.get(column);
    if (value == null) {
      // The policy changed after a handle was sealed.
      throw new StoreException("a template names " + column + ", which has no value here", false);
    }
    return value;
  }
}
