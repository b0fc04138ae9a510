package org.lethe.stores.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lethe.store.Locator;
import org.lethe.stores.Handle;

/** Keys and values of Redis, which are bytes, for people and for handles. */
final class Bytes {

  private Bytes() {}

  /** Text where the bytes are text, otherwise a map with their Base64 form. */
  static Object shown(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Map.of("base64", coded(bytes));
    }
  }

  /** Text for the name of something. */
  static String named(byte[] bytes) {
    return shown(bytes) instanceof String text ? text : "base64:" + coded(bytes);
  }

  static Map<String, Object> shown(Map<byte[], byte[]> fields) {
    Map<String, Object> shown = new LinkedHashMap<>();
    fields.forEach((field, value) -> shown.put(named(field), shown(value)));
    return shown;
  }

  /** For a handle: every byte counts. */
  static String coded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** From a handle. */
  static byte[] get(Handle at, Locator piece, String name) {
    try {
      return Base64.getDecoder().decode(at.get(piece, name));
    } catch (IllegalArgumentException e) {
      throw Handle.foreign(piece);
    }
  }
}
