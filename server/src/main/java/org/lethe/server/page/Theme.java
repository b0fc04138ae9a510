package org.lethe.server.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/** Light or dark, as the reader's machine has it or as they chose; kept in a cookie. */
enum Theme {
  AUTO,
  LIGHT,
  DARK;

  private static final String COOKIE = "lethe-theme";

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the page is drawn in before a script could ask the machine. */
  String drawn() {
    return this == DARK ? "dark" : "light";
  }

  static Theme of(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(COOKIE)) {
        return named(cookie.getValue()).orElse(AUTO);
      }
    }
    return AUTO;
  }

  static Optional<Theme> named(String word) {
    for (Theme theme : values()) {
      if (theme.word().equals(word)) {
        return Optional.of(theme);
      }
    }
    return Optional.empty();
  }

  ResponseCookie cookie() {
    return ResponseCookie.from(COOKIE, word())
        .path("/")
        .httpOnly(true)
        .sameSite("Lax")
        .maxAge(Duration.ofDays(365))
        .build();
  }
}
