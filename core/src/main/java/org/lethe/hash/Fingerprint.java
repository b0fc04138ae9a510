package org.lethe.hash;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over facts, in their order. Each goes in with its length, so that nothing can move from
 * one fact to the next unseen. Not thread-safe.
 */
public final class Fingerprint {

  private final MessageDigest digest = sha256();

  /** Of one text, in hex: what any other SHA-256 of its UTF-8 gives. */
  public static String of(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds a fact by its text; null differs from every text. */
  public Fingerprint add(@Nullable Object fact) {
    if (fact == null) {
      return add(-1);
    }
    byte[] bytes = fact.toString().getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds a number, such as how many facts follow. */
  public Fingerprint add(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    return this;
  }

  /** The fingerprint in hex; ends the adding. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
