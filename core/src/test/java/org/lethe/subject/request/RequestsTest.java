package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.Roots;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.TableId;
import org.lethe.trash.By;

/** Requests from their receipt to their end. */
class RequestsTest extends RequestScene {

  @Test
  void everyStateAndNoOther() {
    String table =
        Arrays.stream(State.values())
            .map(
                from ->
                    from.word()
                        + ": "
                        + Arrays.stream(State.values())
                            .filter(from::mayBecome)
                            .map(State::word)
                            .collect(Collectors.joining(", ")))
            .collect(Collectors.joining("\n"));

    assertThat(table)
        .isEqualTo(
            """
            received: verified, denied, withdrawn
            verified: collected, denied, withdrawn
            collected: collected, approved, denied, withdrawn
            approved: collected, running, denied, withdrawn
            running: completed, completed with retained data, partially failed, withdrawn
            completed:\s
            completed with retained data: running
            partially failed: running
            denied:\s
            withdrawn:\s"""
                .replace("\\s", " "));
  }

  @Test
  void whatTheLawWantsIsKeptAndGoesWhenItsTimeIsOver() {
    sql.update(
        "insert into invoice values (1, 1, '2020-05-05'), (2, 2, '2020-05-05'), (3, 1, '2020-06-05')");
    Requests requests = requests(POLICY);

    Request kept = throughTo(requests, State.COMPLETED_WITH_RETAINED_DATA);

    assertThat(outcomes(requests, kept))
        .contains(
            "database invoice retained 2 (17(3)(b)) until 2030-06-05T00:00:00Z",
            "database person anonymised 1");
    assertThat(kept.next()).isEqualTo(Instant.parse("2030-05-05T00:00:00Z"));
    List<@Nullable String> person = texts("select p::text || p.xmin from person as p where id = 1");
    assertThat(requests.run(kept.id(), ANN).state()).isEqualTo(State.COMPLETED_WITH_RETAINED_DATA);
    assertThat(texts("select p::text || p.xmin from person as p where id = 1")).isEqualTo(person);
    now = Instant.parse("2030-05-05T00:00:01Z");
    assertThat(requests.runDue(10, ANN, r -> {}))
        .singleElement()
        .extracting(Request::state)
        .isEqualTo(State.COMPLETED_WITH_RETAINED_DATA);
    assertThat(outcomes(requests, kept))
        .contains(
            "database invoice retained 1 (17(3)(b)) until 2030-06-05T00:00:00Z",
            "database person anonymised 1");
    now = Instant.parse("2030-06-05T00:00:01Z");
    assertThat(requests.runDue(10, ANN, r -> {}))
        .singleElement()
        .extracting(Request::state)
        .isEqualTo(State.COMPLETED);
    assertThat(texts("select id::text from invoice")).containsExactly("2");
    assertThat(texts("select id::text from person order by id")).containsExactly("2", "3");
    assertThat(outcomes(requests, kept))
        .containsExactly(
            "database invoice removed 2",
            "database person anonymised 1",
            "database person removed 1",
            "database visit removed 3");
  }

  @Test
  void addressesOfThoseWhoWereErasedAreKnownHoweverTheyAreTyped() {
    Requests requests = requests(POLICY);
    List<String> typed =
        List.of("p2@example.org", " P1@example.org", "p1@Example.org", " P1@example.org");
    assertThat(requests.suppressed(typed)).isEmpty();

    throughTo(requests, State.COMPLETED);

    assertThat(requests.suppressed(typed)).containsExactly(" P1@example.org", "p1@Example.org");
    assertThat(requests.suppressed(List.of())).isEmpty();
  }

  @Test
  void whatStillMentionsThePersonIsFound() {
    sql.update("insert into note values (1, 'call P1@example.org'), (2, 'xp1@example.orgs')");
    Requests requests = requests(POLICY);

    Request failed = throughTo(requests, State.PARTIALLY_FAILED);
    assertThat(outcomes(requests, failed))
        .contains("database note.body unsupported 1 (still mentions the person)");

    sql.update("delete from note");
    assertThat(requests.run(failed.id(), ANN).state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void whatLiesInTheTrashGoesToo() {
    Lethe lethe = Lethe.of(database, PolicyReader.read("lethe.yaml", POLICY));
    TableId visits = new TableId("public", "visit");
    UUID mixed =
        lethe
            .trash()
            .delete(new Roots.Where(visits, "id in (1, 2)"), Period.ofDays(30), JO)
            .deletion();
    sql.update("insert into person values (4, 'p1@example.org', 'Person 1')");
    TableId people = new TableId("public", "person");
    lethe.trash().delete(new Roots.Keys(people, List.of(List.of("4"))), Period.ofDays(30), JO);
    sql.update("insert into visit values (9, 3)");
    Requests requests = requests(POLICY);

    Request failed = throughTo(requests, State.PARTIALLY_FAILED);

    assertThat(outcomes(requests, failed))
        .contains(
            "trash visit removed 1",
            "database rows in the trash unsupported 1 (still mentions the person)");
    lethe.trash().restore(Objects.requireNonNull(mixed), JO);
    assertThat(texts("select id || '-' || person_id from visit order by id"))
        .doesNotContain("2-1")
        .contains("1-2");
  }

  @Test
  void deadlinesAreCalendarMonthsAndPutOffOnceWithAReason() {
    Requests requests = requests(POLICY);
    Request open = requests.open(Kind.ACCESS, person(POLICY, "1"), NOW, false, JO);

    assertThat(open.due()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThatThrownBy(() -> requests.extend(open.id(), ANN))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("reason");
    Request extended = requests.extend(open.id(), new By("ann", "many requests"));
    assertThat(extended.due()).isEqualTo(Instant.parse("2026-05-01T00:00:00Z"));
    assertThatThrownBy(() -> requests.extend(open.id(), new By("ann", "more")))
        .hasMessageContaining("once");

    Requests ccpa = requests(POLICY + "requests: { law: ccpa }\n");
    Request other = ccpa.open(Kind.ERASURE, person(POLICY, "2"), NOW, false, JO);
    assertThat(other.due()).isEqualTo(Instant.parse("2026-03-18T00:00:00Z"));
    now = Instant.parse("2026-04-01T00:00:00Z");
    assertThatThrownBy(() -> ccpa.extend(other.id(), new By("ann", "late")))
        .hasMessageContaining("late already");
  }

  @Test
  void aMailedWordIsGoodOnceAndForAWeek() {
    Requests requests = requests(POLICY);
    Request open = requests.open(Kind.ACCESS, person(POLICY, "1"), NOW, false, JO);
    String first = requests.verification().newWord(open.id(), ANN);
    String second = requests.verification().newWord(open.id(), ANN);

    assertThatThrownBy(() -> requests.verification().byWord(open.id(), first))
        .isInstanceOf(RequestException.class);
    now = NOW.plus(Duration.ofDays(8));
    assertThatThrownBy(() -> requests.verification().byWord(open.id(), second))
        .isInstanceOf(RequestException.class);
    now = NOW.plus(Duration.ofDays(6));
    assertThat(requests.verification().byWord(open.id(), second).state()).isEqualTo(State.VERIFIED);
    assertThatThrownBy(() -> requests.verification().byWord(open.id(), second))
        .isInstanceOf(RequestException.class);
    assertThat(ledger()).doesNotContain(first).doesNotContain(second);
  }

  private static final String MAIL =
      POLICY + "requests: { mail: { smtp: \"smtp://127.0.0.1\", from: us@example.org } }\n";

  @Test
  void aWordIsMailedToThePersonAndShowsThatItIsThem() {
    Requests requests = requests(MAIL);
    Request open = requests.open(Kind.ACCESS, person(MAIL, "1"), NOW, false, JO);
    Map<String, String> mails = new HashMap<>();

    Mailed mailed =
        requests
            .verification()
            .mailWord(open.id(), ANN, (how, to, text) -> mails.put(to.address(), text));

    assertThat(mailed).isEqualTo(new Mailed(1, 0, NOW.plus(Duration.ofDays(7))));
    assertThat(mails).containsOnlyKeys("p1@example.org");
    String text = mails.getOrDefault("p1@example.org", "");
    assertThat(text).contains("(number 1)").contains("until 7 February 2026, 12:00 UTC");
    assertThat(texts("select action || details::text from lethe.audit order by 1"))
        .anyMatch(entry -> entry.startsWith("request_word{") && entry.contains("mailed"));
    assertThat(ledger()).doesNotContain(wordIn(text)).doesNotContain("p1@example.org");
    assertThat(requests.verification().byWord(open.id(), wordIn(text)).state())
        .isEqualTo(State.VERIFIED);
  }

  @Test
  void whatIsMailedInVainLeavesTheFormerWordGood() {
    Requests requests = requests(MAIL);
    Request open = requests.open(Kind.ACCESS, person(MAIL, "1"), NOW, false, JO);
    String former = requests.verification().newWord(open.id(), ANN);
    List<String> before = texts("select count(*)::text from lethe.audit");
    List<String> mails = new ArrayList<>();

    assertThatThrownBy(
            () ->
                requests
                    .verification()
                    .mailWord(
                        open.id(),
                        ANN,
                        (how, to, text) -> {
                          mails.add(text);
                          throw new MailException("the mail server is down");
                        }))
        .isInstanceOf(MailException.class)
        .hasMessage("the mail server is down");

    assertThat(texts("select count(*)::text from lethe.audit")).isEqualTo(before);
    assertThatThrownBy(() -> requests.verification().byWord(open.id(), wordIn(mails.get(0))))
        .isInstanceOf(RequestException.class);
    assertThat(requests.verification().byWord(open.id(), former).state()).isEqualTo(State.VERIFIED);
    assertThatThrownBy(
            () ->
                requests.verification().mailWord(open.id(), ANN, (how, to, text) -> mails.add("")))
        .hasMessageContaining("is verified, and cannot become verified");
    assertThat(mails).hasSize(1);
  }

  @Test
  void everyAddressOfThePersonGetsAMailOfItsOwnAndNobodyElse() {
    String policy = MAIL.replace("name: { category: name }", "name: { category: contact }");
    Requests requests = requests(policy);
    sql.update("update person set name = 'other@example.org' where id = 1");
    sql.update("update person set name = 'P2@example.org' where id = 2");
    sql.update("update person set email = 'by telephone only', name = '' where id = 3");
    Request two = requests.open(Kind.ACCESS, person(policy, "1"), NOW, false, JO);
    Request same = requests.open(Kind.ACCESS, person(policy, "2"), NOW, false, JO);
    Request none = requests.open(Kind.ACCESS, person(policy, "3"), NOW, false, JO);
    List<String> to = new ArrayList<>();
    Messenger half =
        (how, address, text) -> {
          if (address.address().startsWith("p1")) {
            throw new MailException("no such mailbox");
          }
          to.add(address.address());
        };

    assertThat(requests.verification().mailWord(two.id(), ANN, half))
        .isEqualTo(new Mailed(1, 1, NOW.plus(Duration.ofDays(7))));
    assertThat(requests.verification().mailWord(same.id(), ANN, half).addresses()).isEqualTo(1);
    assertThat(to).containsExactly("other@example.org", "p2@example.org");
    assertThatThrownBy(() -> requests.verification().mailWord(none.id(), ANN, half))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("no e-mail address is known of the person of request 3")
        .hasMessageNotContaining("telephone");
    assertThatThrownBy(() -> requests(POLICY).verification().mailWord(two.id(), ANN, half))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("add requests: { mail:");
  }

  /** The word in the usual text stands on a line of its own. */
  private static String wordIn(String text) {
    return text.lines().filter(l -> l.matches("[A-Za-z0-9_-]{32}")).findFirst().orElseThrow();
  }

  @Test
  void duplicatesDenialAndWithdrawal() {
    Requests requests = requests(POLICY);
    Request open = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);

    assertThatThrownBy(() -> requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO))
        .hasMessageContaining("in request 1 (received)");
    assertThat(requests.open(Kind.ACCESS, person(POLICY, "1"), NOW, false, JO).number())
        .isEqualTo(2);
    assertThatThrownBy(() -> requests.deny(open.id(), ANN)).hasMessageContaining("reason");
    assertThat(requests.deny(open.id(), new By("ann", "not theirs")).state())
        .isEqualTo(State.DENIED);
    assertThatThrownBy(() -> requests.withdraw(open.id(), ANN))
        .hasMessageContaining("is denied, and cannot become withdrawn");
    Request again = requests.open(Kind.ERASURE, person(POLICY, "1"), NOW, false, JO);
    assertThat(requests.withdraw(again.id(), ANN).state()).isEqualTo(State.WITHDRAWN);
    assertThat(texts("select count(*)::text from person")).containsExactly("3");
  }

  @Test
  void aSecondPersonApprovesWhereThePolicyWantsOne() {
    String policy = POLICY + "requests: { second_person: true }\n";
    Requests requests = requests(policy);
    Request open = requests.open(Kind.ERASURE, person(policy, "1"), NOW, false, JO);
    requests.verification().byStatement(open.id(), JO);
    requests.collect(open.id(), JO);

    assertThatThrownBy(() -> requests.approve(open.id(), JO)).hasMessageContaining("second person");
    assertThatThrownBy(() -> requests.run(open.id(), JO)).hasMessageContaining("is collected");
    requests.approve(open.id(), ANN);
    assertThat(requests.run(open.id(), JO).state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aRestrictionKeepsAnErasureFromTheRow() {
    Requests requests = requests(POLICY);
    answered(requests, Kind.RESTRICTION, person(POLICY, "1"), NOW);

    Request kept = throughTo(requests, State.COMPLETED_WITH_RETAINED_DATA);

    assertThat(outcomes(requests, kept))
        .contains("database person retained 1 (hold: restriction of processing, request 1)");
    assertThat(texts("select email from person where id = 1")).containsExactly("p1@example.org");
  }
}
