package org.lethe.server.audit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lethe.audit.Entry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry as a line of the list.
 *
 * @param details for people, over several lines; null where there is nothing to say
 */
record AuditLine(Entry entry, @Nullable String details) {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int SHOWN = 8;

  static AuditLine of(Entry entry) {
    return new AuditLine(entry, readable(entry.details()));
  }

  /** What somebody tampered with need not be JSON any more. */
  private static @Nullable String readable(String details) {
    try {
      JsonNode json = JSON.readTree(details);
      return json.isEmpty() ? null : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JacksonException broken) {
      return details;
    }
  }

  /** Its object, ids as other lists show them. */
  public String object() {
    String object = entry.object();
    return ID.matcher(object).matches() ? object.substring(0, SHOWN) : object;
  }
}
