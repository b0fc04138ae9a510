package org.lethe.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Hashes of passwords, in the forms that Django writes ({@code algorithm$...}) and plain bcrypt.
 * Thread-safe; verifying takes as long as whoever made the hash wanted it to.
 */
public final class Passwords {

  /** What a new hash of an own account costs. */
  static final int ITERATIONS = 870_000;

  private static final String PBKDF2 = "pbkdf2_sha256";
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int SALT = 22;
  private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$\\d\\d\\$[./0-9A-Za-z]{53}");
  private static final int BCRYPT_LONGEST = 72;
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Its parameters alone are used, and {@link Argon2PasswordEncoder#matches} takes the hash's. */
  private static final Argon2PasswordEncoder ARGON2 = new Argon2PasswordEncoder(16, 32, 1, 64, 1);

  /** Nobody's; costs what a new one does. */
  private static final String NOBODYS =
      PBKDF2 + "$" + ITERATIONS + "$Nobody$" + Base64.getEncoder().encodeToString(new byte[32]);

  private Passwords() {}

  /** A hash as new own accounts get it; another one each time. */
  public static String hash(String password) {
    return hash(password, ITERATIONS);
  }

  /**
   * A hash such as another application's.
   *
   * @param like one of its own, which says how much a hash may cost there; null for Lethe's own way
   * @throws InputException if the password is longer than such hashes can tell apart
   */
  public static String hash(String password, @Nullable String like) {
    if (like == null) {
      return hash(password);
    }
    if (BCRYPT.matcher(like).matches()) {
      if (password.getBytes(StandardCharsets.UTF_8).length > BCRYPT_LONGEST) {
        throw new InputException(
            "the password is too long: this application's can have %d bytes at most"
                .formatted(BCRYPT_LONGEST));
      }
      int cost = Integer.parseInt(like.substring(4, 6));
      return BCrypt.hashpw(password, BCrypt.gensalt("$2b", cost, RANDOM));
    }
    List<String> parts = List.of(like.split("\\$", -1));
    return parts.size() == 4 && parts.get(0).equals(PBKDF2) && parts.get(1).matches("\\d{1,8}")
        ? hash(password, Integer.parseInt(parts.get(1)))
        : hash(password);
  }

  private static String hash(String password, int iterations) {
    StringBuilder salt = new StringBuilder(SALT);
    for (int i = 0; i < SALT; i++) {
      salt.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    byte[] hash = pbkdf2("PBKDF2WithHmacSHA256", password, salt.toString(), iterations, 32);
    return PBKDF2 + "$" + iterations + "$" + salt + "$" + Base64.getEncoder().encodeToString(hash);
  }

  /**
   * Whether a hash could ever match: not where there is none, nor where it was made unusable, nor
   * where its form is unknown.
   */
  public static boolean usable(@Nullable String encoded) {
    return encoded != null
        && !encoded.startsWith("!")
        && (BCRYPT.matcher(encoded).matches()
            || MD5.matcher(encoded).matches()
            || List.of(
                    PBKDF2,
                    "pbkdf2_sha1",
                    "argon2",
                    "bcrypt_sha256",
                    "bcrypt",
                    "scrypt",
                    "sha1",
                    "md5")
                .contains(encoded.split("\\$", 2)[0]));
  }

  /** Takes as long as the password of an own account does to verify, and finds nothing. */
  public static void verifyNobodys(String password) {
    verify(password, NOBODYS);
  }

  /**
   * Whether a password is the one a hash was made of.
   *
   * @param encoded what never matches if null, unusable or of an unknown form
   */
  public static boolean verify(String password, @Nullable String encoded) {
    if (encoded == null || !usable(encoded)) {
      return false;
    }
    try {
      return known(password, encoded);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // Cut off or garbled: nothing matches it.
      return false;
    }
  }

  private static boolean known(String password, String encoded) {
    if (BCRYPT.matcher(encoded).matches()) {
      return BCrypt.checkpw(password, encoded);
    }
    if (MD5.matcher(encoded).matches()) {
      return same(hex("MD5", password), encoded);
    }
    int dollar = encoded.indexOf('$');
    String algorithm = encoded.substring(0, dollar);
    String rest = encoded.substring(dollar + 1);
    String[] parts = rest.split("\\$", -1);
    return switch (algorithm) {
      case PBKDF2 -> pbkdf2("PBKDF2WithHmacSHA256", password, parts);
      case "pbkdf2_sha1" -> pbkdf2("PBKDF2WithHmacSHA1", password, parts);
      case "argon2" -> ARGON2.matches(password, "$" + rest);
      case "bcrypt" -> BCrypt.checkpw(password, rest);
      case "bcrypt_sha256" -> BCrypt.checkpw(hex("SHA-256", password), rest);
      case "scrypt" -> scrypt(password, parts);
      case "sha1" -> same(hex("SHA-1", parts[0] + password), parts[1]);
      case "md5" -> same(hex("MD5", parts[0] + password), parts[1]);
      default -> throw new IllegalArgumentException("an unknown algorithm");
    };
  }

  private static boolean pbkdf2(String algorithm, String password, String[] parts) {
    byte[] expected = decoded(parts[2]);
    return MessageDigest.isEqual(
        expected,
        pbkdf2(algorithm, password, parts[1], Integer.parseInt(parts[0]), expected.length));
  }

  private static byte[] pbkdf2(
      String algorithm, String password, String salt, int iterations, int length) {
    PBEKeySpec spec =
        new PBEKeySpec(
            password.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), iterations, length * 8);
    try {
      return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } finally {
      spec.clearPassword();
    }
  }

  private static boolean scrypt(String password, String[] parts) {
    byte[] expected = decoded(parts[4]);
    byte[] hash =
        SCrypt.generate(
            password.getBytes(StandardCharsets.UTF_8),
            parts[1].getBytes(StandardCharsets.UTF_8),
            Integer.parseInt(parts[0]),
            Integer.parseInt(parts[2]),
            Integer.parseInt(parts[3]),
            expected.length);
    return MessageDigest.isEqual(expected, hash);
  }

  private static byte[] decoded(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a hash of nothing");
    }
    return bytes;
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8),
        other.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
