package org.lethe.server.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;

/**
 * A page of a list. Immutable.
 *
 * @param next for the parameter {@code after}, to get those that follow; null if none do
 */
record Items<T>(
    List<T> items,
    @Schema(description = "give it as after, to get those that follow; null if none do")
        @Nullable String next) {

  static final int MOST = 500;
  static final String USUAL = "50";

  Items {
    items = List.copyOf(items);
  }

  /**
   * How many are asked for.
   *
   * @throws InputException if it is not between 1 and {@link #MOST}
   */
  static int limit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new InputException("limit is between 1 and %d, not %d".formatted(MOST, limit));
    }
    return limit;
  }

  /** A page of rows that were read with one more than was asked for, to know if there are more. */
  static <R, T> Items<T> of(
      List<R> oneMore, int limit, Function<R, T> change, Function<R, String> place) {
    boolean more = oneMore.size() > limit;
    List<R> rows = more ? oneMore.subList(0, limit) : oneMore;
    return new Items<>(
        rows.stream().map(change).toList(), more ? place.apply(rows.get(limit - 1)) : null);
  }

  /** A page of a list that is all there. */
  static <T> Items<T> within(
      List<T> all, int limit, @Nullable String after, Function<T, String> place) {
    int most = limit(limit);
    int from = 0;
    if (after != null && !after.isEmpty()) {
      from = all.stream().map(place).toList().indexOf(after) + 1;
      if (from == 0) {
        throw new InputException(
            "what the page begins after is no more, or never was; begin with the first page");
      }
    }
    return of(
        all.subList(from, Math.min(all.size(), from + most + 1)), most, Function.identity(), place);
  }
}
