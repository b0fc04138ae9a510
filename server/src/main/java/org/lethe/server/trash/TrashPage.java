package org.lethe.server.trash;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.server.approval.WaitsException;
import org.lethe.server.list.ListQuery;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.page.Undo;
import org.lethe.server.records.RecordWords;
import org.lethe.server.security.Me;
import org.lethe.server.security.Reauthentication;
import org.lethe.server.security.Reauthentication.WrongPasswordException;
import org.lethe.trash.RestoreException;
import org.lethe.trash.RestoreReport;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The trash, one deletion, and what can be done with it. */
@Controller
@RequestMapping("/trash")
final class TrashPage {

  private static final Set<String> FACETS = Set.of("state", "actor", "table");

  private final TrashCan trash;
  private final Reauthentication password;

  TrashPage(TrashCan trash, Reauthentication password) {
    this.trash = trash;
    this.password = password;
  }

  @GetMapping
  String list(Me me, @RequestParam MultiValueMap<String, String> parameters, Model model) {
    ListQuery query = ListQuery.of("/trash", parameters, FACETS, Set.of());
    model.addAttribute("query", query);
    model.addAttribute("list", trash.list(me, query));
    return "trash/list";
  }

  @GetMapping("/{id}")
  String one(Me me, @PathVariable String id, Model model) {
    model.addAttribute("deletion", trash.details(me, uuid(id)));
    return "trash/deletion";
  }

  @PostMapping("/{id}/restore")
  String restore(
      Me me,
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean parents,
      Model model,
      HttpServletResponse response,
      HttpSession session,
      RedirectAttributes after) {
    UUID deletion = uuid(id);
    try {
      RestoreReport report = trash.restore(me, deletion, parents);
      Undo.settled(session, deletion);
      after.addFlashAttribute(
          "notice", "%s came back.".formatted(RecordWords.rows(report.counts().total())));
      return "redirect:/trash/" + deletion;
    } catch (RestoreException e) {
      response.setStatus(409);
      model.addAttribute(
          "problem",
          e.conflicts().isEmpty()
              ? sentence(e)
              : "Something is in the way, so nothing came back. It is named below.");
      return one(me, id, model);
    }
  }

  @PostMapping("/{id}/hold")
  String hold(
      Me me,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String until,
      RedirectAttributes after) {
    UUID unused = trash.hold(me, uuid(id), reason, end(until));
    after.addFlashAttribute(
        "notice", "Held: it stays in the trash until the hold is lifted or ends.");
    return "redirect:/trash/" + uuid(id);
  }

  /** The end of a day. */
  private static @Nullable Instant end(String day) {
    if (day.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(day.strip()).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw new InputException("A day is written like 2030-12-31.", e);
    }
  }

  @PostMapping("/{id}/lift")
  String lift(Me me, @PathVariable String id, @RequestParam String hold, RedirectAttributes after) {
    trash.lift(me, uuid(id), uuid(hold));
    after.addFlashAttribute("notice", "The hold is lifted.");
    return "redirect:/trash/" + uuid(id);
  }

  @PostMapping("/{id}/purge")
  String purge(
      Me me,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(name = "password", defaultValue = "") String typed,
      @RequestParam(required = false) @Nullable String reason,
      Model model,
      HttpServletResponse response,
      HttpSession session,
      RedirectAttributes after) {
    UUID deletion = uuid(id);
    try {
      trash.checkPurge(me, deletion, name);
      password.require(me, typed);
      long rows = trash.purge(me, deletion, reason);
      Undo.settled(session, deletion);
      after.addFlashAttribute("notice", "%s are gone for good.".formatted(RecordWords.rows(rows)));
      return "redirect:/trash/" + deletion;
    } catch (WaitsException e) {
      after.addFlashAttribute("notice", sentence(e) + ".");
      return "redirect:/approvals";
    } catch (WrongPasswordException e) {
      return refused(me, id, 403, e, model, response);
    } catch (InputException e) {
      return refused(me, id, 400, e, model, response);
    }
  }

  private String refused(
      Me me, String id, int status, Exception e, Model model, HttpServletResponse response) {
    response.setStatus(status);
    model.addAttribute("problem", sentence(e));
    return one(me, id, model);
  }

  private static String sentence(Exception e) {
    String text = String.valueOf(e.getMessage());
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException("There is no such deletion.");
    }
  }
}
