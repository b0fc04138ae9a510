package org.lethe.policy;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something happens again: a while after the last time, or at times of the calendar. In UTC,
 * so that every process means the same. Immutable.
 */
public sealed interface Schedule {

  /** The next time after {@code last}; always later than it. */
  Instant next(Instant last);

  /**
   * Reads one.
   *
   * @param text an ISO 8601 period such as {@code PT5M}, words such as {@code every 5 minutes}, or
   *     a cron expression of five fields, or of six with seconds first
   * @throws IllegalArgumentException saying, for people, what is wrong with it
   */
  static Schedule parse(String text) {
    String bare = text.strip();
    Matcher words = Every.WORDS.matcher(bare);
    if (words.matches()) {
      return new Every(bare, Every.age(words));
    }
    if (bare.toUpperCase(Locale.ROOT).startsWith("P")) {
      Age age;
      try {
        age = Age.parse(bare.toUpperCase(Locale.ROOT));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is not an ISO 8601 period such as PT5M or P1D", e);
      }
      return new Every(bare, age);
    }
    int fields = bare.split("\\s+").length;
    if (fields < 5 || fields > 6) {
      throw new IllegalArgumentException("\"" + text + "\" is no schedule");
    }
    return Cron.parse(bare, fields);
  }

  /**
   * A while after the last time.
   *
   * @param text as written
   */
  record Every(String text, Age age) implements Schedule {

    private static final Pattern WORDS =
        Pattern.compile(
            "every\\s+(?:([0-9]{1,6})\\s+)?(second|minute|hour|day|week|month)s?",
            Pattern.CASE_INSENSITIVE);

    public Every {
      if (!age.before(Instant.EPOCH).isBefore(Instant.EPOCH)) {
        throw new IllegalArgumentException("\"" + text + "\" is no time at all");
      }
    }

    private static Age age(Matcher words) {
      String unit = words.group(2).toUpperCase(Locale.ROOT).substring(0, 1);
      boolean ofClock = !words.group(2).equalsIgnoreCase("month") && "SMH".contains(unit);
      String number = words.group(1) == null ? "1" : words.group(1);
      return Age.parse((ofClock ? "PT" : "P") + number + unit);
    }

    @Override
    public Instant next(Instant last) {
      return age.after(last);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * At times of the calendar.
   *
   * @param text as written
   */
  record Cron(String text, CronSchedule times) implements Schedule {

    private static Cron parse(String text, int fields) {
      CronStyle style = fields == 5 ? CronStyle.UNIX : CronStyle.SPRING53;
      CronSchedule times;
      try {
        times = new CronSchedule(text, ZoneOffset.UTC, style);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "\"%s\" is no cron expression: %s".formatted(text, e.getMessage()), e);
      }
      Cron cron = new Cron(text, times);
      try {
        cron.next(Instant.EPOCH);
      } catch (IllegalStateException e) {
        throw new IllegalArgumentException("\"" + text + "\" never comes", e);
      }
      return cron;
    }

    @Override
    public Instant next(Instant last) {
      Instant next = times.getNextExecutionTime(ExecutionComplete.simulatedSuccess(last));
      if (!next.isAfter(last) || Duration.between(last, next).toDays() > 365L * 100) {
        throw new IllegalStateException("no next time for " + text);
      }
      return next;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
