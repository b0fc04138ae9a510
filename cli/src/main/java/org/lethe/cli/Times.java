package org.lethe.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lethe.policy.Schedule;

/** Times as people type and read them: in the zone of this machine. */
final class Times {

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private static final Pattern BRIEF =
      Pattern.compile("([0-9]{1,6})([smhd])", Pattern.CASE_INSENSITIVE);

  private Times() {}

  /**
   * @param option its name, for messages
   * @throws UsageException if it is no period, or none of at least a day
   */
  static Period period(String option, String text) {
    try {
      Period period = Period.parse(text);
      if (!period.isNegative() && !period.isZero()) {
        return period;
      }
    } catch (DateTimeException e) {
      throw new UsageException(badPeriod(option, text), e);
    }
    throw new UsageException(badPeriod(option, text));
  }

  /** {@code 30 days}, {@code 1 year 6 months}. */
  static String words(Period period) {
    List<String> parts = new ArrayList<>();
    part(parts, period.getYears(), "year");
    part(parts, period.getMonths(), "month");
    part(parts, period.getDays(), "day");
    return String.join(" ", parts);
  }

  private static void part(List<String> parts, int n, String unit) {
    if (n != 0) {
      parts.add(n + " " + unit + (n == 1 ? "" : "s"));
    }
  }

  private static String badPeriod(String option, String text) {
    return "%s is a period of days, months or years, such as P30D or P6M, not %s"
        .formatted(option, text);
  }

  /**
   * @param option its name, for messages
   * @throws UsageException if it is no duration, or not a positive one
   */
  static Duration duration(String option, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeException e) {
      throw new UsageException(badDuration(option, text), e);
    }
    throw new UsageException(badDuration(option, text));
  }

  private static String badDuration(String option, String text) {
    return "%s is a time such as PT5M or PT1H30M, not %s".formatted(option, text);
  }

  /**
   * When something runs again: as the policy writes it, or in short such as {@code 5m}.
   *
   * @param option its name, for messages
   * @throws UsageException if it is no schedule
   */
  static Schedule schedule(String option, String text) {
    Matcher brief = BRIEF.matcher(text.strip());
    try {
      if (!brief.matches()) {
        return Schedule.parse(text);
      }
      String unit = brief.group(2).toUpperCase(Locale.ROOT);
      return Schedule.parse((unit.equals("D") ? "P" : "PT") + brief.group(1) + unit);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "%s is a time such as 5m or PT5M, words such as \"every 5 minutes\", or a cron expression, not %s"
              .formatted(option, text),
          e);
    }
  }

  /**
   * The end of a day.
   *
   * @param option its name, for messages
   * @throws UsageException if it is no date, or over
   */
  static Instant endOf(String option, String text) {
    try {
      Instant end =
          LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant();
      if (end.isAfter(Instant.now())) {
        return end;
      }
    } catch (DateTimeException e) {
      throw new UsageException(
          "%s is a date such as 2027-12-31, not %s".formatted(option, text), e);
    }
    throw new UsageException("%s %s is over already".formatted(option, text));
  }

  static String minutes(Instant instant) {
    return MINUTES.format(instant.atZone(ZoneId.systemDefault()));
  }

  /** The last day before an instant that ends something. */
  static String lastDay(Instant end) {
    return end.minusNanos(1).atZone(ZoneId.systemDefault()).toLocalDate().toString();
  }

  /** Whole days from now on, begun ones counted; 0 if it is past. */
  static long daysUntil(Instant instant) {
    Duration left = Duration.between(Instant.now(), instant);
    return left.isNegative() || left.isZero() ? 0 : left.minusNanos(1).toDays() + 1;
  }
}
