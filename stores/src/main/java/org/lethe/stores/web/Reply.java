package org.lethe.stores.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import org.lethe.store.StoreException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server answered. Must be closed.
 *
 * @param where the server, for messages
 * @param header by name; nothing where there is none
 */
public record Reply(
    String where, int status, Function<String, Optional<String>> header, InputStream body)
    implements AutoCloseable {

  /** Whether the server did what it was asked. */
  public boolean fine() {
    return status >= 200 && status < 300;
  }

  /** Whether there is no such thing. */
  public boolean nothing() {
    return status == 404 || status == 410;
  }

  /** All of the body. */
  public byte[] bytes() {
    return read(InputStream::readAllBytes);
  }

  /** The body as JSON. */
  public JsonNode json() {
    byte[] bytes = bytes();
    try {
      return JsonMapper.shared().readTree(bytes);
    } catch (JacksonException e) {
      // Without the cause: its message quotes the body.
      throw nonsense("is no JSON");
    }
  }

  /** Something read from a body. */
  public interface Reading<T> {
    T from(InputStream body) throws IOException;
  }

  /**
   * Reads the body.
   *
   * @throws StoreException if it breaks off, stops or does not end
   */
  public <T> T read(Reading<T> reading) {
    try {
      return reading.from(body);
    } catch (IOException | UncheckedIOException e) {
      throw broken(e);
    }
  }

  /** What to throw where a body could not be read. */
  public StoreException broken(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyStream.TooLarge) {
        return nonsense("is too large");
      }
    }
    return new StoreException(where + " broke off in the middle of its answer", true, failure);
  }

  public StoreException nonsense(String what) {
    return new StoreException(
        "%s answers what %s (status %d)".formatted(where, what, status), false);
  }

  /** Why the server did not do what it was asked; a redirect is one reason. */
  public StoreException refusal() {
    boolean later = status >= 500 && status != 501 && status != 505;
    String what =
        switch (status) {
          case 401, 403 -> " refuses: not signed in, or not allowed";
          case 408, 425, 429 -> " asks to come again later";
          default ->
              status >= 300 && status < 400
                  ? " sends elsewhere, which is not followed"
                  : later ? " fails" : " refuses";
        };
    boolean passing = later || status == 408 || status == 425 || status == 429;
    return new StoreException("%s%s (status %d)".formatted(where, what, status), passing);
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // All that was wanted was read.
    }
  }
}
