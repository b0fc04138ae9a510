package org.lethe.server.list;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, which knows where the next one begins and not how many there are: the first
 * costs the same however long the list is. Immutable.
 *
 * @param next where the next page begins; null on the last one
 */
public record Slice<T>(List<T> rows, @Nullable String next) {

  /** Rows on a page. */
  public static final int SIZE = 50;

  public Slice {
    rows = List.copyOf(rows);
  }

  /**
   * A page of rows that were read with one more than fit, to know whether there are more.
   *
   * @param place names a row, so that the next page can begin after it
   */
  public static <T> Slice<T> of(List<T> oneMore, Function<T, String> place) {
    return of(oneMore, SIZE, place);
  }

  /** The same for pages of another size. */
  public static <T> Slice<T> of(List<T> oneMore, int size, Function<T, String> place) {
    if (oneMore.size() <= size) {
      return new Slice<>(oneMore, null);
    }
    List<T> rows = oneMore.subList(0, size);
    return new Slice<>(rows, place.apply(rows.get(size - 1)));
  }

  public <R> Slice<R> map(Function<T, R> change) {
    return new Slice<>(rows.stream().map(change).toList(), next);
  }
}
