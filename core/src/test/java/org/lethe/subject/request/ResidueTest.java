package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.dialect.Dialect;
import org.lethe.policy.Decisions;
import org.lethe.policy.PolicyReader;
import org.lethe.policy.RequestRules;
import org.lethe.store.Subject;

/** Many people are looked for in another way than one; what is found is the same. */
class ResidueTest extends RequestScene {

  private static final List<String> NAMES =
      List.of(
          "anna@example.org",
          "ANNA.Berg@Example.org",
          "müller@example.org",
          "_under_score_",
          "+49 (30) 123-456",
          "straße 5",
          "o'neil\\d+",
          "@handle",
          "a_b-c.d",
          "«¡!»…—",
          "joão da silva");

  private static final List<String> TEXTS =
      List.of(
          "nothing of anybody",
          "write to Anna@Example.ORG, please",
          "xanna@example.org is not anna@example.orga",
          "anna.berg@example.org",
          "<MÜLLER@EXAMPLE.ORG>",
          "x_under_score_y and _UNDER_SCORE_",
          "call +49 (30) 123-456!",
          "call +49 (30) 123-4567",
          "Straße 5, straße 55",
          "O'NEIL\\D+ o'neil\\d+x",
          "mail@handle @HANDLE",
          "A_B-C.D, a_b-c.de",
          "quoted «¡!»…—",
          "João da Silva and joão  da silva");

  @Test
  void whatIsFoundOfManyIsWhatIsFoundOfEach() {
    sql.execute("create table letter (id int, body varchar, tags text[], extra jsonb)");
    sql.execute("create table stamp (id int primary key, note text collate \"C\")");
    for (int i = 0; i < TEXTS.size(); i++) {
      sql.update("insert into note values (?, ?)", i, TEXTS.get(i));
      sql.update(
          "insert into letter values (?, ?, array[?, 'x'], jsonb_build_object('said', ?::text))",
          i,
          i % 2 == 0 ? TEXTS.get(i) : null,
          TEXTS.get(i),
          TEXTS.get(i));
      sql.update("insert into stamp values (?, ?)", i, TEXTS.get(i));
    }
    Map<Request, SealedPerson> people = new LinkedHashMap<>();
    NAMES.forEach(name -> people.put(request(people.size()), named(name)));
    people.put(request(99), named("anna@example.org", "müller@example.org"));

    Map<Request, List<Residue.Found>> together = search(people);

    assertThat(together.keySet()).as("more than half of them").hasSizeGreaterThan(NAMES.size() / 2);
    people.forEach(
        (request, who) ->
            assertThat(sorted(together.getOrDefault(request, List.of())))
                .as(who.subject().identifiers().toString())
                .isEqualTo(sorted(search(Map.of(request, who)).getOrDefault(request, List.of()))));
  }

  @Test
  void aWordThatManyShareNamesOnlyWhoIsMeant() {
    sql.update("insert into note values (1, 'p7@example.org, p1@example.org and p70@example.org')");
    Map<Request, SealedPerson> people = new LinkedHashMap<>();
    IntStream.rangeClosed(1, 40)
        .forEach(n -> people.put(request(n), named("p" + n + "@example.org")));
    sql.execute("truncate person cascade");

    assertThat(search(people).keySet())
        .extracting(Request::number)
        .containsExactlyInAnyOrder(1L, 7L);
  }

  private static List<String> sorted(List<Residue.Found> found) {
    return List.copyOf(new TreeSet<>(found.stream().map(Residue.Found::toString).toList()));
  }

  private Map<Request, List<Residue.Found>> search(Map<Request, SealedPerson> people) {
    Decisions decisions =
        Decisions.resolve(PolicyReader.read("lethe.yaml", POLICY), Lethe.readCatalog(database));
    return new Residue(decisions, Dialect.of(decisions.catalog()), sql).search(people);
  }

  private static SealedPerson named(String... names) {
    return new SealedPerson(
        List.of("1"), new Subject("person", Map.of("email", List.of(names), "id", List.of("1"))));
  }

  private static Request request(int number) {
    return new Request(
        UUID.randomUUID(),
        number,
        Kind.ERASURE,
        "person",
        State.RUNNING,
        RequestRules.Law.GDPR,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null,
        "jo",
        null,
        null,
        null,
        null,
        null);
  }
}
