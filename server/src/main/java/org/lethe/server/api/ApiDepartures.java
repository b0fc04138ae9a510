package org.lethe.server.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.AccountId;
import org.lethe.account.Action;
import org.lethe.account.DepartureOptions;
import org.lethe.error.InputException;
import org.lethe.server.security.Me;
import org.lethe.server.users.DepartureService;
import org.lethe.server.users.UserService;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People leave and come back. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "departures", description = "People leave and come back")
final class ApiDepartures {

  private final DepartureService departures;
  private final UserService users;

  ApiDepartures(DepartureService departures, UserService users) {
    this.departures = departures;
    this.users = users;
  }

  /** What goes, or comes back, beside access itself; what is left out does not. */
  record Things(@Nullable Boolean groups, @Nullable Boolean permissions, @Nullable Boolean staff) {

    static DepartureOptions options(@Nullable Things things) {
      return things == null
          ? DepartureOptions.NOTHING
          : new DepartureOptions(
              Boolean.TRUE.equals(things.groups),
              Boolean.TRUE.equals(things.permissions),
              Boolean.TRUE.equals(things.staff));
    }
  }

  /** Who leaves, and how. */
  record Leave(
      @Nullable List<String> accounts,
      @Schema(description = "deactivate, or offboard for good: then all is taken")
          @Nullable String way,
      @Nullable Things take,
      @Schema(description = "why; the audit keeps it") @Nullable String reason) {}

  /** The same on a day to come. */
  record Later(
      @Nullable List<String> accounts,
      @Nullable String way,
      @Nullable Things take,
      @Schema(description = "the day at whose beginning (UTC) they leave, such as 2027-01-31")
          @Nullable String day,
      @Nullable String reason) {}

  /** How somebody comes back. */
  record Return(@Nullable Things bring, @Nullable String reason) {}

  @GetMapping("/departures/effects")
  @Needs(Action.DEACTIVATE)
  @Operation(summary = "What accounts would lose if they left; nothing is done")
  Items<Departed.Effect> effects(@RequestParam List<String> account, Me me) {
    return new Items<>(
        departures.effects(me, account).stream().map(Departed.Effect::of).toList(), null);
  }

  @PostMapping("/departures")
  @Needs(Action.DEACTIVATE)
  @Operation(
      summary = "Lets accounts leave now: sessions end and tokens are revoked at once",
      description = "Each account by itself: what was refused, and why, is told in the answer.")
  Departed.Report leave(@RequestBody Leave leave, Me me) {
    me.require(Action.DEACTIVATE);
    return Departed.Report.of(
        departures.leave(
            me,
            named(leave.accounts()),
            offboard(leave.way()),
            Things.options(leave.take()),
            text(leave.reason())));
  }

  @PostMapping("/departures/planned")
  @ResponseStatus(HttpStatus.CREATED)
  @Needs(Action.DEACTIVATE)
  @Operation(summary = "Lets accounts leave on a day to come")
  Items<Departed.Planned> plan(@RequestBody Later later, Me me) {
    me.require(Action.DEACTIVATE);
    return new Items<>(
        departures
            .plan(
                me,
                named(later.accounts()),
                offboard(later.way()),
                Things.options(later.take()),
                text(later.day()),
                text(later.reason()))
            .stream()
            .map(Departed.Planned::of)
            .toList(),
        null);
  }

  @DeleteMapping("/departures/planned/{id:[0-9]{1,18}}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Needs(Action.DEACTIVATE)
  @Operation(summary = "Takes back that an account leaves on a day to come")
  void cancel(@PathVariable String id, Me me) {
    departures.cancel(me, Long.parseLong(id));
  }

  @GetMapping("/users/{id:[a-z]+:.+}/departures")
  @Needs(Action.USERS)
  @Operation(summary = "How an account left and came back, latest first")
  Items<Departed.Told> history(@PathVariable String id, Me me) {
    AccountId account = users.find(me, id).id();
    return new Items<>(
        departures.history(me, account).stream().map(Departed.Told::of).toList(), null);
  }

  @GetMapping("/users/{id:[a-z]+:.+}/departures/planned")
  @Needs(Action.USERS)
  @Operation(summary = "When an account is to leave")
  Items<Departed.Planned> planned(@PathVariable String id, Me me) {
    AccountId account = users.find(me, id).id();
    return new Items<>(
        departures.planned(me, account).stream().map(Departed.Planned::of).toList(), null);
  }

  @PostMapping("/users/{id:[a-z]+:.+}/return")
  @Needs(Action.DEACTIVATE)
  @Operation(summary = "Lets an account come back, with what was taken from it if that is wanted")
  Departed.Back back(@PathVariable String id, @RequestBody Return wanted, Me me) {
    return Departed.Back.of(
        departures.back(me, id, Things.options(wanted.bring()), text(wanted.reason())));
  }

  private static List<String> named(@Nullable List<String> accounts) {
    if (accounts == null || accounts.isEmpty()) {
      throw new InputException("say who leaves: accounts, such as [\"lethe:3\"]");
    }
    if (accounts.size() > Items.MOST) {
      throw new InputException("that are too many at once; send %d at most".formatted(Items.MOST));
    }
    return accounts;
  }

  private static boolean offboard(@Nullable String way) {
    if ("offboard".equals(way)) {
      return true;
    }
    if ("deactivate".equals(way)) {
      return false;
    }
    throw new InputException("way is deactivate or offboard");
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }
}
