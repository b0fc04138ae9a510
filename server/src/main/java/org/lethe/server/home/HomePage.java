package org.lethe.server.home;

import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What waits for somebody, as far as they may see it. */
@Controller
final class HomePage {

  private final Overview overview;

  HomePage(Overview overview) {
    this.overview = overview;
  }

  @GetMapping("/")
  String home(Me me, Model model) {
    model.addAttribute("cards", overview.of(me));
    return "home/home";
  }
}
