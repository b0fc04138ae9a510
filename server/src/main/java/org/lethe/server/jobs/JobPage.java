package org.lethe.server.jobs;

import java.util.UUID;
import org.lethe.server.page.NotFoundException;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** How far a job is; the page can be left and opened again. */
@Controller
final class JobPage {

  private final Jobs jobs;

  JobPage(Jobs jobs) {
    this.jobs = jobs;
  }

  @GetMapping("/jobs")
  String list(Me me, Model model) {
    model.addAttribute("jobs", jobs.latest(me, 50));
    model.addAttribute("now", jobs.now());
    return "jobs/jobs";
  }

  @GetMapping("/jobs/{id}")
  String job(@PathVariable UUID id, Me me, Model model) {
    Job job = add(id, me, model);
    if (job.state(jobs.now()) == Job.State.RUNNING) {
      model.addAttribute("refresh", 3);
    }
    return "jobs/job";
  }

  /** Only the part that changes. */
  @GetMapping("/jobs/{id}/state")
  String state(@PathVariable UUID id, Me me, Model model) {
    add(id, me, model);
    return "jobs/job :: state";
  }

  private Job add(UUID id, Me me, Model model) {
    Job job = jobs.find(me, id).orElseThrow(() -> new NotFoundException("There is no job " + id));
    model.addAttribute("job", job);
    model.addAttribute("state", job.state(jobs.now()).name());
    return job;
  }
}
