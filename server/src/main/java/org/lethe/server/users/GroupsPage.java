package org.lethe.server.users;

import java.util.ArrayList;
import java.util.List;
import org.lethe.account.Ability;
import org.lethe.account.Directory;
import org.lethe.account.Group;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Groups, and what their accounts may do. */
@Controller
@RequestMapping("/groups")
final class GroupsPage {

  private final UserService users;

  GroupsPage(UserService users) {
    this.users = users;
  }

  /** A directory that has groups. */
  record Place(String directory, List<Group> groups) {}

  @GetMapping
  String list(Me me, Model model) {
    List<Place> places = new ArrayList<>();
    for (Directory directory : users.directories(me)) {
      if (directory.can(Ability.GROUPS)) {
        places.add(new Place(directory.name(), directory.groups()));
      }
    }
    model.addAttribute("groups", places);
    return "users/groups";
  }

  @PostMapping
  String create(
      @RequestParam String directory, @RequestParam String name, Me me, RedirectAttributes after) {
    Group group = users.createGroup(me, directory, name);
    after.addFlashAttribute("notice", "The group is there. Say what its accounts may do.");
    return "redirect:/groups/%s/%s".formatted(directory, group.key());
  }

  @GetMapping("/{directory}/{key}")
  String show(@PathVariable String directory, @PathVariable String key, Me me, Model model) {
    model.addAttribute("view", users.group(me, directory, key));
    return "users/group";
  }

  @PostMapping("/{directory}/{key}")
  String change(
      @PathVariable String directory,
      @PathVariable String key,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String permissions,
      Me me,
      RedirectAttributes after) {
    users.changeGroup(me, directory, key, name, permissions);
    after.addFlashAttribute("notice", "Saved.");
    return "redirect:/groups/%s/%s".formatted(directory, key);
  }

  @PostMapping("/{directory}/{key}/delete")
  String delete(
      @PathVariable String directory, @PathVariable String key, Me me, RedirectAttributes after) {
    users.deleteGroup(me, directory, key);
    after.addFlashAttribute("notice", "The group is gone; its accounts stay.");
    return "redirect:/groups";
  }
}
