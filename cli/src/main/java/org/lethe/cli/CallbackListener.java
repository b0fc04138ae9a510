package org.lethe.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lethe.error.LetheException;
import org.lethe.schedule.TaskListener;
import org.lethe.store.StoreException;
import org.lethe.stores.http.HttpCallback;
import org.lethe.stores.http.HttpCallbacks;
import org.lethe.subject.request.Requests;
import org.lethe.trash.By;

/**
 * Listens for services that are done with an erasure, at {@code /callbacks/STORE}. A call only has
 * the service asked at once; what it says itself is checked, and else not believed. Answers have no
 * words in them, and nothing of a call is shown anywhere. Thread-safe.
 */
final class CallbackListener implements AutoCloseable {

  static final String PATH = "/callbacks/";

  private static final int THREADS = 4;
  private static final int MOST_REQUESTS = 1000;

  private static final int TAKEN = 204;
  private static final int NONSENSE = 400;
  private static final int NOT_SIGNED = 401;
  private static final int NONE_SUCH = 404;
  private static final int LATER = 503;

  static {
    // Whoever is slow to say what they want keeps a thread from others. Seconds; the server knows
    // no other way to be told.
    limit("sun.net.httpserver.maxReqTime", "10");
    limit("sun.net.httpserver.maxRspTime", "10");
    limit("jdk.httpserver.maxConnections", "100");
  }

  private final HttpServer server;
  private final HttpCallbacks callbacks;
  private final Requests requests;
  private final By by;
  private final TaskListener listener;
  private final ExecutorService calls = Executors.newFixedThreadPool(THREADS);
  private final ExecutorService work = Executors.newSingleThreadExecutor();
  private final AtomicBoolean waiting = new AtomicBoolean();

  /**
   * Begins to listen.
   *
   * @param by who goes on with requests
   * @throws IOException if it cannot listen there
   */
  CallbackListener(
      InetSocketAddress at,
      HttpCallbacks callbacks,
      Requests requests,
      By by,
      TaskListener listener)
      throws IOException {
    this.callbacks = callbacks;
    this.requests = requests;
    this.by = by;
    this.listener = listener;
    server = HttpServer.create(at, 0);
    server.setExecutor(calls);
    server.createContext("/", this::handle);
    server.start();
  }

  private static void limit(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange call) throws IOException {
    try {
      call.sendResponseHeaders(status(call), -1);
    } finally {
      call.close();
    }
  }

  private int status(HttpExchange call) throws IOException {
    try {
      return answer(call);
    } catch (RuntimeException e) {
      // Others' words may hold anything.
      listener.failed(
          "callback",
          e instanceof LetheException said
              ? said
              : new LetheException("the database could not be asked", e));
      return LATER;
    }
  }

  private int answer(HttpExchange call) throws IOException {
    URI uri = call.getRequestURI();
    String path = String.valueOf(uri.getPath());
    Optional<HttpCallback> callback =
        path.startsWith(PATH) && call.getRequestMethod().equals("POST")
            ? callbacks.of(path.substring(PATH.length()))
            : Optional.empty();
    if (callback.isEmpty()) {
      return NONE_SUCH;
    }
    byte[] body = call.getRequestBody().readNBytes(HttpCallback.LARGEST + 1);
    if (body.length > HttpCallback.LARGEST) {
      return NONSENSE;
    }
    String called = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    HttpCallback.Said said;
    try {
      if (!callback.get().signed("POST", called, call.getRequestHeaders()::getFirst, body)) {
        return NOT_SIGNED;
      }
      said = callback.get().read("POST", called, call.getRequestHeaders()::getFirst, body);
    } catch (StoreException e) {
      return NONSENSE;
    }
    if (!requests.calledBack(path.substring(PATH.length()), said.reference())) {
      return NONE_SUCH;
    }
    goOn();
    return TAKEN;
  }

  /** Many calls at a time are one reason to look. */
  private void goOn() {
    if (waiting.compareAndSet(false, true)) {
      try {
        work.execute(this::run);
      } catch (RejectedExecutionException e) {
        // We are stopping; whoever serves next finds it due.
      }
    }
  }

  private void run() {
    waiting.set(false);
    try {
      requests.runDue(MOST_REQUESTS, by, listener::ran);
    } catch (LetheException e) {
      listener.failed("requests", e);
    }
  }

  /** What is under way comes to its end. */
  @Override
  public void close() {
    server.stop(0);
    calls.shutdownNow();
    work.shutdown();
  }
}
