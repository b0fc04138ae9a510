package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.server.AdminScene;
import tools.jackson.databind.JsonNode;

/** Programs look what a removal would do, and do what they looked at. */
@SuppressWarnings("NullAway.Init")
class ApiRemovalTest {

  private static final String PERSON = "/records/person/removal";

  private static AdminScene scene;
  private static Account boss;
  private static Program program;

  @BeforeAll
  static void open() {
    scene = People.scene();
    boss = scene.superuser("ada");
    program = Program.of(scene, boss, "*:*");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static String keys(String... keys) {
    return "{\"keys\": [\"" + String.join("\", \"", keys) + "\"]}";
  }

  private static JsonNode look(String table, String rows) {
    Program.Answer answer =
        program.post("/records/" + table + "/removal/preview", "{\"rows\": " + rows + "}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static String wanted(String rows, String way, JsonNode looked, String more) {
    return "{\"rows\": %s, \"way\": \"%s\", \"seen\": %s%s}"
        .formatted(rows, way, looked.at("/" + way + "/seen"), more);
  }

  private static JsonNode refused(Program.Answer answer, int status, String kind) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    assertThat(answer.json().get("type").stringValue()).isEqualTo("urn:lethe:problem:" + kind);
    assertThat(answer.body()).doesNotContain("ada@example.org", "script");
    return answer.json();
  }

  @Test
  void whatWasSeenGoesToTheTrashOnceAndComesBack() {
    JsonNode looked = look("person", keys("1"));
    assertThat(looked.get("total").longValue()).isEqualTo(17);
    assertThat(looked.at("/trash/possible").booleanValue()).isTrue();
    assertThat(looked.at("/trash/lines").toString()).contains("post.author_id", "note.post_id");
    String body = wanted(keys("1"), "trash", looked, ", \"reason\": \"asked\"");
    String key = UUID.randomUUID().toString();

    Program.Answer done = program.call("POST", PERSON, body, "Idempotency-Key", key);
    Program.Answer again = program.call("POST", PERSON, body, "Idempotency-Key", key);

    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.json().at("/deleted/post").longValue()).isEqualTo(8);
    assertThat(done.json().at("/updated/person.boss_id").longValue()).isEqualTo(1);
    assertThat(again.body()).isEqualTo(done.body());
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(People.rows(scene, "lethe.deletion where reason = 'asked'")).isEqualTo(1);
    assertThat(People.rows(scene, "person where id = 1")).isZero();
    String trash = "/trash/" + done.json().get("deletion").stringValue();
    assertThat(program.get(trash).json().at("/deletion/reason").stringValue()).isEqualTo("asked");
    Program.Answer back = program.call("POST", trash + "/restore", null);
    assertThat(back.json().at("/restored/note").longValue()).as(back.body()).isEqualTo(8);
    assertThat(People.rows(scene, "person where boss_id = 1")).isEqualTo(1);
  }

  @Test
  void whatChangedSinceIsToldAndNothingGoes() {
    String body = wanted(keys("20"), "trash", look("person", keys("20")), "");
    scene.jdbc().update("insert into post values (99, 20, 'New')");
    JsonNode stale = refused(program.post(PERSON, body), 409, "stale-plan");
    assertThat(stale.at("/differences/0").stringValue()).contains("post: 2 rows now, 1 when");
    assertThat(People.rows(scene, "person where id = 20")).isEqualTo(1);
    refused(
        program.post(PERSON, "{\"rows\": %s, \"way\": \"trash\"}".formatted(keys("20"))),
        400,
        "bad-input");
  }

  @Test
  void whatIsInTheWayIsToldWithWhatToDo() {
    JsonNode looked = look("person", keys("2"));
    assertThat(looked.at("/trash/possible").booleanValue()).isFalse();
    assertThat(looked.at("/trash/blockers/0/relation").stringValue())
        .isEqualTo("receipt.person_id");
    JsonNode blocked =
        refused(program.post(PERSON, wanted(keys("2"), "trash", looked, "")), 409, "blocked");
    assertThat(blocked.at("/blockers/0/relation").stringValue()).isEqualTo("receipt.person_id");
    assertThat(blocked.at("/blockers/0/rows").longValue()).isEqualTo(1);
    assertThat(blocked.at("/blockers/0/path").toString()).contains("receipt.person_id");
    assertThat(blocked.at("/blockers/0/fix").stringValue()).contains("Delete or move them first");
    assertThat(People.rows(scene, "person where id = 2")).isEqualTo(1);
  }

  @Test
  void goodNeedsItsNameAndAScopeOfItsOwn() {
    long trashed = People.rows(scene, "lethe.deletion");
    JsonNode looked = look("person", keys("30"));
    String name = looked.get("name").stringValue();
    refused(
        program.post(PERSON, wanted(keys("30"), "good", looked, ", \"name\": \"Bob\"")),
        400,
        "bad-input");
    String body = wanted(keys("30"), "good", looked, ", \"name\": \"%s\"".formatted(name));
    refused(Program.of(scene, boss, "view:*", "delete:*").post(PERSON, body), 403, "not-permitted");
    // Its posts would go along.
    refused(
        Program.of(scene, boss, "view:*", "purge:person").post(PERSON, body), 403, "not-permitted");
    assertThat(People.rows(scene, "person where id = 30")).isEqualTo(1);
    Program.Answer done =
        Program.of(scene, boss, "view:*", "purge:person", "purge:post").post(PERSON, body);
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.json().get("deletion").isNull()).isTrue();
    assertThat(People.rows(scene, "person where id = 30")).isZero();
    assertThat(People.rows(scene, "lethe.deletion")).isEqualTo(trashed);
  }

  @Test
  void manyGoByKeyOrByWhatAListShows() {
    String some = keys("1", "2");
    assertThat(look("note", some).get("name").stringValue()).isEqualTo("2 rows of note");
    String all = "{\"all\": true, \"where\": {\"author_id\": \"61\"}}";
    JsonNode looked = look("post", all);
    assertThat(looked.get("total").longValue()).isEqualTo(8);
    Program.Answer done = program.post("/records/post/removal", wanted(all, "trash", looked, ""));
    assertThat(done.json().get("total").longValue()).as(done.body()).isEqualTo(8);
    assertThat(People.rows(scene, "post where author_id = 61")).isZero();
    String odd = keys("a~2fb,100~25");
    program.post("/records/tag/removal", wanted(odd, "trash", look("tag", odd), ""));
    assertThat(People.rows(scene, "tag")).isEqualTo(1);
    for (String wrong :
        new String[] {
          "null",
          "{}",
          "{\"keys\": []}",
          "{\"keys\": [\"1\"], \"all\": true}",
          "{\"keys\": [\"1\"], \"q\": \"x\"}",
          "{\"all\": true, \"where\": {\"body\": \"x\"}}"
        }) {
      refused(
          program.post("/records/note/removal/preview", "{\"rows\": " + wrong + "}"),
          400,
          "bad-input");
    }
    assertThat(
            program
                .post("/records/note/removal/preview", "{\"rows\": " + keys("999") + "}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void whatHangsOnAnAccountIsAskedHereToo() {
    String path = "/records/member/removal";
    JsonNode asked = look("member", keys("1"));
    assertThat(asked.at("/questions/0/relation").stringValue()).isEqualTo("item.owner");
    assertThat(asked.at("/questions/0/answers").toString()).contains("along", "hand", "keep");
    assertThat(asked.get("problem").stringValue()).contains("item.owner");
    assertThat(asked.get("trash").isNull()).isTrue();
    String silent = "{\"rows\": %s, \"way\": \"trash\", \"seen\": {\"hash\": \"\", \"rows\": {}}}";
    assertThat(
            refused(program.post(path, silent.formatted(keys("1"))), 400, "bad-input")
                .get("detail")
                .stringValue())
        .contains("item.owner");

    String fates = ", \"fates\": {\"item.owner\": {\"answer\": \"hand\", \"to\": \"app:2\"}}";
    JsonNode looked =
        program.post(path + "/preview", "{\"rows\": " + keys("1") + fates + "}").json();
    assertThat(looked.get("problem").stringValue()).as(looked.toString()).isEmpty();
    Program.Answer done = program.post(path, wanted(keys("1"), "trash", looked, fates));
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(done.json().at("/updated/item.owner").longValue()).isEqualTo(2);
    assertThat(People.rows(scene, "item where owner = 2")).isEqualTo(2);
  }

  @Test
  void treeAndPlanAreTold() {
    String rows = "{\"rows\": " + keys("1") + ", \"way\": \"trash\"}";
    Program.Answer tree = program.post(PERSON + "/tree", "{\"rows\": " + keys("1") + "}");
    assertThat(tree.json().at("/0/address").stringValue()).isEqualTo("/api/v1/records/person/1");
    assertThat(tree.json().at("/0/forks").toString()).contains("post.author_id", "\"more\":3");
    JsonNode plan = program.post(PERSON + "/plan", rows).json();
    assertThat(plan.get("hash").stringValue()).isNotBlank();
    Program viewer = Program.of(scene, scene.staff("vera", "view:*"), "*:*");
    String looked = "{\"rows\": " + keys("1") + "}";
    refused(viewer.post(PERSON + "/tree", looked), 403, "not-permitted");
    refused(viewer.post(PERSON + "/preview", looked), 403, "not-permitted");
    refused(viewer.post(PERSON + "/plan", rows), 403, "not-permitted");
    String wanted = wanted(keys("1"), "trash", look("person", keys("1")), "");
    refused(viewer.post(PERSON, wanted), 403, "not-permitted");
  }
}
