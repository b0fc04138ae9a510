package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;
import tools.jackson.databind.JsonNode;

/** Accounts, groups, leaving and coming back, by programs. */
@SuppressWarnings("NullAway.Init")
class ApiUsersTest {

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

  @Test
  void pagesTogetherHoldEverybodyOnce() {
    List<String> ids = new ArrayList<>();
    String after = "";
    int pages = 0;
    do {
      Program.Answer page =
          program.get("/users?directory=app&limit=97&sort=-last_login&after=" + after);
      assertThat(page.status()).isEqualTo(200);
      page.json().get("items").forEach(a -> ids.add(a.get("id").stringValue()));
      JsonNode next = page.json().get("next");
      after =
          next.isNull()
              ? ""
              : java.net.URLEncoder.encode(
                  next.stringValue(), java.nio.charset.StandardCharsets.UTF_8);
      pages++;
    } while (!after.isEmpty());
    Long all = scene.jdbc().queryForObject("select count(*) from account", Long.class);
    assertThat(pages).isGreaterThan(5);
    assertThat(ids).doesNotHaveDuplicates().hasSize(all == null ? 0 : all.intValue());
    assertThat(program.get("/users/counts?directory=app").json().get("all").longValue())
        .isEqualTo(all);
  }

  @Test
  void anAccountIsMadeChangedAndGrouped() {
    Program.Answer made =
        program.post(
            "/users",
            "{\"login\": \"dee\", \"name\": \"Dee\", \"staff\": true, \"password\": \"%s\"}"
                .formatted(AdminScene.PASSWORD));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body()).doesNotContain(AdminScene.PASSWORD);
    String path = made.header("location").replaceFirst("^.*/api/v1", "");
    assertThat(
            program.call("PATCH", path, "{\"name\": \"Dee Dee\"}").json().get("name").stringValue())
        .isEqualTo("Dee Dee");
    Program.Answer group = program.post("/groups", "{\"name\": \"readers\"}");
    assertThat(group.status()).isEqualTo(201);
    String key = group.json().get("key").stringValue();
    assertThat(
            program
                .call("PUT", "/groups/lethe/" + key, "{\"permissions\": [\"view:poll\"]}")
                .json()
                .at("/permissions/0")
                .stringValue())
        .isEqualTo("view:poll");
    JsonNode whole =
        program.call("PUT", path + "/groups", "{\"groups\": [\"" + key + "\"]}").json();
    assertThat(whole.at("/permissions/0/group").stringValue()).isEqualTo(key);
    assertThat(program.get("/users?group=" + key).json().get("items").size()).isEqualTo(1);
    assertThat(program.call("DELETE", "/groups/lethe/" + key, null).status()).isEqualTo(204);
    assertThat(program.get("/groups/lethe/" + key).status()).isEqualTo(404);
    assertThat(program.get(path).json().get("groups").size()).isZero();
    Visitor visitor = scene.visitor();
    visitor.signIn("dee", AdminScene.PASSWORD);
    assertThat(visitor.get("/").status()).isEqualTo(200);
  }

  @Test
  void peopleLeaveAndComeBack() {
    Account eli = scene.staff("eli", "view:post");
    Program.token(scene, eli, "view:*");
    String id = eli.id().text();
    JsonNode effect = program.get("/departures/effects?account=" + id).json().at("/items/0");
    assertThat(effect.at("/permissions/0").stringValue()).isEqualTo("view:post");
    assertThat(effect.get("tokens").longValue()).isEqualTo(1);
    JsonNode report =
        program
            .post(
                "/departures",
                """
                {"accounts": ["%s", "lethe:999999"], "way": "deactivate", "reason": "left",
                 "take": {"permissions": true}}
                """
                    .formatted(id))
            .json();
    assertThat(report.at("/done/0/account").stringValue()).isEqualTo(id);
    assertThat(report.get("refused").has("lethe:999999")).isTrue();
    assertThat(program.get("/users/" + id).json().at("/account/active").booleanValue()).isFalse();
    JsonNode back =
        program
            .post(
                "/users/" + id + "/return",
                "{\"bring\": {\"permissions\": true}, \"reason\": \"is back\"}")
            .json();
    assertThat(back.at("/permissions/0").stringValue()).isEqualTo("view:post");
    assertThat(
            program.get("/users/" + id + "/departures").json().at("/items/0/reason").stringValue())
        .isEqualTo("left");
  }

  @Test
  void departuresArePlannedAndTakenBack() {
    Account fay = scene.staff("fay");
    Program.Answer planned =
        program.post(
            "/departures/planned",
            "{\"accounts\": [\"%s\"], \"way\": \"offboard\", \"day\": \"2099-01-31\", \"reason\": \"contract ends\"}"
                .formatted(fay.id().text()));
    assertThat(planned.status()).isEqualTo(201);
    assertThat(planned.json().at("/items/0/due").stringValue()).isEqualTo("2099-01-31T00:00:00Z");
    String plan = planned.json().at("/items/0/id").stringValue();
    assertThat(program.call("DELETE", "/departures/planned/" + plan, null).status()).isEqualTo(204);
    assertThat(
            program
                .get("/users/" + fay.id().text() + "/departures/planned")
                .json()
                .get("items")
                .size())
        .isZero();
  }
}
