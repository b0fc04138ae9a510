package org.lethe.server.page;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the choice of light or dark is sent. */
@Controller
final class ThemeChoice {

  @PostMapping("/theme")
  String choose(
      @RequestParam String theme,
      @RequestParam(defaultValue = "/") String back,
      HttpServletResponse response) {
    Theme.named(theme)
        .ifPresent(t -> response.addHeader(HttpHeaders.SET_COOKIE, t.cookie().toString()));
    return "redirect:" + Back.to(back);
  }
}
