package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.Rights;
import org.lethe.server.AdminScene;
import org.lethe.server.jobs.BusyException;
import org.lethe.server.jobs.Jobs;
import org.lethe.server.security.Me;
import tools.jackson.databind.JsonNode;

/** Rules, checklist and audit, by programs. */
@SuppressWarnings("NullAway.Init")
class ApiUpkeepTest {

  private static AdminScene scene;
  private static Account boss;
  private static Program program;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    boss = scene.superuser("ada");
    program = Program.of(scene, boss, "*:*");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void rulesAreRehearsedRunAndPaused() {
    String rule = program.get("/retention/rules").json().at("/items/0/name").stringValue();
    String path = "/retention/rules/" + rule;
    JsonNode tried = program.finished(program.call("POST", path + "/rehearse", null));
    assertThat(tried.get("state").stringValue()).as(tried.toString()).isEqualTo("done");
    assertThat(program.get(path + "/runs").json().get("items").size()).isZero();
    JsonNode ran = program.finished(program.call("POST", path + "/run", null));
    assertThat(ran.get("state").stringValue()).as(ran.toString()).isEqualTo("done");
    assertThat(program.get(path + "/runs").json().get("items").size()).isEqualTo(1);
    assertThat(program.post(path + "/pause", "{\"reason\": \"audit week\"}").status())
        .isEqualTo(204);
    assertThat(program.get(path).json().get("paused_why").stringValue()).isEqualTo("audit week");
    assertThat(program.call("POST", path + "/resume", null).status()).isEqualTo(204);
    assertThat(program.get("/retention/rules/none").status()).isEqualTo(404);
    JsonNode due = program.get(path + "/due").json();
    assertThat(due.get("count").longValue()).as(due.toString()).isZero();
    assertThat(due.get("unit").stringValue()).isEqualTo("row");
    assertThat(program.get("/retention/purge/due").json().get("unit").stringValue())
        .isEqualTo("removal");
    assertThat(program.post("/retention/purge/pause", "{\"reason\": \"moving\"}").status())
        .isEqualTo(204);
    assertThat(program.get("/retention/purge").json().get("paused_why").stringValue())
        .isEqualTo("moving");
    assertThat(program.call("POST", "/retention/purge/resume", null).status()).isEqualTo(204);
    JsonNode purged = program.finished(program.call("POST", "/retention/purge/run", null));
    assertThat(purged.get("state").stringValue()).isEqualTo("done");
  }

  @Test
  void theChecklistIsLookedThrough() {
    assertThat(program.get("/checklist").status()).isEqualTo(404);
    JsonNode looked = program.finished(program.call("POST", "/checklist/look", null));
    assertThat(looked.get("state").stringValue()).as(looked.toString()).isEqualTo("done");
    assertThat(program.get("/checklist").json().at("/items/0/code").stringValue()).isNotBlank();
  }

  @Test
  void whoComesWhenTooMuchWaitsIsToldWhenToComeAgain() {
    CountDownLatch free = new CountDownLatch(1);
    Jobs jobs = scene.part(Jobs.class);
    Me me = new Me(boss, Rights.ofSuperuser());
    try {
      assertThatThrownBy(
              () -> {
                while (true) {
                  jobs.start(me, "test", "waiting", null, progress -> waited(free));
                }
              })
          .isInstanceOf(BusyException.class);
      Program.Answer busy = program.call("POST", "/checklist/look", null);
      assertThat(busy.status()).isEqualTo(429);
      assertThat(busy.header("retry-after")).isEqualTo("60");
      assertThat(busy.header("content-type")).startsWith("application/problem+json");
      assertThat(busy.json().get("type").stringValue()).isEqualTo("urn:lethe:problem:busy");
    } finally {
      free.countDown();
    }
  }

  private static String waited(CountDownLatch free) {
    try {
      return free.await(1, TimeUnit.MINUTES) ? "done" : "too late";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theAuditIsReadAndVerified() {
    program.post("/groups", "{\"name\": \"one\"}");
    JsonNode page = program.get("/audit?limit=1").json();
    JsonNode next = program.get("/audit?limit=1&after=" + page.get("next").stringValue()).json();
    assertThat(next.at("/items/0/hash").stringValue())
        .isEqualTo(page.at("/items/0/previous").stringValue());
    JsonNode verified = program.finished(program.call("POST", "/audit/verify", null));
    assertThat(verified.get("outcome").stringValue()).contains("unbroken");
    assertThat(program.get("/audit?from=2099-01-01T00:00:00Z").json().get("items").size()).isZero();
  }
}
