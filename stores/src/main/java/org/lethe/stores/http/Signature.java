package org.lethe.stores.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.lethe.store.StoreSettings;

/**
 * Signs calls, and looks at the signatures of others: HMAC-SHA256 with a key that both sides know,
 * over method, path with query, time and body, each but the last followed by a line feed.
 * Thread-safe.
 */
final class Signature {

  static final String TIMESTAMP = "Lethe-Timestamp";
  static final String KEY_ID = "Lethe-Key-Id";
  static final String SIGNATURE = "Lethe-Signature";

  /** How much two clocks may differ, and how long a call can be repeated by somebody else. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 16;

  private final SecretKeySpec key;
  private final String id;
  private final Clock clock;

  /** Of {@code sign: { key, id }}. */
  Signature(StoreSettings settings, Clock clock) {
    byte[] bytes = settings.text("key").getBytes(UTF_8);
    if (bytes.length < SHORTEST) {
      throw settings.fault("key", "is too short", "use " + SHORTEST + " random characters or more");
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
    this.id = settings.optionalText("id").orElse("lethe");
    this.clock = clock;
  }

  /** The headers that sign a call. */
  Map<String, String> headers(String method, String path, byte[] body) {
    String time = Long.toString(clock.instant().getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(TIMESTAMP, time);
    headers.put(KEY_ID, id);
    headers.put(SIGNATURE, HexFormat.of().formatHex(mac(method, path, time, body)));
    return headers;
  }

  /** Whether a call was signed with the key, and not long ago. */
  boolean valid(String method, String path, String time, String signature, byte[] body) {
    try {
      Instant signed = Instant.ofEpochSecond(Long.parseLong(time));
      boolean recent = Duration.between(signed, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
      byte[] given = HexFormat.of().parseHex(signature);
      return MessageDigest.isEqual(mac(method, path, time, body), given) && recent;
    } catch (RuntimeException e) {
      // No number, no time or no hexadecimal digits: then it is no signature.
      return false;
    }
  }

  private byte[] mac(String method, String path, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update("%s\n%s\n%s\n".formatted(method, path, time).getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
