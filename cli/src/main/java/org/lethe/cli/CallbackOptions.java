package org.lethe.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lethe.schedule.TaskListener;
import org.lethe.stores.http.HttpCallbacks;
import org.lethe.subject.Key;
import org.lethe.trash.By;
import picocli.CommandLine.Option;

/** Where services can call back. */
final class CallbackOptions {

  @Option(
      names = "--callbacks",
      paramLabel = "HOST:PORT",
      description =
          "listen for HTTP services of the policy that are done with an erasure, at"
              + " /callbacks/STORE; they sign, so their stores need sign. Speaks no TLS")
  private @Nullable String at;

  boolean given() {
    return at != null;
  }

  /**
   * Before anything connects.
   *
   * @throws UsageException if it is no address
   */
  void check() {
    if (at != null) {
      address(at);
    }
  }

  private static InetSocketAddress address(String at) {
    return ListenAddress.parse("--callbacks", at, "127.0.0.1:8090");
  }

  /**
   * Begins to listen.
   *
   * @throws UsageException if there is nobody to listen to, no key, or no such place to listen
   */
  CallbackListener listen(
      LetheCommand command, @Nullable RequestSession requests, By by, TaskListener listener) {
    String where = Objects.requireNonNull(at);
    if (requests == null) {
      throw new UsageException("--callbacks goes on with requests, which needs " + Key.VARIABLE);
    }
    HttpCallbacks callbacks =
        new HttpCallbacks(
            requests.lethe().decisions().data().stores(),
            command.environment()::get,
            Clock.systemUTC());
    if (callbacks.stores().isEmpty()) {
      throw new UsageException(
          "--callbacks: no store of the policy is of kind http and signs; add sign: { key: \"${KEY}\" } to it");
    }
    try {
      return new CallbackListener(address(where), callbacks, requests.requests(), by, listener);
    } catch (IOException e) {
      throw new UsageException("cannot listen at " + where + "; is something else there?", e);
    }
  }
}
