package org.lethe.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * How old something must be: years, months and days of the calendar in UTC, then hours, minutes and
 * seconds. Immutable.
 *
 * @param text in the form of ISO 8601, such as {@code P2Y}, {@code P14D} or {@code P1DT12H}
 */
public record Age(String text, Period period, Duration duration) {

  /**
   * Reads one.
   *
   * @throws DateTimeException if the text is no period
   */
  public static Age parse(String text) {
    int time = text.indexOf('T');
    Period period = time < 0 || time > 1 ? days(text, time) : Period.ZERO;
    Duration duration = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
    if (period.isNegative() || duration.isNegative()) {
      throw new DateTimeException("negative");
    }
    return new Age(text, period, duration);
  }

  private static Period days(String text, int time) {
    return Period.parse(time < 0 ? text : text.substring(0, time));
  }

  /** The latest time that is this old at {@code now}. */
  public Instant before(Instant now) {
    ZonedDateTime days = now.atZone(ZoneOffset.UTC).minus(period);
    return days.toInstant().minus(duration);
  }

  /** When something of {@code then} becomes this old. */
  public Instant after(Instant then) {
    return then.atZone(ZoneOffset.UTC).plus(period).toInstant().plus(duration);
  }

  @Override
  public String toString() {
    return text;
  }
}
