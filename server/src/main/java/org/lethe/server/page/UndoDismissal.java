package org.lethe.server.page;

import jakarta.servlet.http.HttpSession;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where an offer to undo is sent away. */
@Controller
final class UndoDismissal {

  @PostMapping("/undo/dismiss")
  String dismiss(@RequestParam(defaultValue = "/") String back, HttpSession session) {
    Undo.dismiss(session);
    return "redirect:" + Back.to(back);
  }
}
