package org.lethe.server.retention;

import org.lethe.policy.Rule;
import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.security.Me;
import org.lethe.server.security.Reauthentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One rule: what it does, what it would do now, and what it did. */
@Controller
@RequestMapping("/retention/rules/{rule}")
final class RulePage {

  private final RetentionService retention;
  private final RetentionRuns runs;
  private final Reauthentication password;

  RulePage(RetentionService retention, RetentionRuns runs, Reauthentication password) {
    this.retention = retention;
    this.runs = runs;
    this.password = password;
  }

  @GetMapping
  String show(
      @PathVariable String rule,
      @RequestParam MultiValueMap<String, String> parameters,
      Me me,
      Model model) {
    TaskView task = retention.task(me, rule);
    ListQuery query = History.query(task, parameters);
    model.addAttribute("task", task);
    model.addAttribute("condition", retention.condition(me, rule));
    model.addAttribute("chart", retention.chart(me, rule));
    History.add(model, query, retention.history(me, rule, History.before(query), Slice.SIZE + 1));
    if (parameters.containsKey("due")) {
      model.addAttribute("due", runs.due(me, rule));
    }
    return "retention/task";
  }

  /** How many rows are due: takes a while, so that pages ask for it apart. */
  @GetMapping("/due")
  String due(@PathVariable String rule, Me me, Model model) {
    model.addAttribute("due", runs.due(me, rule));
    return "retention/due :: due";
  }

  @PostMapping("/rehearse")
  String rehearse(@PathVariable String rule, Me me, RedirectAttributes after) {
    return Acts.start(path(me, rule), after, () -> runs.rehearse(me, rule));
  }

  @PostMapping("/run")
  String run(
      @PathVariable String rule,
      @RequestParam(name = "password", defaultValue = "") String typed,
      Me me,
      RedirectAttributes after) {
    Rule found = runs.mayRun(me, rule);
    return Acts.start(
        RetentionService.path(found),
        after,
        () -> {
          if (RetentionService.forGood(found)) {
            password.require(me, typed);
          }
          return runs.run(me, rule);
        });
  }

  @PostMapping("/pause")
  String pause(
      @PathVariable String rule,
      @RequestParam(defaultValue = "") String reason,
      Me me,
      RedirectAttributes after) {
    return Acts.take(
        path(me, rule),
        after,
        () -> {
          retention.pause(me, rule, reason);
          return "%s is paused. A run under way stops soon."
              .formatted(retention.rule(me, rule).name());
        });
  }

  @PostMapping("/resume")
  String resume(@PathVariable String rule, Me me, RedirectAttributes after) {
    return Acts.take(
        path(me, rule),
        after,
        () -> {
          retention.resume(me, rule);
          return "%s runs again when it is due.".formatted(retention.rule(me, rule).name());
        });
  }

  private String path(Me me, String rule) {
    return RetentionService.path(retention.rule(me, rule));
  }
}
