package org.lethe.subject.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Writes values for people. */
final class Show {

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4,6}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(:\\d\\d)?(\\.\\d+)?(\\+00(?::00)?|Z)?( BC)?");

  private Show() {}

  /** {@code 2024-03-01T10:00:00+00:00} is "2024-03-01 10:00 UTC"; anything else stays. */
  static String time(String text) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
      return text; // what most texts are is told without an expression
    }
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      return text;
    }
    String seconds = m.group(3) == null || m.group(3).equals(":00") ? "" : m.group(3);
    String bc = m.group(6) == null ? "" : m.group(6);
    return m.group(1) + bc + " " + m.group(2) + seconds + (m.group(5) == null ? "" : " UTC");
  }

  /** A value that is no object. */
  static String plain(String json) {
    return switch (json) {
      case "true" -> "yes";
      case "false" -> "no";
      default -> time(Json.text(json));
    };
  }

  /** Whether a list holds nothing but values, so that commas are enough. */
  static boolean flat(JsonNode list) {
    if (!list.isArray()) {
      return false;
    }
    for (JsonNode item : list) {
      if (item.isContainer()) {
        return false;
      }
    }
    return true;
  }

  static String list(JsonNode list) {
    StringBuilder text = new StringBuilder();
    for (JsonNode item : list) {
      text.append(text.isEmpty() ? "" : ", ").append(plain(item.toString()));
    }
    return text.toString();
  }
}
