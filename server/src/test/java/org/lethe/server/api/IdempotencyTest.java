package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.server.AdminScene;

/** The same call with the same key is done once. */
@SuppressWarnings("NullAway.Init")
class IdempotencyTest {

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

  private static Program.Answer group(Program program, String key, String name) {
    return program.call(
        "POST", "/groups", "{\"name\": \"%s\"}".formatted(name), "Idempotency-Key", key);
  }

  private static long groups(String name) {
    return scene.accounts().directory("lethe").groups().stream()
        .filter(g -> g.name().equals(name))
        .count();
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  @Test
  void theSameAnswerComesAgain() {
    String key = key();
    Program.Answer first = group(program, key, "once");
    Program.Answer second = group(program, key, "once");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.headers()).doesNotContainKey("idempotency-replayed");
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.header("idempotency-replayed")).isEqualTo("true");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("location")).isEqualTo(first.header("location"));
    assertThat(second.header("content-type")).isEqualTo(first.header("content-type"));
    assertThat(groups("once")).isEqualTo(1);
  }

  @Test
  void anotherBodyOrTokenIsAnotherCall() {
    String key = key();
    assertThat(group(program, key, "this").status()).isEqualTo(201);
    Program.Answer other = group(program, key, "that");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().get("type").stringValue()).isEqualTo("urn:lethe:problem:key-reused");
    assertThat(group(Program.of(scene, boss, "users:*"), key, "this").status()).isEqualTo(422);
    assertThat(groups("that")).isZero();
  }

  @Test
  void keysOfOthersAreTheirs() {
    String key = key();
    Account other = scene.staff("other", "users:*", "permissions:*");
    assertThat(group(program, key, "mine").status()).isEqualTo(201);
    assertThat(group(Program.of(scene, other, "*:*"), key, "yours").status()).isEqualTo(201);
  }

  @Test
  void aRefusalIsNotKept() {
    String key = key();
    assertThat(group(program, key, " ").status()).isEqualTo(400);
    assertThat(group(program, key, "mended").status()).isEqualTo(201);
  }

  @Test
  void ofManyAtTheSameTimeOneIsDone() {
    String key = key();
    List<CompletableFuture<Program.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(CompletableFuture.supplyAsync(() -> group(program, key, "race")));
    }
    List<Program.Answer> answers = calls.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(Program.Answer::status).contains(201).isSubsetOf(201, 409);
    assertThat(
            answers.stream()
                .filter(a -> a.status() == 201)
                .filter(a -> a.header("idempotency-replayed").isEmpty()))
        .hasSize(1);
    assertThat(groups("race")).isEqualTo(1);
  }

  @Test
  void whileTheFirstRunsTheSecondIsToldToWait() throws Exception {
    String key = key();
    CompletableFuture<Program.Answer> first;
    try (Connection other = Objects.requireNonNull(scene.jdbc().getDataSource()).getConnection()) {
      other.setAutoCommit(false);
      try (Statement lock = other.createStatement()) {
        lock.execute("lock table lethe.account_group in exclusive mode");
      }
      first = CompletableFuture.supplyAsync(() -> group(program, key, "slow"));
      while (scene
          .jdbc()
          .queryForList("select 1 from lethe.idempotent_call where key = ?", key)
          .isEmpty()) {
        assertThat(first).isNotDone();
        Thread.sleep(10);
      }
      Program.Answer second = group(program, key, "slow");
      assertThat(second.status()).isEqualTo(409);
      assertThat(second.header("retry-after")).isEqualTo("1");
      assertThat(second.json().get("type").stringValue())
          .isEqualTo("urn:lethe:problem:still-running");
      other.rollback();
    }
    assertThat(first.join().status()).isEqualTo(201);
    assertThat(group(program, key, "slow").header("idempotency-replayed")).isEqualTo("true");
    assertThat(groups("slow")).isEqualTo(1);
  }

  @Test
  void whatRunsIsNotBegunAgainHoweverLongAgo() {
    String key = key();
    // As a process leaves it that ended half-way.
    assertThat(group(program, key, "half").status()).isEqualTo(201);
    scene.jdbc().update("update lethe.idempotent_call set status = null where key = ?", key);
    Program.Answer running = group(program, key, "half");
    assertThat(running.status()).isEqualTo(409);
    assertThat(running.json().get("type").stringValue())
        .isEqualTo("urn:lethe:problem:still-running");
    aged(key, Duration.ofMinutes(2));
    Program.Answer unknown = group(program, key, "half");
    assertThat(unknown.status()).isEqualTo(409);
    assertThat(unknown.json().get("type").stringValue()).isEqualTo("urn:lethe:problem:unknown");
    assertThat(groups("half")).isEqualTo(1);
  }

  @Test
  void answersAreKeptForADay() {
    String key = key();
    assertThat(group(program, key, "day").status()).isEqualTo(201);
    aged(key, Duration.ofHours(23));
    assertThat(group(program, key, "day").header("idempotency-replayed")).isEqualTo("true");
    aged(key, Duration.ofHours(2));
    assertThat(group(program, key, "next day").status()).isEqualTo(201);
    String old = key();
    assertThat(group(program, old, "old").status()).isEqualTo(201);
    aged(old, Duration.ofHours(25));
    new IdempotentCalls(scene.jdbc(), scene.settings().clock()).cleanUp();
    assertThat(
            scene
                .jdbc()
                .queryForList(
                    "select key from lethe.idempotent_call where key in (?, ?)",
                    String.class,
                    key,
                    old))
        .containsExactly(key);
  }

  private static void aged(String key, Duration by) {
    scene
        .jdbc()
        .update(
            "update lethe.idempotent_call set at = at - make_interval(secs => ?) where key = ?",
            by.toSeconds(),
            key);
  }

  @Test
  void nothingThatWasSentIsKept() {
    String key = key();
    String body = "{\"login\": \"secretive\", \"password\": \"%s\"}".formatted(AdminScene.PASSWORD);
    assertThat(program.call("POST", "/users", body, "Idempotency-Key", key).status())
        .isEqualTo(201);
    String kept =
        scene
            .jdbc()
            .queryForObject(
                "select c::text from lethe.idempotent_call c where key = ?", String.class, key);
    assertThat(kept).contains("secretive").doesNotContain(AdminScene.PASSWORD);
  }

  @Test
  void keysAreNotTooLong() {
    assertThat(group(program, "k".repeat(201), "long").status()).isEqualTo(400);
  }
}
