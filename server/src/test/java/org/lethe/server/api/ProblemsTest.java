package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import tools.jackson.databind.JsonNode;

/** What is refused is told as problem+json, and nothing that was sent comes back. */
@SuppressWarnings("NullAway.Init")
class ProblemsTest {

  private static AdminScene scene;
  private static Program program;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    program = Program.of(scene, scene.superuser("ada"), "*:*");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static JsonNode problem(Program.Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("content-type")).startsWith("application/problem+json");
    JsonNode json = answer.json();
    assertThat(json.get("status").intValue()).isEqualTo(status);
    assertThat(json.get("title").stringValue()).isNotBlank();
    assertThat(json.get("detail").stringValue()).isNotBlank();
    assertThat(json.get("instance").stringValue()).startsWith("/api/v1");
    assertThat(answer.body()).doesNotContain("secret-thing", "Exception", "\tat ", "org.lethe");
    return json;
  }

  @Test
  void whatCannotBeReadIsBadInput() {
    problem(program.post("/users", "{\"login\": secret-thing}"), 400);
    problem(program.post("/users", "{\"secret-thing\": 1}"), 400);
    assertThat(
            problem(program.post("/users", "{\"staff\": \"secret-thing\"}"), 400)
                .get("detail")
                .stringValue())
        .contains("at staff");
    problem(program.get("/users?limit=secret-thing"), 400);
    problem(program.get("/users?limit=501"), 400);
    problem(program.get("/users?limit=0"), 400);
    problem(program.get("/users?sort=shoe"), 400);
    problem(program.get("/jobs/no-such-form"), 400);
    problem(program.get("/departures/effects"), 400);
    problem(program.call("POST", "/users", null), 400);
    problem(program.post("/requests", "{\"kind\": \"gossip\"}"), 400);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    problem(program.get("/nowhere"), 404);
    problem(program.get("/users/lethe:999999"), 404);
    problem(program.get("/groups/lethe/999999"), 404);
    problem(program.get("/requests/999999"), 404);
    problem(program.post("/requests/999999/run", "{}"), 404);
    problem(program.get("/jobs/00000000-0000-0000-0000-000000000000"), 404);
  }

  @Test
  void whatCannotBeAskedThatWayIsSaid() {
    problem(program.call("DELETE", "/users", null), 405);
    problem(program.call("POST", "/users", "a=b", "Accept", "application/json"), 400);
  }

  @Test
  void aStepAtTheWrongTimeIsAConflict() {
    String path = ApiRequestsTest.opened(scene, program, "access", 0);
    assertThat(problem(program.post(path + "/approve", "{}"), 409).get("type").stringValue())
        .isEqualTo("urn:lethe:problem:step");
  }
}
