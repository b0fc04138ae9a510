package org.lethe.server.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Departure;
import org.lethe.account.DepartureReport;
import org.lethe.account.PlannedDeparture;
import org.lethe.account.Reactivation;
import org.lethe.account.Taken;
import org.lethe.server.users.DepartureService;

/** What is told of people who leave and come back. */
final class Departed {

  private Departed() {}

  /** What an account would lose. */
  record Effect(
      ApiAccount account,
      List<String> groups,
      List<String> permissions,
      long sessions,
      long tokens) {

    static Effect of(DepartureService.Leaving l) {
      return new Effect(
          ApiAccount.of(l.account()), l.groups(), l.permissions(), l.sessions(), l.tokens());
    }
  }

  /** That an account left, and came back; {@code back} is null while it has not. */
  record Told(
      String account,
      String kind,
      @Nullable Instant at,
      @Nullable String by,
      @Nullable String reason,
      List<String> groups,
      List<String> permissions,
      boolean staff,
      boolean superuser,
      long sessions,
      long tokens,
      @Nullable Instant back,
      @Nullable String backBy) {

    static Told of(Departure d) {
      return new Told(
          d.account().text(),
          d.kind().name().toLowerCase(Locale.ROOT),
          d.at(),
          d.by(),
          d.why(),
          d.taken().groups().stream().map(Taken.Membership::name).toList(),
          d.taken().permissions(),
          d.taken().staff(),
          d.taken().superuser(),
          d.sessions(),
          d.tokens(),
          d.back(),
          d.backBy());
    }
  }

  /**
   * What became of several.
   *
   * @param refused why not, by account
   * @param unended where sessions could not be ended yet; it is tried again
   */
  record Report(List<Told> done, Map<String, String> refused, List<String> unended) {

    static Report of(DepartureReport r) {
      return new Report(
          r.done().stream().map(Told::of).toList(),
          r.refused().entrySet().stream()
              .collect(Collectors.toMap(e -> e.getKey().text(), Map.Entry::getValue)),
          r.unended());
    }
  }

  /** A departure on a day to come. */
  record Planned(
      String id,
      String account,
      String way,
      Instant due,
      String by,
      @Nullable String reason,
      @Nullable String outcome) {

    static Planned of(PlannedDeparture p) {
      return new Planned(
          Long.toString(p.id()),
          p.account().text(),
          p.offboard() ? "offboard" : "deactivate",
          p.due(),
          p.by(),
          p.why(),
          p.outcome());
    }
  }

  /** What came back with an account, and what could not. */
  record Back(
      ApiAccount account,
      List<String> groups,
      List<String> permissions,
      boolean staff,
      boolean superuser,
      List<String> changedMeanwhile) {

    static Back of(Reactivation r) {
      return new Back(
          ApiAccount.of(r.account()),
          r.groups(),
          r.permissions(),
          r.staff(),
          r.superuser(),
          r.changedMeanwhile());
    }
  }
}
