package org.lethe.subject;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.lethe.error.InputException;
import org.lethe.error.LetheException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The operator's secret, kept outside of the database. Seals what must be found again (AES-256-GCM)
 * and hashes what must be recognised (HMAC-SHA-256), so that a copy of the database alone tells
 * nobody who asked for what. Thread-safe.
 */
public final class Key {

  /** The environment variable that holds it. */
  public static final String VARIABLE = "LETHE_KEY";

  private static final int SHORTEST = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int BLOCK = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] sealing;
  private final byte[] hashing;

  private Key(byte[] secret) {
    this.sealing = mac(secret, "lethe sealing".getBytes(StandardCharsets.UTF_8));
    this.hashing = mac(secret, "lethe hashing".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A key.
   *
   * @throws InputException if the secret is too short to be one
   */
  public static Key of(String secret) {
    String bare = secret.strip();
    if (bare.length() < SHORTEST) {
      throw new InputException(
          "the key in %s is too short; make one of %d characters or more: openssl rand -base64 32"
              .formatted(VARIABLE, SHORTEST));
    }
    return new Key(bare.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key.
   *
   * @throws InputException if there is none
   */
  public static Key require(@Nullable Key key) {
    if (key == null) {
      throw new InputException(
          "this needs a key: set %s to a secret that is kept outside of the database, such as the output of openssl rand -base64 32, and keep it: what it sealed cannot be read without it"
              .formatted(VARIABLE));
    }
    return key;
  }

  /** What only this key can open again; another text each time. */
  public byte[] seal(String text) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8), 0);
    byte[] both = new byte[NONCE + sealed.length];
    System.arraycopy(nonce, 0, both, 0, NONCE);
    System.arraycopy(sealed, 0, both, NONCE, sealed.length);
    return both;
  }

  /**
   * What was sealed.
   *
   * @throws LetheException if another key sealed it, or it was changed since
   */
  public String open(byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE);
    return new String(cipher(Cipher.DECRYPT_MODE, nonce, sealed, NONCE), StandardCharsets.UTF_8);
  }

  /**
   * A hash that nobody without the key can make.
   *
   * @param purpose keeps hashes of one use from being compared with those of another
   */
  public String hash(String purpose, String text) {
    return HexFormat.of()
        .formatHex(mac(hashing, (purpose + "\0" + text).getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Lets {@link #hmacSql} hash with this key, for the rest of the transaction. What is derived from
   * the key is bound, so that it is not part of any statement that a server may log.
   */
  public void lend(JdbcOperations jdbc) {
    jdbc.query(
        "select set_config('lethe.hmac_outer', ?, true), set_config('lethe.hmac_inner', ?, true)",
        rs -> {},
        padded(0x5c),
        padded(0x36));
  }

  /**
   * A keyed hash inside the database, after {@link #lend}.
   *
   * @param text as SQL
   */
  public static String hmacSql(String text) {
    return "encode(sha256(decode(current_setting('lethe.hmac_outer'), 'hex') || sha256(decode(current_setting('lethe.hmac_inner'), 'hex') || convert_to(%s, 'UTF8'))), 'hex')"
        .formatted(text);
  }

  private String padded(int with) {
    byte[] pad = Arrays.copyOf(hashing, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      pad[i] ^= (byte) with;
    }
    return HexFormat.of().formatHex(pad);
  }

  private byte[] cipher(int mode, byte[] nonce, byte[] text, int from) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      SecretKey key = new SecretKeySpec(sealing, "AES");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(text, from, text.length - from);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new LetheException(
          "what was sealed cannot be opened: %s is not the key that sealed it, or it was changed"
              .formatted(VARIABLE),
          e);
    }
  }

  private static byte[] mac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
