package org.lethe.subject.export;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.policy.Decisions;
import org.lethe.policy.ExportRule;
import org.lethe.policy.Treatment;

/** What the policy does to values on their way out. Immutable. */
final class Changes {

  /** For values that a pattern does not fit: the pattern may be there to say less. */
  static final String UNREADABLE = "[cannot be formatted]";

  private static final List<Function<String, TemporalAccessor>> TIMES =
      List.of(OffsetDateTime::parse, LocalDateTime::parse, LocalDate::parse, LocalTime::parse);

  private final Transformations transformations;

  Changes(Transformations transformations) {
    this.transformations = transformations;
  }

  /**
   * Looks for what cannot work, before anything is written.
   *
   * @throws InputException if a pattern or a transformation is no good
   */
  void check(Decisions decisions) {
    transformations.check(decisions);
    decisions
        .data()
        .eachExport(
            (column, export) -> {
              String pattern = export.format();
              if (pattern != null && !good(pattern)) {
                throw new InputException(
                    "%s has the format %s, which is neither one for dates nor one for numbers; write one such as yyyy-MM or 0.00"
                        .formatted(decisions.displayName(column), pattern));
              }
            });
  }

  /** The value as it is handed out, as JSON; null for nothing. */
  @Nullable String apply(String table, Shown shown, String json) {
    ExportRule rule = shown.rule();
    String value = Json.text(json);
    if (rule.with() != null) {
      String given = transformations.apply(rule.with(), table, shown.column().name(), value);
      if (given == null) {
        return null;
      }
      value = given;
    }
    if (rule.format() != null) {
      value = formatted(value, rule.format(), Json.number(json));
    }
    return Json.quote(rule.mask() == null ? value : masked(value, rule.mask()));
  }

  private static boolean good(String pattern) {
    return dates(pattern) != null || numbers(pattern) != null;
  }

  private static @Nullable DateTimeFormatter dates(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable DecimalFormat numbers(String pattern) {
    try {
      return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String formatted(String value, String pattern, boolean number) {
    if (number) {
      DecimalFormat format = numbers(pattern);
      return format == null ? UNREADABLE : format.format(new BigDecimal(value));
    }
    DateTimeFormatter format = dates(pattern);
    if (format == null) {
      return UNREADABLE;
    }
    for (Function<String, TemporalAccessor> form : TIMES) {
      try {
        return format.format(form.apply(value));
      } catch (DateTimeException e) {
        // Perhaps another form fits.
      }
    }
    return UNREADABLE;
  }

  static String masked(String value, Treatment.Mask mask) {
    int length = value.codePointCount(0, value.length());
    if (length <= mask.first() + mask.last()) {
      return "*".repeat(length);
    }
    int from = value.offsetByCodePoints(0, mask.first());
    int to = value.offsetByCodePoints(value.length(), -mask.last());
    return value.substring(0, from)
        + "*".repeat(length - mask.first() - mask.last())
        + value.substring(to);
  }
}
