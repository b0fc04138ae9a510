package org.lethe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;

/** Fifty people who work at once, each with rows of their own, in one admin with one pool. */
class ManyAtOnceTest {

  private static final int PEOPLE = 50;

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  @Test
  void nobodyMeetsAnErrorOrSomebodyElsesSession() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
    try (AdminScene scene = AdminScene.plaza();
        Overheard log = new Overheard()) {
      long before = count(scene, "todo");
      List<Callable<Void>> works = new ArrayList<>();
      for (int i = 0; i < PEOPLE; i++) {
        Account account =
            scene.staff(login(i), "view:*", "delete:*", "restore:*", "requests:*", "map:*");
        works.add(working(scene.signedIn(account), i));
      }
      for (Future<Void> work : threads.invokeAll(works)) {
        work.get();
      }
      assertThat(wrong).isEmpty();
      assertThat(log.complaints()).isEmpty();
      assertThat(count(scene, "todo")).as("all that was deleted is back").isEqualTo(before);
      assertThat(count(scene, "lethe.deletion where state = 'restored'")).isEqualTo(PEOPLE);
      assertThat(count(scene, "lethe.request")).isEqualTo(PEOPLE);
    } finally {
      threads.shutdownNow();
    }
  }

  private static long count(AdminScene scene, String from) {
    Long count = scene.jdbc().queryForObject("select count(*) from " + from, Long.class);
    return Objects.requireNonNull(count);
  }

  private static String login(int number) {
    return "person-%02d".formatted(number);
  }

  /** What one of them does: looks around, deletes a row of their own, brings it back. */
  private Callable<Void> working(Visitor visitor, int number) {
    return () -> {
      look(visitor, number, "/", "/records/customer", "/trash", "/search?q=cust");
      deleteAndUndo(visitor, number, 1 + number);
      Visitor.Page taken =
          visitor.submit(
              "/requests",
              "kind",
              "ACCESS",
              "subject",
              "customer",
              "value",
              "customer_id=" + (100 + number));
      told(taken, number, "taking a request up", "is taken up");
      return null;
    };
  }

  private void look(Visitor visitor, int number, String... paths) {
    for (String path : paths) {
      told(visitor.get(path), number, path, "The " + login(number));
    }
  }

  private void deleteAndUndo(Visitor visitor, int number, int todo) {
    String row = "/records/todo/" + todo;
    Visitor.Page ask = visitor.get(row + "/delete");
    told(ask, number, row + "/delete", "What would happen");
    List<String> seen = Fields.of(ask, "seen-trash");
    if (seen.isEmpty()) {
      return;
    }
    Visitor.Page gone =
        visitor.submit(
            "/records/todo/delete/confirm",
            "row",
            String.valueOf(todo),
            "how",
            "trash",
            "seen-trash",
            seen.get(0),
            "reason",
            login(number));
    told(gone, number, "deleting " + row, "is in the trash");
    String undo =
        Fields.all(gone, "action=\"(/trash/[^\"]+/restore)\"").stream().findFirst().orElse("");
    told(visitor.submit(undo), number, "undoing " + row, "The " + login(number));
  }

  private void told(Visitor.Page page, int number, String what, String words) {
    if (page.status() != 200 || !page.body().contains(words)) {
      wrong.add("%s: %s answered %d".formatted(login(number), what, page.status()));
    }
    if (!page.body().contains(login(number))) {
      wrong.add("%s: %s does not say who they are".formatted(login(number), what));
    }
  }
}
