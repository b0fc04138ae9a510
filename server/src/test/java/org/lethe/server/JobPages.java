package org.lethe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/** Work that pages started, watched as somebody without scripts does: by looking again. */
public final class JobPages {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private JobPages() {}

  /** The page of a job once it has ended, by the answer that led there. */
  public static String ended(Visitor visitor, Visitor.Page started) {
    assertThat(started.location()).as(started.body()).startsWith("/jobs/");
    Instant late = Instant.now().plus(PATIENCE);
    String body = visitor.open(started.location()).body();
    while (body.contains("<h2>Running</h2>")) {
      assertThat(Instant.now()).as("a job takes too long").isBefore(late);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      body = visitor.open(started.location()).body();
    }
    return body;
  }

  /** The same for work that must succeed. */
  public static String done(Visitor visitor, Visitor.Page started) {
    String body = ended(visitor, started);
    assertThat(body).contains("<h2>Done</h2>");
    return body;
  }
}
