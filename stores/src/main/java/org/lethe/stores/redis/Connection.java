package org.lethe.stores.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;

/** A connection to a server: made when first needed, and again after it broke. Thread-safe. */
final class Connection implements AutoCloseable {

  /** Errors by which a server says that it will be able to answer later. */
  private static final Set<String> LATER =
      Set.of("LOADING", "BUSY", "TRYAGAIN", "MASTERDOWN", "CLUSTERDOWN", "OOM");

  private final String name;
  private final RedisURI uri;
  private final Duration timeout;

  private @Nullable RedisClient client;
  private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

  Connection(StoreSettings settings) {
    name = settings.name();
    timeout = settings.duration("timeout", Duration.ofSeconds(10));
    try {
      uri = RedisURI.create(settings.text(RedisStoreFactory.KIND));
    } catch (IllegalArgumentException e) {
      // Without the cause: the address may hold a password.
      throw settings.fault(
          RedisStoreFactory.KIND,
          "is no address of a Redis server",
          "write redis://host:6379, or rediss:// for TLS");
    }
    uri.setTimeout(timeout);
    String user = settings.optionalText("user").orElse(null);
    settings
        .optionalText("password")
        .map(password -> RedisCredentials.just(user, password))
        .ifPresent(c -> uri.setCredentialsProvider(RedisCredentialsProvider.from(() -> c)));
  }

  /**
   * Asks the server.
   *
   * @throws StoreException if it does not answer, or with an error
   */
  <T> T ask(Function<RedisCommands<byte[], byte[]>, T> question) {
    StatefulRedisConnection<byte[], byte[]> used = null;
    try {
      used = connected();
      return question.apply(used.sync());
    } catch (RedisException e) {
      StoreException failure = failure(e);
      if (failure.passing() && used != null) {
        drop(used);
      }
      throw failure;
    }
  }

  /** Whether a connection is broken shows late, or never: one that failed is not used again. */
  private synchronized void drop(StatefulRedisConnection<byte[], byte[]> broken) {
    broken.close();
    if (connection == broken) {
      connection = null;
    }
  }

  private synchronized StatefulRedisConnection<byte[], byte[]> connected() {
    if (connection != null && connection.isOpen()) {
      return connection;
    }
    if (connection != null) {
      connection.close();
    }
    if (client == null) {
      client = RedisClient.create();
      client.setOptions(
          ClientOptions.builder()
              .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
              // The next question connects anew: nothing is kept waiting for a server to return.
              .autoReconnect(false)
              .build());
    }
    connection = client.connect(ByteArrayCodec.INSTANCE, uri);
    return connection;
  }

  private StoreException failure(RedisException e) {
    String where = name + ": the Redis server at " + uri.getHost() + ":" + uri.getPort();
    Throwable cause = e;
    while (cause != null && !(cause instanceof RedisCommandExecutionException)) {
      cause = cause.getCause();
    }
    if (cause != null) {
      // The first word is the kind of error; what follows may quote keys.
      String word = String.valueOf(cause.getMessage()).split("\\s", 2)[0].toUpperCase(Locale.ROOT);
      return new StoreException(where + " refuses: " + word, LATER.contains(word), e);
    }
    if (e instanceof RedisCommandInterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new StoreException(where + " does not answer", true, e);
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
    if (client != null) {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
      client = null;
    }
  }
}
