package org.lethe.server.approval;

import java.util.List;
import java.util.UUID;
import org.lethe.server.page.Told;
import org.lethe.server.security.Me;
import org.lethe.server.security.Reauthentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What waits for a second person. */
@Controller
final class ApprovalPage {

  private final Approvals approvals;
  private final Reauthentication password;

  ApprovalPage(Approvals approvals, Reauthentication password) {
    this.approvals = approvals;
    this.password = password;
  }

  /**
   * An act as the page shows it.
   *
   * @param state in a word
   * @param mine whether this account may decide
   */
  record Line(Approval approval, String state, boolean mine) {}

  @GetMapping("/approvals")
  String list(Me me, Model model) {
    List<Line> lines =
        approvals.list(me).stream()
            .map(
                a ->
                    new Line(
                        a,
                        a.outcome() != null
                            ? a.outcome()
                            : approvals.open(a) ? "waits for a second person" : "waited too long",
                        approvals.open(a) && !Approvals.own(me, a)))
            .toList();
    model.addAttribute("lines", lines);
    return "approvals/approvals";
  }

  @PostMapping("/approvals/{id}/approve")
  String approve(
      Me me,
      @PathVariable UUID id,
      @RequestParam(name = "password", defaultValue = "") String typed,
      RedirectAttributes after) {
    approvals.check(me, id);
    return Told.on(
        "/approvals",
        after,
        () -> {
          password.require(me, typed);
          return approvals.approve(me, id);
        });
  }

  @PostMapping("/approvals/{id}/refuse")
  String refuse(
      Me me,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String why,
      RedirectAttributes after) {
    return Told.on(
        "/approvals",
        after,
        "It was refused; nothing was done.",
        () -> approvals.refuse(me, id, why));
  }
}
