package org.lethe.bench.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lethe.bench.peer.Percentiles;
import org.lethe.bench.peer.Said;

/**
 * Opens the page that asks before somebody is deleted, for one user after the other, as a signed-in
 * browser does: over HTTP, to the last byte of the page, without what it loads from there.
 */
public final class PageProcess {

  private static final int WARM = 20;

  private PageProcess() {}

  /** Launcher, database, policy, file of users, folder to write into. */
  public static void main(String[] args) throws Exception {
    List<String> users = Files.readAllLines(Path.of(args[3]));
    try (Admin admin = Admin.start(Path.of(args[0]), args[1], Path.of(args[2]), Path.of(args[4]))) {
      Browser browser = new Browser(admin.address());
      browser.signIn(Admin.LOGIN, Admin.PASSWORD);
      long first = asked(browser, "2");
      for (int i = 0; i < WARM; i++) {
        asked(browser, Integer.toString(3 + i));
      }
      asked(browser, users.get(0));
      List<Long> nanos = new ArrayList<>();
      for (String user : users) {
        nanos.add(asked(browser, user));
      }
      Percentiles all = new Percentiles(nanos);
      System.out.println(Said.line("first_s", first / 1e9));
      System.out.println(Said.line("work_s", all.seconds()));
      System.out.println(Said.line("p50_ms", all.milliseconds(0.5)));
      admin.memory().ifPresent(mb -> System.out.println(Said.line("rss_mb", mb)));
      System.out.println(Said.line("p95_ms", all.milliseconds(0.95)));
    }
  }

  private static long asked(Browser browser, String user) throws Exception {
    long before = System.nanoTime();
    String page = browser.get("/records/users/" + user + "/delete");
    long nanos = System.nanoTime() - before;
    // What goes is on it, and not a word of why that could not be found out.
    if (!page.contains("profiles")) {
      throw new IllegalStateException("the page does not say what goes with user " + user);
    }
    return nanos;
  }
}
