package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When things happen again. */
class ScheduleTest {

  @ParameterizedTest
  @CsvSource({
    "PT5M, 2026-01-31T12:05:00Z",
    "every 5 minutes, 2026-01-31T12:05:00Z",
    "Every Hour, 2026-01-31T13:00:00Z",
    "every 1 month, 2026-02-28T12:00:00Z",
    "every 2 weeks, 2026-02-14T12:00:00Z",
    "P1M, 2026-02-28T12:00:00Z",
    "p1dt12h, 2026-02-02T00:00:00Z",
    "30 3 * * *, 2026-02-01T03:30:00Z",
    "*/5 * * * *, 2026-01-31T12:05:00Z",
    "0 0 9 * * MON-FRI, 2026-02-02T09:00:00Z",
    "0 0 29 2 *, 2028-02-29T00:00:00Z"
  })
  void comesNext(String text, Instant next) {
    Schedule schedule = Schedule.parse(text);

    assertThat(schedule.next(Instant.parse("2026-01-31T12:00:00Z"))).isEqualTo(next);
    assertThat(schedule).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "often",
        "P0D",
        "PT0S",
        "P",
        "P-1D",
        "every 0 minutes",
        "every 5",
        "61 3 * * *",
        "0 0 30 2 *",
        "* * * *",
        "a b c d e",
        "1 2 3 4 5 6 7"
      })
  void isRefusedWithAReason(String text) {
    assertThatThrownBy(() -> Schedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"");
  }

  @Test
  void agesAreOfTheCalendarInUtc() {
    Instant now = Instant.parse("2024-03-31T12:00:00Z");

    assertThat(Age.parse("P1M").before(now)).isEqualTo("2024-02-29T12:00:00Z");
    assertThat(Age.parse("P1Y1DT1H").before(now)).isEqualTo("2023-03-30T11:00:00Z");
    assertThat(Age.parse("P1M").after(Instant.parse("2024-01-31T00:00:00Z")))
        .isEqualTo("2024-02-29T00:00:00Z");
  }
}
