package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import tools.jackson.databind.JsonNode;

/** Requests of people, taken through their steps by a program. */
@SuppressWarnings("NullAway.Init")
class ApiRequestsTest {

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

  private static String opened(String kind, int nth) {
    return opened(scene, program, kind, nth);
  }

  /** Takes up a request of one of plaza's customers; its path. */
  static String opened(AdminScene scene, Program program, String kind, int nth) {
    String who =
        scene
            .jdbc()
            .queryForObject(
                "select email from customer order by customer_id limit 1 offset ?",
                String.class,
                nth);
    Program.Answer answer =
        program.post(
            "/requests",
            "{\"kind\": \"%s\", \"subject\": \"customer\", \"value\": \"%s\"}"
                .formatted(kind, who));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).doesNotContain(who);
    return answer.header("location").replaceFirst("^.*/api/v1", "");
  }

  @Test
  void anErasureGoesFromOpeningToCertificate() {
    String path = opened("erasure", 3);
    assertThat(program.post(path + "/verify", "{\"reason\": \"they called\"}").json().get("state"))
        .hasToString("\"verified\"");
    Program.Answer collecting = program.call("POST", path + "/collect", null);
    assertThat(collecting.status()).isEqualTo(202);
    JsonNode collected = program.finished(collecting);
    assertThat(collected.get("state").stringValue()).as(collected.toString()).isEqualTo("done");
    assertThat(program.get(path + "/plan").json().get("tables").size()).isPositive();
    assertThat(program.post(path + "/approve", "{}").status()).isEqualTo(200);
    JsonNode ran = program.finished(program.call("POST", path + "/run", null));
    assertThat(ran.get("state").stringValue()).as(ran.toString()).isEqualTo("done");
    JsonNode whole = program.get(path).json();
    assertThat(whole.at("/request/state").stringValue()).startsWith("completed");
    assertThat(whole.get("outcomes").size()).isPositive();
    assertThat(program.get(path + "/certificate").status()).isEqualTo(200);
    Program.Answer again = program.post(path + "/deny", "{\"reason\": \"too late\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(program.get(path + "/archive.zip").status()).isEqualTo(404);
  }

  @Test
  void anErasureNeedsLeaveToErase() {
    Program helper =
        Program.of(scene, scene.staff("helper", "requests:*", "erase:*"), "requests:*");
    String body =
        "{\"kind\": \"erasure\", \"subject\": \"customer\", \"value\": \"nobody@plaza.example\"}";
    Program.Answer no = helper.post("/requests", body);
    assertThat(no.status()).isEqualTo(403);
    assertThat(no.json().get("detail").stringValue()).contains("erase:*");
  }

  @Test
  void listsArePagedAndFiltered() {
    for (int i = 10; i < 15; i++) {
      opened("access", i);
    }
    List<Long> numbers = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = program.get("/requests?kind=access&limit=2" + after).json();
      page.get("items").forEach(r -> numbers.add(Long.valueOf(r.get("number").stringValue())));
      after = page.get("next").isNull() ? "" : "&after=" + page.get("next").stringValue();
    } while (!after.isEmpty());
    assertThat(numbers)
        .hasSize(5)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(program.get("/requests?state=denied").json().get("items").size()).isZero();
    assertThat(program.get("/requests?state=strange").status()).isEqualTo(400);
    assertThat(program.get("/requests/counts").json().get("received").longValue())
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void jobsArePagedAndTheirOwners() {
    String path = opened("portability", 20);
    program.post(path + "/verify", "{\"reason\": \"they called\"}");
    List<String> begun = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Program.Answer job = program.call("POST", path + "/collect", null);
      program.finished(job);
      begun.add(job.json().get("job").stringValue());
    }
    List<String> listed = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = program.get("/jobs?limit=1" + after).json();
      page.get("items").forEach(j -> listed.add(j.get("id").stringValue()));
      after = page.get("next").isNull() ? "" : "&after=" + page.get("next").stringValue();
    } while (!after.isEmpty());
    assertThat(listed).doesNotHaveDuplicates().containsAll(begun);
    Program other = Program.of(scene, scene.staff("other", "requests:*"), "*:*");
    assertThat(other.get("/jobs/" + begun.get(0)).status()).isEqualTo(404);
    assertThat(other.get("/jobs").json().get("items").size()).isZero();
  }
}
