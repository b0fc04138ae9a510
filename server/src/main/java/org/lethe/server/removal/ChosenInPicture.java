package org.lethe.server.removal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.lethe.error.InputException;
import org.lethe.policy.Choices;
import org.lethe.policy.OnDelete;
import org.lethe.schema.Relation;

/** What was chosen in place of the policy, as part of a picture's address. Stateless. */
final class ChosenInPicture {

  private ChosenInPicture() {}

  /** {@code post.author_id:reassign:7}, encoded, for each choice. */
  static List<String> write(Choices choices) {
    List<String> written = new ArrayList<>();
    choices
        .byRelation()
        .forEach(
            (relation, chosen) -> {
              StringBuilder text = new StringBuilder(relation.name());
              text.append(':').append(chosen.kind().word());
              chosen.values().forEach(v -> text.append(':').append(Objects.toString(v, "")));
              written.add(URLEncoder.encode(text.toString(), StandardCharsets.UTF_8));
            });
    return written;
  }

  /**
   * Reads what {@link #write} wrote, once decoded.
   *
   * @throws InputException if it is something else
   */
  static Choices read(List<String> written, Iterable<Relation> relations) {
    Map<Relation, OnDelete> choices = new LinkedHashMap<>();
    for (String text : written) {
      for (Relation relation : relations) {
        if (text.startsWith(relation.name() + ":")) {
          choices.put(relation, onDelete(text.substring(relation.name().length() + 1)));
        }
      }
    }
    return new Choices(choices);
  }

  private static OnDelete onDelete(String text) {
    List<String> parts = List.of(text.split(":", -1));
    try {
      return new OnDelete(
          OnDelete.Kind.valueOf(parts.get(0).toUpperCase(Locale.ROOT)),
          List.copyOf(parts.subList(1, parts.size())));
    } catch (IllegalArgumentException e) {
      throw new InputException("This is no picture of a removal.", e);
    }
  }
}
