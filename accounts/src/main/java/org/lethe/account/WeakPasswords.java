package org.lethe.account;

import java.util.Locale;
import java.util.Set;
import org.lethe.error.InputException;

/** What a password must not be. */
final class WeakPasswords {

  /** In characters; length helps more than any rule about which ones. */
  static final int SHORTEST = 12;

  /** Those of that length that everybody tries first. */
  private static final Set<String> COMMONEST =
      Set.of(
          "123456789012",
          "1234567890123",
          "12345678901234",
          "123456789012345",
          "1234567890123456",
          "012345678901",
          "0123456789012",
          "123123123123",
          "111111111111",
          "000000000000",
          "987654321098",
          "administrator",
          "adminadminadmin",
          "password1234",
          "password12345",
          "password123456",
          "passwordpassword",
          "mypassword123",
          "mypassword1234",
          "password!234",
          "qwertyuiop12",
          "qwertyuiop123",
          "qwertyuiopasdf",
          "qwertyuiopasdfghjkl",
          "qwerty123456",
          "qwerty12345678",
          "1qaz2wsx3edc",
          "1q2w3e4r5t6y",
          "1q2w3e4r5t6y7u",
          "q1w2e3r4t5y6",
          "abcdefghijkl",
          "abcdefghijklm",
          "abc123abc123",
          "asdfghjkl123",
          "asdfasdfasdf",
          "iloveyou1234",
          "iloveyouiloveyou",
          "letmeinletmein",
          "welcome12345",
          "welcome123456",
          "changemechangeme",
          "changeme1234",
          "correct horse battery staple",
          "correcthorsebatterystaple",
          "unknownunknown",
          "zxcvbnm12345",
          "aaaaaaaaaaaa");

  private WeakPasswords() {}

  /**
   * Refuses a password that others would guess.
   *
   * @throws InputException if it is one
   */
  static void refuse(String password, String login) {
    String lower = password.toLowerCase(Locale.ROOT);
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      throw new InputException(
          "the password is too short; choose one of %d characters or more".formatted(SHORTEST));
    }
    if (password.chars().distinct().count() < 4 || COMMONEST.contains(lower)) {
      throw new InputException(
          "the password is one of the first that anybody tries; choose another");
    }
    if (login.length() > 2 && lower.contains(login.toLowerCase(Locale.ROOT))) {
      throw new InputException("the password must not contain the login; choose another");
    }
  }
}
