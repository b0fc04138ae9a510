package org.lethe.stores.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lethe.store.Answer;
import org.lethe.store.Outcome;
import org.lethe.store.StoreException;
import org.lethe.stores.web.Reply;
import tools.jackson.databind.JsonNode;

/**
 * What services say to an erasure: {@code { outcome, items, ground, until, reference, after }}. The
 * outcome is one of removed, anonymised, retained, unsupported, not found, pending.
 */
final class Answers {

  static final Duration SOON = Duration.ofMinutes(1);

  private Answers() {}

  /** Reads an answer to {@code erase}, or to asking how that comes along. */
  static Answer of(Reply reply, boolean statusAlone) {
    if (reply.nothing()) {
      return new Answer.Done(Outcome.NOT_FOUND, 0);
    }
    if (!reply.fine()) {
      throw reply.refusal();
    }
    if (reply.status() != 202 && statusAlone) {
      return new Answer.Done(Outcome.REMOVED, 1);
    }
    byte[] bytes = reply.bytes();
    if (reply.status() != 202 && bytes.length == 0) {
      return new Answer.Done(Outcome.REMOVED, 1);
    }
    JsonNode said = Json.of(bytes, reply);
    if (reply.status() == 202 && !said.has("outcome")) {
      return pending(said, after(reply), reply::nonsense);
    }
    return of(said, after(reply), reply::nonsense);
  }

  /**
   * Reads an answer.
   *
   * @param after when to ask again where it does not say
   * @param nonsense what to throw if it makes no sense
   */
  static Answer of(JsonNode said, Duration after, Function<String, StoreException> nonsense) {
    String word =
        said.path("outcome").asString("").toLowerCase(Locale.ROOT).replace('_', ' ').strip();
    long items = Math.max(0, said.path("items").asLong(1));
    return switch (word) {
      case "removed" -> new Answer.Done(Outcome.REMOVED, items);
      case "anonymised", "anonymized" -> new Answer.Done(Outcome.ANONYMISED, items);
      case "unsupported" -> new Answer.Done(Outcome.UNSUPPORTED, 0);
      case "not found" -> new Answer.Done(Outcome.NOT_FOUND, 0);
      case "retained" -> retained(said, nonsense);
      case "pending" -> pending(said, after, nonsense);
      default ->
          throw nonsense.apply(
              "has no outcome that is known (answer: status in the policy, if it needs none)");
    };
  }

  private static Answer retained(JsonNode said, Function<String, StoreException> nonsense) {
    String ground = said.path("ground").asString("");
    if (ground.isBlank()) {
      throw nonsense.apply("retains without a ground");
    }
    return new Answer.Retained(ground, until(said, nonsense));
  }

  private static @Nullable Instant until(JsonNode said, Function<String, StoreException> nonsense) {
    String until = said.path("until").asString("");
    try {
      return until.isEmpty() ? null : Instant.parse(until);
    } catch (DateTimeParseException e) {
      throw nonsense.apply("retains until something that is no time such as 2030-01-01T00:00:00Z");
    }
  }

  private static Answer pending(
      JsonNode said, Duration after, Function<String, StoreException> nonsense) {
    String reference = said.path("reference").asString("");
    if (reference.isBlank()) {
      throw nonsense.apply("will do it later, but names no reference to ask by");
    }
    long seconds = said.path("after").asLong(0);
    return new Answer.Pending(reference, seconds > 0 ? Duration.ofSeconds(seconds) : after);
  }

  private static Duration after(Reply reply) {
    return reply
        .header()
        .apply("Retry-After")
        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(SOON);
  }
}
