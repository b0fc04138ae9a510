package org.lethe.stores.http;

import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.store.Answer;
import org.lethe.store.StoreException;
import org.lethe.store.StoreSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a service calls back with when an erasure is done that it answered with 202. It signs
 * as it is called, with the same key. Whoever listens on a port hands in what came. Thread-safe.
 */
public final class HttpCallback {

  /** Bytes that a call may have. */
  public static final int LARGEST = 1 << 20;

  private final String name;
  private final Signature signature;

  /**
   * Of the same settings as the store.
   *
   * @throws org.lethe.error.InputException if they have no {@code sign}
   */
  public HttpCallback(StoreSettings settings, Clock clock) {
    name = settings.name();
    signature =
        settings
            .part("sign")
            .map(sign -> new Signature(sign, clock))
            .orElseThrow(
                () ->
                    settings.fault(
                        "sign", "is missing", "nobody else's word is taken: write { key }"));
  }

  /**
   * What was said of an erasure.
   *
   * @param reference by which it was answered with {@link Answer.Pending}
   */
  public record Said(String reference, Answer answer) {}

  /**
   * Whether a call is signed with the key, and was not long ago.
   *
   * @param path with its query, as it was called
   * @param header by name, whatever its case; null where there is none
   */
  public boolean signed(
      String method, String path, Function<String, @Nullable String> header, byte[] body) {
    String time = header.apply(Signature.TIMESTAMP);
    String signed = header.apply(Signature.SIGNATURE);
    return time != null
        && signed != null
        && body.length <= LARGEST
        && signature.valid(method, path, time, signed, body);
  }

  /**
   * Reads a call. Reading one twice gives the same, so a repeated call does nothing more.
   *
   * @param path with its query, as it was called
   * @param header by name, whatever its case; null where there is none
   * @throws StoreException if it is not signed, or makes no sense
   */
  public Said read(
      String method, String path, Function<String, @Nullable String> header, byte[] body) {
    if (!signed(method, path, header, body)) {
      throw new StoreException(
          name + ": somebody called back without a signature that holds", false);
    }
    JsonNode said = json(body);
    String reference = said.path("reference").asString("");
    if (reference.isBlank()) {
      throw nonsense("names no reference");
    }
    return new Said(reference, Answers.of(said, Answers.SOON, this::nonsense));
  }

  private JsonNode json(byte[] body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      // Without the cause: its message quotes the body.
      throw nonsense("is no JSON");
    }
  }

  private StoreException nonsense(String what) {
    return new StoreException(name + ": was called back with what " + what, false);
  }
}
