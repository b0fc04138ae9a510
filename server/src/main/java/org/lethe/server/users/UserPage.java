package org.lethe.server.users;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Account;
import org.lethe.account.AccountChange;
import org.lethe.account.AccountId;
import org.lethe.server.page.Told;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One account: its profile, groups and permissions. */
@Controller
@RequestMapping("/users/{id:[a-z]+:.+}")
final class UserPage {

  private final UserService users;
  private final DepartureService departures;

  UserPage(UserService users, DepartureService departures) {
    this.users = users;
    this.departures = departures;
  }

  @GetMapping
  String show(@PathVariable String id, Me me, Model model) {
    model.addAttribute("view", users.view(me, id));
    AccountId named = AccountId.of(id);
    model.addAttribute("departure", departures.of(me, named).orElse(null));
    model.addAttribute("planned", departures.planned(me, named));
    model.addAttribute("history", departures.history(me, named));
    model.addAttribute("ways", users.ways(users.find(me, id)));
    model.addAttribute("self", me.account().id().text().equals(id));
    return "users/user";
  }

  private static String changed(
      String id, RedirectAttributes after, String notice, Runnable change) {
    return Told.on("/users/" + id, after, notice, change);
  }

  @PostMapping("/profile")
  String profile(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String login,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String email,
      Me me,
      RedirectAttributes after) {
    Account was = users.find(me, id);
    AccountChange change =
        new AccountChange(
            other(login, was.login()),
            other(name, was.name()),
            other(email, was.email() == null ? "" : was.email()),
            null,
            null);
    return changed(id, after, "Saved.", () -> users.change(me, id, change));
  }

  private static @Nullable String other(@Nullable String typed, String was) {
    return typed == null || typed.strip().equals(was) ? null : typed.strip();
  }

  @PostMapping("/roles")
  String roles(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean staff,
      @RequestParam(defaultValue = "false") boolean superuser,
      Me me,
      RedirectAttributes after) {
    Account was = users.find(me, id);
    AccountChange change =
        new AccountChange(
            null,
            null,
            null,
            staff == was.staff() ? null : staff,
            superuser == was.superuser() ? null : superuser);
    return changed(id, after, "Saved.", () -> users.change(me, id, change));
  }

  @PostMapping("/groups")
  String groups(
      @PathVariable String id,
      @RequestParam(name = "group", required = false) @Nullable List<String> groups,
      Me me,
      RedirectAttributes after) {
    List<String> wanted = groups == null ? List.of() : groups;
    return changed(id, after, "Saved.", () -> users.setGroups(me, id, wanted));
  }

  @PostMapping("/permissions")
  String permissions(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String permissions,
      Me me,
      RedirectAttributes after) {
    return changed(id, after, "Saved.", () -> users.setPermissions(me, id, permissions));
  }

  @PostMapping("/password")
  String password(
      @PathVariable String id, @RequestParam String password, Me me, RedirectAttributes after) {
    return changed(id, after, "The password is set.", () -> users.setPassword(me, id, password));
  }
}
