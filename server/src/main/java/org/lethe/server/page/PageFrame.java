package org.lethe.server.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.lethe.server.security.Me;
import org.lethe.server.security.MeNow;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the frame around each page shows. */
@ControllerAdvice(annotations = Controller.class)
final class PageFrame {

  @ModelAttribute
  void frame(Model model, HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (path.startsWith("/api/")) {
      return; // Answers for programs have no frame, and look at no cookie.
    }
    Theme theme = Theme.of(request);
    model.addAttribute("theme", theme.drawn());
    model.addAttribute("themeChoice", theme.word());
    model.addAttribute("tablerVersion", Webjars.TABLER);
    model.addAttribute("htmxVersion", Webjars.HTMX);
    String query = request.getQueryString();
    model.addAttribute("here", query == null ? path : path + "?" + query);
    if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      model.addAttribute(
          "csrfHeaders", "{\"%s\":\"%s\"}".formatted(token.getHeaderName(), token.getToken()));
    }
    MeNow.of(request).ifPresent(me -> signedIn(model, me, path, request.getSession(false)));
  }

  private static void signedIn(
      Model model, Me me, String path, @org.jspecify.annotations.Nullable HttpSession session) {
    model.addAttribute("me", me);
    model.addAttribute("places", Place.of(me, path));
    if (session != null) {
      model.addAttribute("undo", Undo.of(session).orElse(null));
    }
  }
}
