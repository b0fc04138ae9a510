package org.lethe.server.requests;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.server.page.Told;
import org.lethe.server.security.Me;
import org.lethe.server.security.Reauthentication;
import org.lethe.subject.request.Mailed;
import org.lethe.subject.request.RequestException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One request: how it came here, what may be done next, and what became of the data. */
@Controller
@RequestMapping("/requests/{number:[0-9]{1,18}}")
final class RequestPage {

  private final RequestService requests;
  private final Reauthentication password;

  RequestPage(RequestService requests, Reauthentication password) {
    this.requests = requests;
    this.password = password;
  }

  @GetMapping
  String show(@PathVariable String number, Me me, Model model) {
    model.addAttribute("view", requests.view(me, number));
    return "requests/request";
  }

  /** What an erasure would do: takes a while, so it is looked up apart. */
  @GetMapping("/plan")
  String plan(@PathVariable String number, Me me, Model model) {
    model.addAttribute("request", requests.find(me, number));
    model.addAttribute("plan", requests.plan(me, number));
    return "requests/plan";
  }

  private static String here(String number) {
    return "/requests/" + number;
  }

  @PostMapping("/verify")
  String verify(
      @PathVariable String number, @RequestParam String reason, Me me, RedirectAttributes after) {
    return Told.on(
        here(number),
        after,
        "It is known that this comes from the person.",
        () -> requests.verify(me, number, reason));
  }

  @PostMapping("/word")
  String word(
      @PathVariable String number, @RequestParam String word, Me me, RedirectAttributes after) {
    return Told.on(
        here(number),
        after,
        "The word is right: this comes from the person.",
        () -> requests.verifyWord(me, number, word));
  }

  @PostMapping("/mail")
  String mail(@PathVariable String number, Me me, RedirectAttributes after) {
    return Told.on(
        here(number),
        after,
        () -> {
          Mailed mailed = requests.mailWord(me, number);
          return "Mailed to %d address%s; the link is good for a week."
              .formatted(mailed.addresses(), mailed.addresses() == 1 ? "" : "es");
        });
  }

  @PostMapping("/collect")
  String collect(@PathVariable String number, Me me) {
    return job(requests.collect(me, number));
  }

  @PostMapping("/approve")
  String approve(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String reason,
      Me me,
      RedirectAttributes after) {
    return Told.on(here(number), after, "Approved.", () -> requests.approve(me, number, reason));
  }

  @PostMapping("/run")
  String run(
      @PathVariable String number,
      @RequestParam(name = "password", defaultValue = "") String typed,
      Me me,
      RedirectAttributes after) {
    requests.requireRun(me, number);
    try {
      password.require(me, typed);
      return job(requests.run(me, number));
    } catch (RequestException | Reauthentication.WrongPasswordException e) {
      after.addFlashAttribute("problem", e.getMessage());
      return "redirect:/requests/" + number;
    }
  }

  @PostMapping("/anew")
  String anew(@PathVariable String number, Me me) {
    return job(requests.anew(me, number));
  }

  private static String job(UUID id) {
    return "redirect:/jobs/" + id;
  }

  @PostMapping("/extend")
  String extend(
      @PathVariable String number, @RequestParam String reason, Me me, RedirectAttributes after) {
    return Told.on(
        here(number),
        after,
        "The deadline is put off; tell the person why.",
        () -> requests.extend(me, number, reason));
  }

  @PostMapping("/deny")
  String deny(
      @PathVariable String number, @RequestParam String reason, Me me, RedirectAttributes after) {
    return Told.on(
        here(number),
        after,
        "Denied; tell the person why.",
        () -> requests.deny(me, number, reason));
  }

  @PostMapping("/withdraw")
  String withdraw(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String reason,
      Me me,
      RedirectAttributes after) {
    return Told.on(here(number), after, "Withdrawn.", () -> requests.withdraw(me, number, reason));
  }

  @GetMapping("/archive.zip")
  void archive(@PathVariable String number, Me me, HttpServletResponse response)
      throws IOException {
    if (!requests.hasArchive(me, number)) {
      throw new RequestException(
          "there is no archive of request %s, or it has expired; make it anew".formatted(number));
    }
    response.setContentType("application/zip");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(number, "zip"));
    requests.fetch(me, number, response.getOutputStream());
  }

  @GetMapping("/certificate")
  ResponseEntity<byte[]> certificate(@PathVariable String number, Me me) {
    return file(
        requests.certificatePage(me, number),
        new MediaType("text", "html", StandardCharsets.UTF_8),
        number,
        "html");
  }

  @GetMapping("/certificate.json")
  ResponseEntity<byte[]> certificateJson(@PathVariable String number, Me me) {
    return file(requests.certificateJson(me, number), MediaType.APPLICATION_JSON, number, "json");
  }

  private static ResponseEntity<byte[]> file(
      String text, MediaType type, String number, String ending) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment(number, ending))
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String attachment(String number, String ending) {
    return ContentDisposition.attachment()
        .filename("request-%s.%s".formatted(number, ending))
        .build()
        .toString();
  }
}
