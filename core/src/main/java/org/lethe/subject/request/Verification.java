package org.lethe.subject.request;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.lethe.execute.Transactions;
import org.lethe.policy.MailAddress;
import org.lethe.policy.MailRules;
import org.lethe.policy.RequestRules;
import org.lethe.subject.Key;
import org.lethe.trash.By;
import org.springframework.jdbc.core.JdbcOperations;

/** Makes sure that a request comes from the person it is about. Thread-safe. */
public final class Verification {

  /** How long a mailed word is good. */
  private static final Duration GOOD = Duration.ofDays(7);

  private static final int WORD_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** For people who do not know where our server stands. */
  private static final DateTimeFormatter UNTIL =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Transactions transactions;
  private final RequestRules rules;
  private final RequestSteps steps;
  private final Key key;
  private final Clock clock;
  private final Function<Request, List<MailAddress>> addresses;

  /**
   * @param addresses where the person of a request can be mailed
   */
  Verification(
      Transactions transactions,
      RequestRules rules,
      RequestSteps steps,
      Key key,
      Clock clock,
      Function<Request, List<MailAddress>> addresses) {
    this.transactions = transactions;
    this.rules = rules;
    this.steps = steps;
    this.key = key;
    this.clock = clock;
    this.addresses = addresses;
  }

  /**
   * A word to mail to the person: whoever has it is who they say. Makes a former one worthless.
   *
   * @return the word, which is kept nowhere
   * @throws RequestException if the request is past that
   */
  public String newWord(UUID id, By by) {
    String word = word();
    keep(id, word, clock.instant().plus(GOOD), by, "{}");
    return word;
  }

  /**
   * Mails a word to every address that is known of the person, a mail each. A former word becomes
   * worthless once a server has taken the new one, not before: where none does, nothing changes.
   *
   * @throws RequestException if the request is past that, the policy does not say how to mail, or
   *     no address is known
   * @throws MailException if it was taken for no address
   */
  public Mailed mailWord(UUID id, By by, Messenger messenger) {
    MailRules how = rules.mail();
    if (how == null) {
      throw new RequestException(
          "the policy does not say how to mail; add requests: { mail: { smtp: smtp://HOST:25, from: ADDRESS } }");
    }
    Request request =
        transactions.look(jdbc -> new RequestLedger(jdbc).find(id)).orElseThrow(() -> none(id));
    RequestSteps.require(request, State.VERIFIED);
    List<MailAddress> to = addresses.apply(request);
    if (to.isEmpty()) {
      throw new RequestException(
          "no e-mail address is known of the person of request %d; it is looked for in columns of category contact of their own row"
              .formatted(request.number()));
    }
    String word = word();
    Instant until = clock.instant().plus(GOOD);
    // Outside of any transaction: a mail that was taken cannot be rolled back, and a slow server
    // should hold no row.
    int refused = send(how, to, how.text(word, request.number(), UNTIL.format(until)), messenger);
    Mailed mailed = new Mailed(to.size() - refused, refused, until);
    keep(id, word, until, by, "{\"mailed\": %d}".formatted(mailed.addresses()));
    return mailed;
  }

  /** How many were refused; not all of them. */
  private static int send(MailRules how, List<MailAddress> to, String text, Messenger messenger) {
    int refused = 0;
    MailException last = null;
    for (MailAddress address : to) {
      try {
        messenger.send(how, address, text);
      } catch (MailException e) {
        refused++;
        last = e;
      }
    }
    if (last != null && refused == to.size()) {
      throw last;
    }
    return refused;
  }

  private static String word() {
    byte[] random = new byte[WORD_BYTES];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private void keep(UUID id, String word, Instant until, By by, String details) {
    transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          steps.allowed(ledger, id, State.VERIFIED);
          ledger.set(id, RequestLedger.Field.VERIFY_HASH, hash(word));
          ledger.set(id, RequestLedger.Field.VERIFY_UNTIL, until);
          steps.audit(jdbc, "request_word", id, by, details);
          return true;
        });
  }

  private static RequestException none(UUID id) {
    return new RequestException("there is no request " + id);
  }

  /**
   * The person has shown the word that was mailed to them.
   *
   * @throws RequestException if it is not the word of this request, or no longer
   */
  public Request byWord(UUID id, String word) {
    return shown(word, r -> r.id().equals(id));
  }

  /**
   * The person has followed the link that was mailed to them: the word alone tells which request.
   *
   * @throws RequestException if it is the word of no request, or no longer
   */
  public Request byWord(String word) {
    return shown(word, r -> true);
  }

  private Request shown(String word, Predicate<Request> expected) {
    return transactions.change(
        jdbc -> {
          RequestLedger ledger = new RequestLedger(jdbc);
          Request request =
              ledger
                  .mailed(hash(word), clock.instant())
                  .filter(r -> r.state() == State.RECEIVED && expected.test(r))
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
