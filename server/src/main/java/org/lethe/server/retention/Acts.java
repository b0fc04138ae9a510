package org.lethe.server.retention;

import java.util.UUID;
import java.util.function.Supplier;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.lethe.server.approval.WaitsException;
import org.lethe.server.page.NotFoundException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What buttons of a task's page do: afterwards one is on that page again, or on the job's. */
final class Acts {

  private Acts() {}

  /** Does something at once and says so, or why not. */
  static String take(String path, RedirectAttributes after, Supplier<String> act) {
    try {
      after.addFlashAttribute("notice", act.get());
    } catch (NotPermittedException | NotFoundException e) {
      throw e;
    } catch (LetheException e) {
      after.addFlashAttribute("problem", e.getMessage());
    }
    return "redirect:" + path;
  }

  /** Starts a job, or says why not. */
  static String start(String path, RedirectAttributes after, Supplier<UUID> act) {
    try {
      return "redirect:/jobs/" + act.get();
    } catch (WaitsException e) {
      after.addFlashAttribute("notice", e.getMessage());
      return "redirect:/approvals";
    } catch (NotPermittedException | NotFoundException e) {
      throw e;
    } catch (LetheException e) {
      after.addFlashAttribute("problem", e.getMessage());
      return "redirect:" + path;
    }
  }
}
