package org.lethe.server.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows per day as bars, the latest day last. Immutable.
 *
 * @param most rows of the day that had most
 * @param total of all days
 */
public record DayChart(List<Bar> bars, long most, long total) {

  /** Days that are shown. */
  static final int DAYS = 60;

  private static final int STEP = 12;
  private static final int HIGH = 110;

  public DayChart {
    bars = List.copyOf(bars);
  }

  /** A day, and where its bar stands in a picture of {@link #width} by {@link #height}. */
  public record Bar(LocalDate day, long rows, int x, int y, int width, int height) {}

  static Instant since(Instant now) {
    return first(now).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static LocalDate first(Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS - 1L);
  }

  static DayChart of(Map<LocalDate, Long> days, Instant now) {
    long most = days.values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<Bar> bars = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = first(now).plusDays(i);
      long rows = days.getOrDefault(day, 0L);
      total += rows;
      // A day with few rows beside one with many is still seen.
      int height = rows == 0 ? 0 : (int) Math.max(2, Math.round((double) rows / most * HIGH));
      bars.add(new Bar(day, rows, i * STEP, HIGH - height, STEP - 3, height));
    }
    return new DayChart(bars, most, total);
  }

  public int width() {
    return DAYS * STEP;
  }

  public int height() {
    return HIGH;
  }

  /** Days with rows, the latest first: what the picture shows, as a table. */
  public List<Bar> busy() {
    List<Bar> busy = new ArrayList<>(bars.stream().filter(b -> b.rows() > 0).toList());
    java.util.Collections.reverse(busy);
    return busy;
  }
}
