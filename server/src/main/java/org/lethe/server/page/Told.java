package org.lethe.server.page;

import java.util.function.Supplier;
import org.lethe.error.LetheException;
import org.lethe.error.NotPermittedException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What a form did, said on the page it leads to: what was done, or why it was not. What is not
 * there or not allowed stays an error of its own.
 */
public final class Told {

  private Told() {}

  /**
   * Acts, and leads to a page.
   *
   * @param path of the page
   * @param act returns what to say once it is done
   */
  public static String on(String path, RedirectAttributes after, Supplier<String> act) {
    try {
      after.addFlashAttribute("notice", act.get());
    } catch (NotPermittedException | NotFoundException e) {
      throw e;
    } catch (LetheException e) {
      after.addFlashAttribute("problem", e.getMessage());
    }
    return "redirect:" + path;
  }

  /** The same, where what to say is known before. */
  public static String on(String path, RedirectAttributes after, String notice, Runnable act) {
    return on(
        path,
        after,
        () -> {
          act.run();
          return notice;
        });
  }
}
