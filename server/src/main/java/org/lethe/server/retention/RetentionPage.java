package org.lethe.server.retention;

import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What happens by itself, in one list. */
@Controller
@RequestMapping("/retention")
final class RetentionPage {

  private final RetentionService retention;

  RetentionPage(RetentionService retention) {
    this.retention = retention;
  }

  @GetMapping
  String list(Me me, Model model) {
    model.addAttribute("tasks", retention.tasks(me));
    model.addAttribute("chart", retention.chart(me));
    return "retention/retention";
  }
}
