package org.lethe.testkit.server;

import java.io.IOException;
import redis.embedded.RedisServer;

/**
 * A real Redis on a free local port, with its data in memory. Needs {@code embedded-redis}, which
 * whoever uses this has to bring.
 */
public final class RedisTestServer implements AutoCloseable {

  private final int port;
  private RedisServer server;

  private RedisTestServer(int port) throws IOException {
    this.port = port;
    this.server = started(port);
  }

  /** Starts one. */
  public static RedisTestServer start() throws IOException {
    return new RedisTestServer(Ports.free());
  }

  private static RedisServer started(int port) throws IOException {
    RedisServer server =
        RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"").build();
    server.start();
    return server;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Stops it, and starts an empty one in its place. */
  public void restart() throws IOException {
    server.stop();
    server = started(port);
  }

  /** Stops it; {@link #restart} starts another. */
  @Override
  public void close() throws IOException {
    server.stop();
  }
}
