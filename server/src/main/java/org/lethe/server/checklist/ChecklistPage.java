package org.lethe.server.checklist;

import java.util.List;
import java.util.Set;
import org.lethe.account.Action;
import org.lethe.checklist.Code;
import org.lethe.server.list.ListQuery;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What nobody decided yet, each with the lines that settle it. */
@Controller
@RequestMapping("/checklist")
final class ChecklistPage {

  private final ChecklistService checklist;
  private final Meanings meanings;

  ChecklistPage(ChecklistService checklist, Meanings meanings) {
    this.checklist = checklist;
    this.meanings = meanings;
  }

  @GetMapping
  String list(@RequestParam MultiValueMap<String, String> parameters, Me me, Model model) {
    ListQuery query = ListQuery.of("/checklist", parameters, Narrowing.FACETS, Set.of());
    Checked checked = checklist.latest(me).orElse(null);
    if (checked == null) {
      return "checklist/never";
    }
    List<FindingView> all = checklist.views(checked);
    Narrowing narrowing = new Narrowing(all, query);
    model.addAttribute("query", query);
    model.addAttribute("checked", checked);
    model.addAttribute("slice", narrowing.slice());
    model.addAttribute("facets", narrowing.facets());
    return "checklist/checklist";
  }

  @PostMapping("/look")
  String look(Me me) {
    return "redirect:/jobs/" + checklist.look(me);
  }

  @GetMapping("/codes/{id}")
  String meaning(@PathVariable String id, Me me, Model model) {
    me.require(Action.CHECK);
    Code code =
        Meanings.named(id)
            .orElseThrow(
                () -> new NotFoundException("the checklist knows no finding %s".formatted(id)));
    model.addAttribute("code", code);
    model.addAttribute("meaning", meanings.of(code).orElse(""));
    return "checklist/code";
  }

  @GetMapping("/findings/{format}")
  ResponseEntity<byte[]> file(@PathVariable String format, Me me) {
    me.require(Action.CHECK);
    ReportFormat wanted =
        ReportFormat.named(format)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "findings are handed out as text, json, sarif or junit, not as %s"
                            .formatted(format)));
    return ResponseEntity.ok()
        .contentType(wanted.type())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(wanted.fileName()).build().toString())
        .body(wanted.render(checklist.result(me)));
  }
}
