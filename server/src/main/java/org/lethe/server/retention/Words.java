package org.lethe.server.retention;

import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lethe.collect.Counts;
import org.lethe.policy.Age;
import org.lethe.policy.Rule;
import org.lethe.policy.Schedule;
import org.lethe.schema.Catalog;

/** Rules and what they did, in words. */
final class Words {

  private Words() {}

  /** Such as {@code Deletes rows of note for good once written is 30 days ago}. */
  static String sentence(Rule rule, Catalog catalog) {
    String table = catalog.displayName(rule.table());
    String what =
        switch (rule.action()) {
          case DELETE -> "Deletes rows of %s for good".formatted(table);
          case SOFT_DELETE -> "Puts rows of %s into the trash".formatted(table);
          case DEACTIVATE -> "Deactivates accounts of %s".formatted(table);
          case ERASE -> "Erases people of %s everywhere".formatted(table);
        };
    String old =
        rule.olderThan().entrySet().stream()
            .map(e -> "%s is %s ago".formatted(e.getKey(), age(e.getValue())))
            .collect(Collectors.joining(" and "));
    return old.isEmpty() ? what : what + " once " + old;
  }

  /** What a rule would do to so many rows. */
  static String act(Rule.Action action, long rows) {
    return switch (action) {
      case DELETE -> "delete %s for good".formatted(rows(rows));
      case SOFT_DELETE -> "put %s into the trash".formatted(rows(rows));
      case ERASE -> "erase %s".formatted(number(rows, "person", "people"));
      case DEACTIVATE -> "deactivate %s".formatted(number(rows, "account", "accounts"));
    };
  }

  static String schedule(Schedule schedule) {
    return schedule instanceof Schedule.Every every
        ? "every " + (age(every.age()).startsWith("1 ") ? one(every.age()) : age(every.age()))
        : "at " + schedule + " (cron, UTC)";
  }

  private static String one(Age age) {
    String words = age(age);
    return words.contains(", ") ? words : words.substring(2);
  }

  /** {@code 2 years}, {@code 1 day, 12 hours}. */
  static String age(Age age) {
    List<String> parts = new ArrayList<>();
    Period period = age.period();
    part(period.getYears(), "year", parts);
    part(period.getMonths(), "month", parts);
    part(period.getDays(), "day", parts);
    Duration duration = age.duration();
    part(duration.toHours(), "hour", parts);
    part(duration.toMinutesPart(), "minute", parts);
    part(duration.toSecondsPart(), "second", parts);
    return parts.isEmpty() ? "no time" : String.join(", ", parts);
  }

  private static void part(long n, String unit, List<String> parts) {
    if (n > 0) {
      parts.add(number(n, unit, unit + "s"));
    }
  }

  /** {@code 12 rows removed, 3 changed, 2 set aside}. */
  static String did(Counts counts, Map<String, Long> setAside) {
    List<String> did = new ArrayList<>();
    long changed = sum(counts.updated());
    long aside = sum(setAside);
    if (counts.total() > 0) {
      did.add(rows(counts.total()) + " removed");
    }
    if (changed > 0) {
      did.add(rows(changed) + " changed");
    }
    if (aside > 0) {
      did.add(rows(aside) + " set aside");
    }
    return did.isEmpty() ? "nothing to do" : String.join(", ", did);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  static String rows(long n) {
    return number(n, "row", "rows");
  }

  static String number(long n, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
  }

  static String time(Duration d) {
    return d.toMillis() < 1000
        ? d.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
  }
}
