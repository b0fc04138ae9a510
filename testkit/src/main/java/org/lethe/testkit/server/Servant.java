package org.lethe.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server in this JVM that answers as it is told, well or badly. */
public final class Servant implements AutoCloseable {

  /** What was asked of it. */
  public record Asked(String method, String path, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /** What it says: with a length of its own, it breaks off or goes on waiting. */
  public record Says(int status, Map<String, String> headers, String body, Bad bad) {
    public static Says of(int status, String body) {
      return new Says(status, Map.of("Content-Type", "application/json"), body, Bad.NO);
    }

    public Says with(Bad how) {
      return new Says(status, headers, body, how);
    }

    public Says with(String header, String value) {
      return new Says(status, put(headers, header, value), body, bad);
    }
  }

  private static Map<String, String> put(Map<String, String> all, String name, String value) {
    Map<String, String> more = new HashMap<>(all);
    more.put(name, value);
    return more;
  }

  /** How an answer goes wrong. */
  public enum Bad {
    NO,
    CUT_IN_BODY,
    STOPS_IN_BODY,
    SLOW
  }

  /** What it does. */
  public interface Manner {
    Says answer(Asked asked);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Manner manner;
  public final List<Asked> asked = new CopyOnWriteArrayList<>();

  public Servant(Manner manner) throws IOException {
    this.manner = manner;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public void does(Manner other) {
    manner = other;
    asked.clear();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Asked one =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body);
    asked.add(one);
    Says says = manner.answer(one);
    if (says.bad() == Bad.SLOW) {
      sleep();
    }
    says.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = says.body().getBytes(UTF_8);
    if (says.bad() == Bad.NO) {
      exchange.sendResponseHeaders(says.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(says.status(), bytes.length + 1_000);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
    if (says.bad() == Bad.STOPS_IN_BODY) {
      sleep();
    }
    // The exchange closes the connection, with less sent than was promised.
    throw new IOException("cut");
  }

  private static void sleep() {
    try {
      Thread.sleep(3_000);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
