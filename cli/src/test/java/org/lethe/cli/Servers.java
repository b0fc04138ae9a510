package org.lethe.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.lethe.testkit.server.PouchServer;
import org.lethe.testkit.server.RedisTestServer;

/** The servers that all tests of this module share; each test has databases of its own there. */
final class Servers {

  private static final int REDIS_DATABASES = 16;
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static @Nullable RedisTestServer redis;
  private static @Nullable PouchServer couch;

  private Servers() {}

  /** Tells one test's databases from another's. */
  static int number() {
    return NUMBERS.getAndIncrement() % REDIS_DATABASES;
  }

  static synchronized RedisTestServer redis() throws IOException {
    RedisTestServer server = redis;
    if (server == null) {
      server = RedisTestServer.start();
      redis = server;
      Runtime.getRuntime().addShutdownHook(new Thread(Servers::stopRedis));
    }
    return server;
  }

  private static synchronized void stopRedis() {
    try {
      if (redis != null) {
        redis.close();
      }
    } catch (IOException e) {
      // It stops by itself, as far as this process is concerned.
    }
  }

  static synchronized PouchServer couch() throws IOException, InterruptedException {
    PouchServer server = couch;
    if (server == null) {
      Optional<PouchServer> started = PouchServer.start();
      Assumptions.assumeTrue(started.isPresent(), PouchServer.ABSENT);
      server = started.orElseThrow();
      couch = server;
    }
    return server;
  }
}
