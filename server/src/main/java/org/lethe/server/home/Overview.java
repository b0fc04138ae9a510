package org.lethe.server.home;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lethe.Lethe;
import org.lethe.account.Action;
import org.lethe.cli.admin.AdminSettings;
import org.lethe.retention.Overdue;
import org.lethe.schedule.Timetable;
import org.lethe.server.approval.Approvals;
import org.lethe.server.security.Me;
import org.lethe.subject.request.Request;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Gathers what waits for somebody. Thread-safe. */
@Service
final class Overview {

  private static final int MOST = 500;
  private static final Duration SOON = Duration.ofDays(7);

  private static final String IN_TRASH =
      """
      select count(*) as deletions, min(keep_until) as first
        from lethe.deletion where state = 'in_trash'
      """;

  private final Lethe lethe;
  private final AdminSettings settings;
  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final Approvals approvals;

  Overview(
      Lethe lethe, AdminSettings settings, JdbcTemplate jdbc, Clock clock, Approvals approvals) {
    this.approvals = approvals;
    this.lethe = lethe;
    this.settings = settings;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<Card> of(Me me) {
    List<Card> cards = new ArrayList<>();
    if (!lethe.decisions().secondPerson().isEmpty()
        && (me.may(Action.PURGE) || me.may(Action.RULES))) {
      long waiting = approvals.waiting(me);
      cards.add(
          new Card(
              "Approvals",
              number(waiting),
              waiting == 1 ? "act waits for a second person" : "acts wait for a second person",
              "/approvals",
              "See what waits",
              null));
    }
    if (me.may(Action.REQUESTS)) {
      cards.add(requests());
    }
    if (me.may(Action.VIEW)) {
      cards.add(trash());
    }
    if (me.may(Action.RULES)) {
      cards.add(retention());
    }
    return cards;
  }

  private Card requests() {
    AdminSettings.PeoplesRequests requests = settings.requests();
    if (requests == null) {
      return new Card(
          "Requests",
          "off",
          "Requests of people need a key: start with LETHE_KEY set.",
          "/requests",
          "Learn more",
          null);
    }
    List<Request> open =
        requests.requests().list(null, MOST).stream().filter(r -> r.state().open()).toList();
    long late = open.stream().filter(r -> r.due().isBefore(clock.instant())).count();
    long soon = open.stream().filter(r -> r.due().isBefore(clock.instant().plus(SOON))).count();
    return new Card(
        "Requests",
        number(open.size()),
        open.isEmpty()
            ? "Nobody waits for an answer."
            : "open; %d due within a week".formatted(soon),
        "/requests",
        "See requests",
        late == 0 ? null : "%d past the deadline".formatted(late));
  }

  private Card trash() {
    return jdbc.queryForObject(
        IN_TRASH,
        (row, n) -> {
          long deletions = row.getLong("deletions");
          java.sql.Timestamp first = row.getTimestamp("first");
          return new Card(
              "Trash",
              number(deletions),
              first == null ? "Nothing waits to be purged." : told(first.toInstant()),
              "/trash",
              "Open the trash",
              null);
        });
  }

  private String told(Instant first) {
    long days = Duration.between(clock.instant(), first).toDays();
    return days < 0
        ? "removals can come back; the oldest is due to be purged"
        : "removals can come back; the first is purged in %d days".formatted(days);
  }

  private Card retention() {
    int rules = lethe.decisions().rules().size();
    List<Overdue> overdue = lethe.overdue();
    return new Card(
        "Retention",
        number(rules),
        "rules; next: " + next(),
        "/retention",
        "See rules and runs",
        overdue.isEmpty() ? null : "%d not run in time".formatted(overdue.size()));
  }

  private String next() {
    List<Timetable.Entry> entries = lethe.timetable().entries();
    if (entries.isEmpty()) {
      return "nothing is planned";
    }
    Timetable.Entry first = entries.get(0);
    return "%s at %s"
        .formatted(first.task(), first.next().toString().replaceAll("T(..:..).*", " $1 UTC"));
  }

  private static String number(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }
}
