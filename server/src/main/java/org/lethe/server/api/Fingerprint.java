package org.lethe.server.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.HttpHeaders;

/**
 * Tells calls apart without keeping what was sent: keyed with the token, which nobody has kept, so
 * that a password in a body cannot be guessed from it.
 */
final class Fingerprint {

  private static final String ALGORITHM = "HmacSHA256";

  private Fingerprint() {}

  static String of(HttpServletRequest request, byte[] body) {
    String query = request.getQueryString();
    String call =
        "%s %s?%s\n"
            .formatted(request.getMethod(), request.getRequestURI(), query == null ? "" : query);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(
          new SecretKeySpec(
              request.getHeader(HttpHeaders.AUTHORIZATION).getBytes(StandardCharsets.UTF_8),
              ALGORITHM));
      mac.update(call.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
