package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Period;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.server.AdminScene;
import org.lethe.trash.By;
import tools.jackson.databind.JsonNode;

/** The trash, by programs. */
@SuppressWarnings("NullAway.Init")
class ApiTrashTest {

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

  /** Each test deletes rows of its own, and is who did it. */
  private static String deleted(String table, int id, String actor) {
    Roots one = new Roots.Keys(new TableId("public", table), List.of(List.of("" + id)));
    return "/trash/"
        + Objects.requireNonNull(
            scene
                .lethe()
                .trash()
                .delete(one, Period.ofDays(12), new By(actor, "spring"))
                .deletion());
  }

  private static JsonNode refused(Program.Answer answer, int status, String kind) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:lethe:problem:" + kind);
    assertThat(answer.body()).doesNotContain("@example.org");
    return answer.json();
  }

  @Test
  void deletionsAreListedNarrowedAndCounted() {
    for (int id = 40; id < 43; id++) {
      deleted("person", id, "lister");
    }
    JsonNode first = program.get("/trash?actor=lister&limit=2").json();
    assertThat(first.at("/items/0/label").stringValue()).contains("42");
    assertThat(first.at("/items/0/rows").longValue()).isEqualTo(2);
    JsonNode rest =
        program.get("/trash?actor=lister&limit=2&after=" + first.get("next").stringValue()).json();
    assertThat(rest.get("items").size()).isEqualTo(1);
    assertThat(rest.get("next").isNull()).isTrue();
    assertThat(program.get("/trash/counts").json().at("/actors/lister").longValue()).isEqualTo(3);
    assertThat(program.get("/trash?actor=lister&state=purged").json().get("items").size()).isZero();
    refused(program.get("/trash?state=gone"), 400, "bad-input");
    refused(program.get("/trash?after=x"), 400, "bad-input");
    Program other = Program.of(scene, scene.staff("vera", "view:post"), "*:*");
    assertThat(other.get("/trash?q=Person").json().get("items").size()).isZero();
    assertThat(other.get("/trash?actor=lister").body()).doesNotContain("Person 4", "spring");
  }

  @Test
  void whatIsInTheWayOfARestoreIsTold() {
    String path = deleted("person", 50, "x");
    scene.jdbc().update("insert into person values (900, 'Other', 'p50@example.org')");
    JsonNode preview = program.get(path + "/restore-preview").json();
    assertThat(preview.get("blocked").booleanValue()).isTrue();
    JsonNode conflict =
        refused(program.call("POST", path + "/restore", null), 409, "restore-conflict")
            .at("/conflicts/0");
    assertThat(conflict).isEqualTo(preview.at("/conflicts/0"));
    assertThat(conflict.get("kind").stringValue()).isEqualTo("value_taken");
    assertThat(conflict.get("subject").stringValue()).contains("email");
    assertThat(conflict.get("message").stringValue()).isNotBlank();
    assertThat(People.rows(scene, "person where id = 50")).isZero();
    scene.jdbc().update("delete from person where id = 900");
    assertThat(program.call("POST", path + "/restore", null).status()).isEqualTo(200);
    refused(program.call("POST", path + "/restore", null), 400, "bad-input");
  }

  @Test
  void parentsComeBackAlongIfThatIsWanted() {
    String post = deleted("post", 51, "x");
    String person = deleted("person", 51, "x");
    JsonNode conflict =
        refused(program.post(post + "/restore", "{}"), 409, "restore-conflict").at("/conflicts/0");
    assertThat("/trash/" + conflict.at("/deletions/0").stringValue()).isEqualTo(person);
    Program narrow = Program.of(scene, scene.staff("nora", "view:*", "restore:post"), "*:*");
    refused(narrow.post(post + "/restore", "{\"parents\": true}"), 403, "not-permitted");
    assertThat(program.post(post + "/restore", "{\"parents\": true}").status()).isEqualTo(200);
    assertThat(People.rows(scene, "person where id = 51")).isEqualTo(1);
  }

  @Test
  void aHoldKeepsItAndIsLifted() {
    String path = deleted("person", 52, "x");
    refused(program.post(path + "/holds", "{}"), 400, "bad-input");
    refused(
        program.post(path + "/holds", "{\"reason\": \"x\", \"until\": \"2020-01-01T00:00:00Z\"}"),
        400,
        "bad-input");
    Program.Answer held = program.post(path + "/holds", "{\"reason\": \"a court asks\"}");
    assertThat(held.status()).isEqualTo(201);
    JsonNode whole = program.get(path).json();
    assertThat(whole.at("/deletion/holds/0/reason").stringValue()).isEqualTo("a court asks");
    String name = whole.get("name").stringValue();
    String purge = "{\"name\": \"%s\"}".formatted(name);
    Program.Answer kept = program.post(path + "/purge", purge);
    assertThat(kept.status()).as(kept.body()).isBetween(400, 409);
    String hold = path + "/holds/" + held.json().get("id").stringValue();
    assertThat(program.call("DELETE", hold, null).status()).isEqualTo(204);
    assertThat(program.call("DELETE", hold, null).status()).isEqualTo(404);
    refused(program.post(path + "/purge", "{\"name\": \"Bob\"}"), 400, "bad-input");
    assertThat(program.post(path + "/purge", purge).json().get("rows").longValue()).isEqualTo(2);
    assertThat(program.get(path).json().at("/deletion/state").stringValue()).isEqualTo("purged");
  }

  @Test
  void aTokenWithoutTheScopeDoesNothing() {
    String path = deleted("person", 53, "x");
    Program narrow = Program.of(scene, scene.superuser("grace"), "view:*");
    refused(narrow.get(path + "/restore-preview"), 403, "not-permitted");
    refused(narrow.post(path + "/restore", "{}"), 403, "not-permitted");
    refused(narrow.post(path + "/purge", "{\"name\": \"x\"}"), 403, "not-permitted");
    refused(narrow.post(path + "/holds", "{\"reason\": \"x\"}"), 403, "not-permitted");
    refused(program.get("/trash/00000000-0000-4000-8000-000000000000"), 404, "not-found");
    assertThat(program.get("/trash/nothing").status()).isEqualTo(404);
  }
}
