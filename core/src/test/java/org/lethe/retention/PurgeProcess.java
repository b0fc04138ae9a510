package org.lethe.retention;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.lethe.Lethe;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that purges {@code url instant actor} once it is told to, and says which deletions it
 * made final.
 */
final class PurgeProcess {

  /** What it says when it can be told to begin. */
  static final String READY = "ready";

  private PurgeProcess() {}

  public static void main(String[] args) throws IOException {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(args[0]);
    Lethe lethe =
        Lethe.builder(database).clock(Clock.fixed(Instant.parse(args[1]), ZoneOffset.UTC)).build();
    System.out.println(READY);
    if (System.in.read() >= 0) {
      PurgeReport report = lethe.purger().run(PurgeLimits.NONE, args[2]);
      report.purged().forEach(id -> System.out.println(id));
    }
  }
}
