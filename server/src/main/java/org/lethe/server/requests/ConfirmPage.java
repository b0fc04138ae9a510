package org.lethe.server.requests;

import jakarta.servlet.http.HttpServletResponse;
import org.lethe.error.InputException;
import org.lethe.subject.request.Request;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where the link of a mail leads the person who asked: needs no account, and says nothing of
 * anybody. Opening it changes nothing, since mail programs open links too; the button does.
 */
@Controller
@RequestMapping("/confirm")
final class ConfirmPage {

  private final RequestService requests;

  ConfirmPage(RequestService requests) {
    this.requests = requests;
  }

  @GetMapping
  String ask(@RequestParam(defaultValue = "") String word, Model model) {
    model.addAttribute("word", word);
    return "requests/confirm";
  }

  @PostMapping
  String confirm(
      @RequestParam(defaultValue = "") String word, Model model, HttpServletResponse response) {
    try {
      Request request = requests.confirmed(word);
      model.addAttribute("confirmed", request.number());
    } catch (InputException e) {
      // The same words for a wrong link and for a used one.
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      model.addAttribute(
          "problem", "This link is not good any more. Ask whoever you wrote to for a new one.");
    }
    return "requests/confirm";
  }
}
