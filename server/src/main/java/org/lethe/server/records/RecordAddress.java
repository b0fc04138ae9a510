package org.lethe.server.records;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lethe.schema.Catalog;
import org.lethe.schema.TableId;
import org.lethe.server.page.NotFoundException;

/**
 * Where tables and rows are in this admin, whatever is in their names and keys. Everything but
 * letters, digits, hyphens and underscores is written as {@code ~} and two digits per byte: what a
 * percent sign would hide, servers and proxies refuse in a path or change on the way.
 */
public final class RecordAddress {

  private static final String DIGITS = "0123456789abcdef";

  private RecordAddress() {}

  /** {@code /records/customer}, or {@code /records/support.ticket} beyond the first schema. */
  public static String of(Catalog catalog, TableId table) {
    boolean first =
        !catalog.searchPath().isEmpty() && catalog.searchPath().get(0).equals(table.schema());
    return "/records/" + (first ? "" : written(table.schema()) + ".") + written(table.name());
  }

  /** {@code /records/address/5,1}. */
  public static String of(Catalog catalog, TableId table, List<String> key) {
    return of(catalog, table) + "/" + key(key);
  }

  /** A key's values in one word, such that {@link #key(String)} gives them back. */
  public static String key(List<String> key) {
    return key.stream().map(RecordAddress::written).collect(Collectors.joining(","));
  }

  /**
   * Reads a key.
   *
   * @throws NotFoundException if it is none
   */
  public static List<String> key(String word) {
    return Arrays.stream(word.split(",", -1)).map(RecordAddress::read).toList();
  }

  /**
   * Reads a table's name as addresses have it.
   *
   * @throws NotFoundException if there is no such table
   */
  public static TableId table(Catalog catalog, String word) {
    List<String> parts = Arrays.stream(word.split("\\.", -1)).map(RecordAddress::read).toList();
    String schema =
        parts.size() == 2 ? parts.get(0) : catalog.searchPath().stream().findFirst().orElse("");
    TableId table = new TableId(schema, parts.get(parts.size() - 1));
    if (parts.size() > 2 || !catalog.tables().containsKey(table)) {
      throw new NotFoundException("There is no table at this address.");
    }
    return table;
  }

  private static String written(String part) {
    if (part.isEmpty()) {
      return "~";
    }
    StringBuilder written = new StringBuilder();
    for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
      if (plain(b)) {
        written.append((char) b);
      } else {
        written.append('~').append(DIGITS.charAt(b >> 4 & 15)).append(DIGITS.charAt(b & 15));
      }
    }
    return written.toString();
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private static String read(String word) {
    if (word.equals("~")) {
      return "";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (plain(c)) {
        bytes.write(c);
      } else if (c == '~' && i + 2 < word.length()) {
        bytes.write(16 * digit(word.charAt(i + 1)) + digit(word.charAt(i + 2)));
        i += 2;
      } else {
        throw unreadable();
      }
    }
    if (bytes.size() == 0) {
      throw unreadable();
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw unreadable();
    }
  }

  private static int digit(char c) {
    int digit = DIGITS.indexOf(c);
    if (digit < 0) {
      throw unreadable();
    }
    return digit;
  }

  private static NotFoundException unreadable() {
    return new NotFoundException("This address names no row: it is cut off, or was changed.");
  }
}
