package org.lethe.subject.request;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import org.lethe.policy.RequestRules;

/**
 * Until when a request must be answered: calendar months (GDPR article 12(3)) that end with the day
 * of the same number, or with the month's last where it has none such (Regulation 1182/71, article
 * 3(2)(c)); days are those of UTC.
 */
final class Deadlines {

  private Deadlines() {}

  /** The first moment at which it is late. */
  static Instant first(RequestRules.Law law, Instant received) {
    return end(received, law.deadline());
  }

  /** The same after it was put off: counted from the day it was received, too. */
  static Instant extended(RequestRules.Law law, Instant received) {
    return end(received, law.deadline().plus(law.extension()));
  }

  private static Instant end(Instant received, Period period) {
    LocalDate day = LocalDate.ofInstant(received, ZoneOffset.UTC).plus(period);
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
