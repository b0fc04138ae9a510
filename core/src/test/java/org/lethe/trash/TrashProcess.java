package org.lethe.trash;

import java.sql.Connection;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.lethe.Lethe;
import org.lethe.policy.Decisions;
import org.lethe.trash.TrashScene.Act;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process to be killed. Either it does one act in several databases at once and stops in each at
 * another word, {@code act url,word,before|after ...}; once it has stopped everywhere it says so
 * and waits for its end. Or it deletes and restores without end, {@code forever url ...}.
 */
final class TrashProcess {

  /** What it says when it can be killed. */
  static final String READY = "ready";

  private static final long PATIENCE_SECONDS = 120;

  private TrashProcess() {}

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch all = new CountDownLatch(args.length - 1);
    Decisions decisions = TrashScene.decisions(source(args[1].split(",", -1)[0]));
    for (int i = 1; i < args.length; i++) {
      String[] at = args[i].split(",", -1);
      new Thread(
              args[0].equals("forever")
                  ? () -> forever(source(at[0]), decisions, all)
                  : () -> stop(Act.valueOf(args[0]), at, decisions, all))
          .start();
    }
    boolean ready = all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    System.out.println(ready ? READY : "not all came to where they should stop");
    Thread.sleep(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    Runtime.getRuntime().halt(1);
  }

  private static PGSimpleDataSource source(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  private static void stop(Act act, String[] at, Decisions decisions, CountDownLatch stopped) {
    int fatal = Integer.parseInt(at[1]);
    act.run(
        new DyingDataSource(source(at[0]), fatal, at[2].equals("after"), () -> {}) {
          @Override
          void die(Connection connection) {
            stopped.countDown();
            sleepForever();
          }
        },
        decisions);
    System.out.printf(Locale.ROOT, "%s ended before it came to word %d%n", act, fatal);
    Runtime.getRuntime().halt(1);
  }

  private static void sleepForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this", e);
    }
  }

  private static void forever(PGSimpleDataSource database, Decisions decisions, CountDownLatch on) {
    Lethe lethe = TrashScene.lethe(database, decisions, Act.DELETE.now());
    while (true) {
      lethe.trash().restore(TrashScene.delete(lethe, 1), new By("tester", null));
      on.countDown();
    }
  }
}
