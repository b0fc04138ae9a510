package org.lethe.server.records;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How numbers and spans of time are put into words; for templates too. */
public final class RecordWords {

  private RecordWords() {}

  public static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** {@code 1 row}, {@code 1,234 rows}. */
  public static String rows(long n) {
    return number(n) + (n == 1 ? " row" : " rows");
  }

  /** {@code 30 days}, {@code 1 year 6 months}. */
  public static String period(Period period) {
    List<String> parts = new ArrayList<>();
    part(period.getYears(), "year", parts);
    part(period.getMonths(), "month", parts);
    part(period.getDays(), "day", parts);
    return parts.isEmpty() ? "0 days" : String.join(" ", parts);
  }

  private static void part(int n, String unit, List<String> parts) {
    if (n != 0) {
      parts.add(n + " " + unit + (n == 1 ? "" : "s"));
    }
  }
}
