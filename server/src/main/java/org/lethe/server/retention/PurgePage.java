package org.lethe.server.retention;

import org.lethe.server.list.ListQuery;
import org.lethe.server.list.Slice;
import org.lethe.server.security.Me;
import org.lethe.server.security.Reauthentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The purge of the trash, shown as the rules are. */
@Controller
@RequestMapping("/retention/purge")
final class PurgePage {

  private static final String PATH = "/retention/purge";

  private final RetentionService retention;
  private final RetentionRuns runs;
  private final Reauthentication password;

  PurgePage(RetentionService retention, RetentionRuns runs, Reauthentication password) {
    this.retention = retention;
    this.runs = runs;
    this.password = password;
  }

  @GetMapping
  String show(@RequestParam MultiValueMap<String, String> parameters, Me me, Model model) {
    TaskView task = retention.purge(me);
    ListQuery query = History.query(task, parameters);
    model.addAttribute("task", task);
    model.addAttribute("chart", retention.purgeChart(me));
    History.add(model, query, retention.purges(me, History.before(query), Slice.SIZE + 1));
    if (parameters.containsKey("due")) {
      model.addAttribute("due", runs.purgeDue(me));
    }
    return "retention/task";
  }

  @GetMapping("/due")
  String due(Me me, Model model) {
    model.addAttribute("due", runs.purgeDue(me));
    return "retention/due :: due";
  }

  @PostMapping("/run")
  String run(
      @RequestParam(name = "password", defaultValue = "") String typed,
      Me me,
      RedirectAttributes after) {
    // Rights first: nobody tries passwords who may not do this at all.
    TaskView task = retention.purge(me);
    return Acts.start(
        task.path(),
        after,
        () -> {
          password.require(me, typed);
          return runs.purge(me);
        });
  }

  @PostMapping("/pause")
  String pause(@RequestParam(defaultValue = "") String reason, Me me, RedirectAttributes after) {
    return Acts.take(
        PATH,
        after,
        () -> {
          retention.pause(me, null, reason);
          return "The purge is paused.";
        });
  }

  @PostMapping("/resume")
  String resume(Me me, RedirectAttributes after) {
    return Acts.take(
        PATH,
        after,
        () -> {
          retention.resume(me, null);
          return "The purge goes on when it is due.";
        });
  }
}
