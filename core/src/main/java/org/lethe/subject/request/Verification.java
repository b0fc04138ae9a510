package org.lethe.subject.request;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.lethe.execute.Transactions;
import org.lethe.subject.Key;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** Makes sure that a request comes from the person it is about. Thread-safe. */
public final class Verification {

  /** How long a mailed word is good. */
  private static final Duration GOOD = Duration.ofDays(7);

  private static final int WORD_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Transactions transactions;
  private final RequestSteps steps;
  private final Key key;
  private final Clock clock;

  Verification(Transactions transactions, RequestSteps steps, Key key, Clock clock) {
    this.transactions = transactions;
    this.steps = steps;
    this.key = key;
    this.clock = clock;
  }

  /**
   * A word to mail to the person: whoever has it is who they say. Makes a former one worthless.
   *
   * @return the word, which is kept nowhere
   * @throws RequestException if the request is past that
   */
  public String newWord(UUID id, By by) {
    byte[] random = new byte[WORD_BYTES];
    RANDOM.nextBytes(random);
    String word = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          steps.allowed(ledger, id, State.VERIFIED);
          ledger.set(id, RequestLedger.Field.VERIFY_HASH, hash(word));
          ledger.set(id, RequestLedger.Field.VERIFY_UNTIL, clock.instant().plus(GOOD));
          steps.audit(jdbc, "request_word", id, by, "{}");
          return word;
        });
  }

  /**
   * The person has shown the word that was mailed to them.
   *
   * @throws RequestException if it is not the word of this request, or no longer
   */
  public Request byWord(UUID id, String word) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          Request request =
              ledger
                  .mailed(hash(word), clock.instant())
                  .filter(r -> r.id().equals(id) && r.state() == State.RECEIVED)
                  .orElseThrow(() -> new RequestException("this word is not good, or no longer"));
          ledger.set(request.id(), RequestLedger.Field.VERIFY_HASH, null);
          return verified(jdbc, request.id(), "mailed word", new By("the person", null));
        });
  }

  /**
   * An operator vouches for it.
   *
   * @param by with how they know, as the reason
   * @throws RequestException if they do not say, or the request is past that
   */
  public Request byStatement(UUID id, By by) {
    String how = by.reason();
    if (how == null || how.isBlank()) {
      throw new RequestException("say how you know that it comes from the person");
    }
    return transactions.change(jdbc -> verified(jdbc, id, how, by));
  }

  private Request verified(JdbcOperations jdbc, UUID id, String how, By by) {
    new RequestLedger(jdbc).set(id, RequestLedger.Field.VERIFIED_HOW, how);
    return steps.take(jdbc, id, State.VERIFIED, by, "{}");
  }

  private String hash(String word) {
    return key.hash("word", word);
  }
}
