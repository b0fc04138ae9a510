package org.lethe.server.removal;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.account.Action;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Roots;
import org.lethe.collect.UnusableTargetException;
import org.lethe.error.InputException;
import org.lethe.plan.StalePlanException;
import org.lethe.policy.Choices;
import org.lethe.schema.TableId;
import org.lethe.server.approval.WaitsException;
import org.lethe.server.page.Undo;
import org.lethe.server.records.RecordAddress;
import org.lethe.server.records.RecordTables;
import org.lethe.server.records.RecordWords;
import org.lethe.server.records.Records;
import org.lethe.server.security.Me;
import org.lethe.server.security.Reauthentication;
import org.lethe.server.security.Reauthentication.WrongPasswordException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Asks before rows are deleted, and deletes them. */
@Controller
final class RemovalPage {

  /** More keys than that do not fit in a form; a filter says the same in a line. */
  private static final int MOST_KEYS = 1000;

  // The picture brings styles of its own and must be able to do nothing else.
  private static final String PICTURE_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

  private final Removals removals;
  private final Records records;
  private final RecordTables tables;
  private final Reauthentication password;
  private final AccountFates fates;

  RemovalPage(
      Removals removals,
      Records records,
      RecordTables tables,
      Reauthentication password,
      AccountFates fates) {
    this.removals = removals;
    this.records = records;
    this.tables = tables;
    this.password = password;
    this.fates = fates;
  }

  /** Asks about one row. */
  @GetMapping("/records/{table}/{key}/delete")
  String one(Me me, @PathVariable String table, @PathVariable String key, Model model) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("row", key);
    return ask(me, tables.find(me, table), form, model);
  }

  /** Asks about the rows that were chosen in a list, or about all that it would show. */
  @PostMapping("/records/{table}/delete")
  String many(
      Me me,
      @PathVariable String table,
      @RequestParam MultiValueMap<String, String> form,
      Model model) {
    return ask(me, tables.find(me, table), form, model);
  }

  private String ask(Me me, TableId table, MultiValueMap<String, String> form, Model model) {
    Roots roots = roots(me, table, form);
    Hanging hanging = fates.hanging(me, roots, form);
    if (!hanging.settled() || form.containsKey("again")) {
      return questions(hanging, removals.look(me, roots, Choices.NONE), form, model);
    }
    Sight sight;
    try {
      sight = removals.look(me, roots, hanging.choices());
    } catch (UnusableTargetException e) {
      Hanging refused = new Hanging(hanging.questions(), Choices.NONE, sentence(e));
      return questions(refused, removals.look(me, roots, Choices.NONE), form, model);
    }
    model.addAttribute("hanging", hanging);
    model.addAttribute("sight", sight);
    boolean all = form.containsKey("all");
    model.addAttribute("rows", all ? List.of() : keys(form));
    model.addAttribute("all", all);
    model.addAttribute("narrowing", all ? records.narrowing(table, form) : List.of());
    model.addAttribute("reason", form.getFirst("reason"));
    List<String> keys = keys(form);
    model.addAttribute(
        "only",
        hanging.questions().isEmpty() && !all && keys.size() == 1
            ? sight.path() + "/" + keys.get(0) + "/delete"
            : null);
    model.addAttribute("restorable", me.may(Action.RESTORE, table));
    return "removal/ask";
  }

  /** Asks what is to become of what hangs on an account. */
  private static String questions(
      Hanging hanging, Sight sight, MultiValueMap<String, String> form, Model model) {
    model.addAttribute("sight", sight);
    model.addAttribute("rows", keys(form));
    model.addAttribute("hanging", hanging);
    if (!hanging.settled() && AccountFates.answered(form)) {
      model.addAttribute("problem", hanging.problem());
    }
    return "removal/fates";
  }

  /** What was chosen, by a form that has all answers. */
  private Choices choices(Me me, Roots roots, MultiValueMap<String, String> form) {
    Hanging hanging = fates.hanging(me, roots, form);
    if (!hanging.settled()) {
      throw new InputException(hanging.problem());
    }
    return hanging.choices();
  }

  private static List<String> keys(MultiValueMap<String, String> form) {
    return form.getOrDefault("row", List.of());
  }

  private Roots roots(Me me, TableId table, MultiValueMap<String, String> form) {
    if (form.containsKey("all")) {
      return records.roots(me, table, List.of(), form);
    }
    List<String> keys = keys(form);
    if (keys.isEmpty()) {
      throw new InputException("No row was chosen. Go back and choose those that are to go.");
    }
    if (keys.size() > MOST_KEYS) {
      throw new InputException(
          "These are more than %d rows; narrow the list instead, and take all that match."
              .formatted(MOST_KEYS));
    }
    return records.roots(me, table, keys, form);
  }

  /** Does it, or says why not, on the page that asked. */
  @PostMapping("/records/{table}/delete/confirm")
  String confirm(
      Me me,
      @PathVariable String table,
      @RequestParam MultiValueMap<String, String> form,
      Model model,
      HttpServletResponse response,
      HttpSession session,
      RedirectAttributes after) {
    TableId id = tables.find(me, table);
    Roots roots = roots(me, id, form);
    Hanging hanging = fates.hanging(me, roots, form);
    if (!hanging.settled()) {
      return again(me, id, form, model, response, 400, hanging.problem());
    }
    Way way = Way.of(field(form, "how")).orElse(null);
    if (way == null) {
      return again(
          me, id, form, model, response, 400, "Choose whether it goes to the trash or for good.");
    }
    try {
      if (way == Way.GOOD) {
        me.require(Action.PURGE, id);
        password.require(me, field(form, "password"));
      }
      Removals.Done done =
          removals.remove(
              me,
              roots,
              hanging.choices(),
              way,
              Seen.read(field(form, "seen-" + way.word())),
              field(form, "name"),
              form.getFirst("reason"));
      long rows = done.report().total();
      if (done.report().deletion() != null && me.may(Action.RESTORE, id)) {
        new Undo(done.report().deletion(), done.name(), rows).offer(session);
      } else {
        after.addFlashAttribute(
            "notice",
            "%s: %s %s."
                .formatted(
                    done.name(),
                    RecordWords.rows(rows),
                    way == Way.TRASH ? "went to the trash" : "gone for good"));
      }
      return "redirect:/records/" + table;
    } catch (WaitsException e) {
      after.addFlashAttribute("notice", sentence(e) + ".");
      return "redirect:/approvals";
    } catch (StalePlanException e) {
      model.addAttribute("differences", e.differences());
      return again(me, id, form, model, response, 409, null);
    } catch (BlockedException e) {
      return again(
          me, id, form, model, response, 409, "Something is in the way; nothing was deleted.");
    } catch (UnusableTargetException e) {
      return again(me, id, form, model, response, 409, sentence(e));
    } catch (WrongPasswordException e) {
      return again(me, id, form, model, response, 403, sentence(e));
    } catch (InputException e) {
      return again(me, id, form, model, response, 400, sentence(e));
    }
  }

  private static String sentence(Exception e) {
    String text = String.valueOf(e.getMessage());
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private String again(
      Me me,
      TableId table,
      MultiValueMap<String, String> form,
      Model model,
      HttpServletResponse response,
      int status,
      @Nullable String problem) {
    response.setStatus(status);
    model.addAttribute("problem", problem);
    return ask(me, table, form, model);
  }

  private static String field(MultiValueMap<String, String> form, String name) {
    String value = form.getFirst(name);
    return value == null ? "" : value;
  }

  /** What hangs on one row: a page, or a part of the page that asks. */
  @GetMapping("/records/{table}/{key}/delete/tree")
  String tree(
      Me me,
      @PathVariable String table,
      @PathVariable String key,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
      Model model) {
    TableId id = tables.find(me, table);
    Roots roots = new Roots.Keys(id, List.of(RecordAddress.key(key)));
    return tree(me, id, roots, Choices.NONE, part, model);
  }

  /** The same for many. */
  @PostMapping("/records/{table}/delete/tree")
  String tree(
      Me me,
      @PathVariable String table,
      @RequestParam MultiValueMap<String, String> form,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean part,
      Model model) {
    TableId id = tables.find(me, table);
    Roots roots = roots(me, id, form);
    return tree(me, id, roots, choices(me, roots, form), part, model);
  }

  private String tree(
      Me me, TableId table, Roots roots, Choices choices, boolean part, Model model) {
    model.addAttribute("twigs", removals.tree(me, roots, choices));
    model.addAttribute("table", tables.name(table));
    model.addAttribute("path", tables.path(table));
    return part ? "removal/tree :: whole" : "removal/tree";
  }

  /** Why a row goes, or changes, when another goes. */
  @GetMapping("/records/{table}/{key}/delete/why")
  String why(
      Me me,
      @PathVariable String table,
      @PathVariable String key,
      @RequestParam String of,
      Model model) {
    TableId id = tables.find(me, table);
    int slash = of.indexOf('/');
    TableId asked = tables.find(me, of.substring(0, Math.max(slash, 0)));
    model.addAttribute(
        "steps",
        removals.why(
            me,
            new Roots.Keys(id, List.of(RecordAddress.key(key))),
            asked,
            RecordAddress.key(of.substring(slash + 1))));
    model.addAttribute("table", tables.name(id));
    model.addAttribute("path", tables.path(id));
    model.addAttribute("back", tables.path(id) + "/" + key + "/delete");
    return "removal/why";
  }

  /** The plan, to be approved or applied elsewhere. */
  @PostMapping("/records/{table}/delete/plan.json")
  ResponseEntity<byte[]> plan(
      Me me, @PathVariable String table, @RequestParam MultiValueMap<String, String> form) {
    TableId id = tables.find(me, table);
    Roots roots = roots(me, id, form);
    Way way = Way.of(field(form, "how")).orElse(me.may(Action.DELETE, id) ? Way.TRASH : Way.GOOD);
    String json = removals.plan(me, roots, choices(me, roots, form), way);
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("plan.json").build().toString())
        .body(json.getBytes(StandardCharsets.UTF_8));
  }

  @GetMapping("/records/{table}/delete/picture.svg")
  void picture(
      Me me,
      @PathVariable String table,
      @RequestParam(defaultValue = "") List<String> rows,
      @RequestParam(defaultValue = "") List<String> chose,
      HttpServletResponse response)
      throws java.io.IOException {
    String svg = removals.draw(me, tables.find(me, table), rows, chose);
    response.setStatus(HttpStatus.OK.value());
    response.setHeader("Content-Security-Policy", PICTURE_POLICY);
    response.setContentType("image/svg+xml;charset=UTF-8");
    response.getOutputStream().write(svg.getBytes(StandardCharsets.UTF_8));
  }
}
