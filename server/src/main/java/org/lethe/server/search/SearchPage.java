package org.lethe.server.search;

import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a word leads to. */
@Controller
@RequestMapping("/search")
final class SearchPage {

  private final Search search;

  SearchPage(Search search) {
    this.search = search;
  }

  @GetMapping
  String page(@RequestParam(name = "q", defaultValue = "") String text, Me me, Model model) {
    find(text, me, model);
    return "search/search";
  }

  /** The results alone, for the palette. */
  @GetMapping("/results")
  String results(@RequestParam(name = "q", defaultValue = "") String text, Me me, Model model) {
    find(text, me, model);
    return "search/search :: results";
  }

  private void find(String text, Me me, Model model) {
    model.addAttribute("text", text.strip());
    model.addAttribute("hits", search.find(me, text));
  }
}
