package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import tools.jackson.databind.JsonNode;

/** Tables, rows and relations, by programs. */
@SuppressWarnings("NullAway.Init")
class ApiRecordsTest {

  private static AdminScene scene;
  private static Program program;

  @BeforeAll
  static void open() {
    scene = People.scene();
    program = Program.of(scene, scene.superuser("ada"), "*:*");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static JsonNode got(String path) {
    Program.Answer answer = program.get(path);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> keys(JsonNode page) {
    List<String> keys = new ArrayList<>();
    page.get("items").forEach(i -> keys.add(i.get("key").stringValue()));
    return keys;
  }

  @Test
  void tablesAreThoseThatMayBeSeen() {
    assertThat(got("/records?q=PER").at("/items/0/address").stringValue())
        .isEqualTo("/api/v1/records/person");
    Program narrow = Program.of(scene, scene.staff("vera", "view:post"), "*:*");
    JsonNode seen = narrow.get("/records").json();
    assertThat(seen.get("items").size()).isEqualTo(1);
    assertThat(narrow.get("/records/person").status()).isEqualTo(403);
    assertThat(narrow.get("/records/person/1").status()).isEqualTo(403);
    assertThat(narrow.get("/records/person/1/referrers").status()).isEqualTo(403);
    assertThat(narrow.get("/record-counts/person").status()).isEqualTo(403);
    assertThat(narrow.get("/records/post/1").json().at("/owners").toString()).doesNotContain("Ada");
  }

  @Test
  void rowsAreSearchedNarrowedSortedAndTurnedOver() {
    JsonNode first = got("/records/person?limit=60");
    JsonNode rest = got("/records/person?limit=60&after=" + first.get("next").stringValue());
    assertThat(keys(first)).hasSize(60).startsWith("1", "2");
    assertThat(keys(rest)).hasSize(10).endsWith("70");
    assertThat(rest.get("next").isNull()).isTrue();
    assertThat(keys(got("/records/person?sort=-id&limit=2"))).containsExactly("70", "69");
    assertThat(keys(got("/records/person?mood=sad"))).containsExactly("2");
    assertThat(keys(got("/records/person?boss_id=1"))).containsExactly("2");
    assertThat(keys(got("/records/person?q=7"))).containsExactly("7");
    assertThat(keys(got("/records/person?q=script"))).containsExactly("1");
    assertThat(keys(got("/records/tag"))).containsExactly("a~2fb,100~25", "counts,en");
    JsonNode counts = got("/record-counts/person?mood=sad");
    assertThat(counts.at("/by/mood/glad").longValue()).isEqualTo(69);
    assertThat(counts.get("matching").longValue()).isEqualTo(1);
  }

  @Test
  void aNameThatIsMisspeltWidensNothing() {
    for (String wrong :
        List.of("moood=sad", "password_hash=x", "sort=name", "limit=0", "after=x", "id=x")) {
      Program.Answer answer = program.get("/records/person?" + wrong);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.json().get("type").stringValue()).endsWith(":bad-input");
    }
    assertThat(program.get("/records/nothing").status()).isEqualTo(404);
    assertThat(program.get("/records/lethe.deletion").status()).isEqualTo(404);
    assertThat(program.get("/records/person/999").status()).isEqualTo(404);
    assertThat(program.get("/records/person/1,2").status()).isEqualTo(404);
  }

  @Test
  void aRowIsToldWithoutSecretsAndThatItWasLookedAt() {
    long looks = People.rows(scene, "lethe.audit where action = 'view'");
    Program.Answer answer = program.get("/records/person/1");
    assertThat(answer.body()).doesNotContain("top-secret");
    JsonNode row = answer.json().get("row");
    assertThat(row.get("hidden").toString()).isEqualTo("[\"password_hash\"]");
    assertThat(row.at("/values/name").stringValue()).isEqualTo("Ada " + People.SCRIPT);
    assertThat(row.at("/values/boss_id").isNull()).isTrue();
    assertThat(People.rows(scene, "lethe.audit where action = 'view'")).isEqualTo(looks + 1);
    String taken = "lethe.audit where action = 'download' and object = 'person'";
    long lists = People.rows(scene, taken);
    got("/records/person?limit=1");
    got("/records/post?limit=1");
    assertThat(People.rows(scene, taken)).isEqualTo(lists + 1);
    JsonNode bob = got("/records/person/2").get("row");
    assertThat(bob.at("/references/boss_id/address").stringValue())
        .isEqualTo("/api/v1/records/person/1");
    JsonNode referrers = got("/records/person/1/referrers");
    assertThat(referrers.toString()).contains("post.author_id", "removed with it");
    String list = referrers.at("/items/0/address").stringValue().replace("/api/v1", "");
    assertThat(keys(got(list))).hasSize((int) referrers.at("/items/0/rows").longValue());
  }

  @Test
  void scriptInDataIsNothingButText() {
    Program.Answer answer = program.get("/records/person?q=script");
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(answer.header("content-security-policy")).contains("default-src 'none'");
    assertThat(answer.json().at("/items/0/values/name").stringValue()).contains(People.SCRIPT);
    Program.Answer refused =
        program.get("/records/person?mood=" + "%3Cscript%3Ealert(1)%3C/script%3E");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("content-type")).startsWith("application/problem+json");
    assertThat(refused.header("x-content-type-options")).isEqualTo("nosniff");
  }

  @Test
  void theSchemaIsToldWithWhatWasDecided() {
    JsonNode tables = got("/schema/tables?limit=2");
    assertThat(tables.get("items").size()).isEqualTo(2);
    assertThat(got("/schema/tables?after=" + tables.get("next").stringValue()).get("items").size())
        .isGreaterThan(1);
    JsonNode around = got("/schema/relations?table=receipt");
    assertThat(around.at("/items").toString())
        .contains("\"name\":\"receipt.person_id\"", "\"on_delete\":\"protect\"", "\"policy\"");
    assertThat(got("/schema/relations").get("items").size()).isEqualTo(5);
    assertThat(program.get("/schema/relations?table=nothing").status()).isEqualTo(404);
  }
}
