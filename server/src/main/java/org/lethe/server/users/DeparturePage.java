package org.lethe.server.users;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.DepartureOptions;
import org.lethe.account.DepartureReport;
import org.lethe.account.Reactivation;
import org.lethe.error.InputException;
import org.lethe.error.NotPermittedException;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where people leave and come back: what would happen is said before it does. */
@Controller
@RequestMapping("/users")
final class DeparturePage {

  private static final String BACK_TO_LIST = "redirect:/users";

  private final DepartureService departures;
  private final UserService users;

  DeparturePage(DepartureService departures, UserService users) {
    this.departures = departures;
    this.users = users;
  }

  /** Which way somebody leaves: each leads to the page that does it. */
  @GetMapping("/{id:[a-z]+:.+}/leaving")
  String ways(@PathVariable String id, Me me, Model model) {
    me.require(org.lethe.account.Action.DEACTIVATE);
    Account account = users.find(me, id);
    model.addAttribute("account", account);
    model.addAttribute("ways", users.ways(account));
    return "users/leaving";
  }

  @GetMapping("/leave")
  String ask(
      @RequestParam(name = "row", required = false) @Nullable List<String> ids,
      @RequestParam(defaultValue = "") String as,
      Me me,
      Model model) {
    List<String> named = ids == null ? List.of() : ids;
    try {
      model.addAttribute("leaving", departures.effects(me, named));
    } catch (NotPermittedException e) {
      throw e;
    } catch (InputException e) {
      model.addAttribute("problem", e.getMessage());
      model.addAttribute("leaving", List.of());
    }
    model.addAttribute("as", as);
    return "users/leave";
  }

  @PostMapping("/leave")
  String leave(
      @RequestParam(name = "row") List<String> ids,
      @RequestParam String way,
      @RequestParam(defaultValue = "false") boolean groups,
      @RequestParam(defaultValue = "false") boolean permissions,
      @RequestParam(defaultValue = "false") boolean staff,
      @RequestParam(defaultValue = "") String day,
      @RequestParam(defaultValue = "") String reason,
      Me me,
      RedirectAttributes after) {
    boolean offboard = way.equals("offboard");
    DepartureOptions options = new DepartureOptions(groups, permissions, staff);
    String next = ids.size() == 1 ? BACK_TO_LIST + "/" + ids.get(0) : BACK_TO_LIST;
    if (!day.isBlank()) {
      int n = departures.plan(me, ids, offboard, options, day, reason).size();
      after.addFlashAttribute(
          "notice",
          n == 1
              ? "The account leaves on %s.".formatted(day.strip())
              : "%d accounts leave on %s.".formatted(n, day.strip()));
      return next;
    }
    tell(departures.leave(me, ids, offboard, options, reason), offboard, after);
    return next;
  }

  private static void tell(DepartureReport report, boolean offboard, RedirectAttributes after) {
    int n = report.done().size();
    if (n > 0) {
      long sessions = report.done().stream().mapToLong(d -> d.sessions()).sum();
      long tokens = report.done().stream().mapToLong(d -> d.tokens()).sum();
      after.addFlashAttribute(
          "notice",
          "%s %s: %d session%s ended, %d token%s revoked."
              .formatted(
                  n == 1 ? "1 account is" : n + " accounts are",
                  offboard ? "offboarded" : "deactivated",
                  sessions,
                  sessions == 1 ? "" : "s",
                  tokens,
                  tokens == 1 ? "" : "s"));
    }
    StringBuilder problem = new StringBuilder();
    report.refused().forEach((id, why) -> problem.append(id).append(": ").append(why).append(". "));
    report.unended().forEach(why -> problem.append(why).append(". "));
    if (!problem.isEmpty()) {
      after.addFlashAttribute("problem", problem.toString().strip());
    }
  }

  @PostMapping("/{id:[a-z]+:.+}/planned/{plan}/cancel")
  String cancel(@PathVariable String id, @PathVariable long plan, Me me, RedirectAttributes after) {
    departures.cancel(me, plan);
    after.addFlashAttribute("notice", "The account stays.");
    return BACK_TO_LIST + "/" + id;
  }

  @GetMapping("/{id:[a-z]+:.+}/return")
  String askBack(@PathVariable String id, Me me, Model model) {
    me.require(org.lethe.account.Action.DEACTIVATE);
    Account account = users.find(me, id);
    model.addAttribute("account", account);
    model.addAttribute("departure", departures.of(me, account.id()).orElse(null));
    return "users/return";
  }

  @PostMapping("/{id:[a-z]+:.+}/return")
  String back(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean groups,
      @RequestParam(defaultValue = "false") boolean permissions,
      @RequestParam(defaultValue = "false") boolean staff,
      @RequestParam(defaultValue = "") String reason,
      Me me,
      RedirectAttributes after) {
    try {
      Reactivation back =
          departures.back(me, id, new DepartureOptions(groups, permissions, staff), reason);
      after.addFlashAttribute("notice", "%s is back.".formatted(back.account().label()));
      if (!back.changedMeanwhile().isEmpty()) {
        after.addFlashAttribute(
            "problem", "Not as it was: " + String.join("; ", back.changedMeanwhile()));
      }
    } catch (NotPermittedException e) {
      throw e;
    } catch (InputException e) {
      after.addFlashAttribute("problem", e.getMessage());
    }
    return BACK_TO_LIST + "/" + id;
  }
}
