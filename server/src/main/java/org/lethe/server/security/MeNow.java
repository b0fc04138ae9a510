package org.lethe.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who asks, for what surrounds the methods that get {@link Me} handed. */
public final class MeNow {

  private MeNow() {}

  /** Empty where nobody is signed in. */
  public static Optional<Me> of(HttpServletRequest request) {
    return SignedIn.of(request);
  }
}
