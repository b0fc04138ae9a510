package org.lethe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.account.Action;
import org.lethe.collect.Roots;
import org.lethe.schema.TableId;
import org.lethe.server.AdminScene;
import org.lethe.trash.By;
import tools.jackson.databind.JsonNode;

/** The description of the API, and whether it tells the truth. */
@SuppressWarnings("NullAway.Init")
class OpenApiTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/api.txt");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private static AdminScene scene;
  private static JsonNode description;
  private static String deletion;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    description = new Program(scene, null).get("/openapi.json").json();
    Roots todo = new Roots.Keys(new TableId("public", "todo"), List.of(List.of("1")));
    deletion =
        String.valueOf(
            scene.lethe().trash().delete(todo, Period.ofDays(1), new By("test", null)).deletion());
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private record Described(String method, String path, JsonNode operation) {

    String line() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }

    List<String> permissions() {
      List<String> all = new ArrayList<>();
      operation.get("x-permissions").forEach(p -> all.add(p.stringValue()));
      return all;
    }
  }

  private static List<Described> operations() {
    List<Described> all = new ArrayList<>();
    description
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(m -> METHODS.contains(m.getKey()))
                    .forEach(m -> all.add(new Described(m.getKey(), path.getKey(), m.getValue()))));
    return all;
  }

  @Test
  void pathsAndMethodsAreThese() throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    operations()
        .forEach(
            o ->
                lines.add("%s  %s".formatted(o.line(), String.join(" ", o.permissions())).strip()));
    String actual = String.join("\n", lines) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.toAbsolutePath().getParent());
      Files.writeString(GOLDEN, actual);
    }
    assertThat(actual)
        .as("%s (-Dgolden.update=true accepts it)", GOLDEN)
        .isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void eachOperationSaysWhatItDoesAndHowItRefuses() {
    assertThat(operations())
        .isNotEmpty()
        .allSatisfy(
            o -> {
              assertThat(o.operation().path("summary").asString("")).as(o.line()).isNotBlank();
              assertThat(o.operation().path("description").asString(""))
                  .as(o.line())
                  .contains("Needs a token");
              assertThat(o.operation().at("/responses/401/$ref").asString(""))
                  .as(o.line())
                  .isEqualTo("#/components/responses/Problem401");
            });
    assertThat(description.at("/components/securitySchemes/token/scheme").stringValue())
        .isEqualTo("bearer");
    assertThat(description.at("/components/schemas/ApiAccount/properties").has("last_login"))
        .isTrue();
    assertThat(description.toString()).doesNotContain("\"rights\"");
  }

  @Test
  void answersAreDescribedApart() {
    assertThat(answered("/users/{id}")).contains("account", "groups", "permissions");
    assertThat(answered("/groups/{directory}/{key}")).contains("group", "permissions");
    assertThat(answered("/requests/{number}")).contains("request", "steps", "outcomes");
    assertThat(answered("/trash/{id}")).contains("deletion", "may_restore");
    assertThat(answered("/records/{table}/{key}")).contains("row", "owners");
  }

  /** The names in what a GET answers. */
  private static Set<String> answered(String path) {
    JsonNode answer = description.get("paths").get("/api/v1" + path).at("/get/responses/200");
    String schema = answer.at("/content").get("application/json").at("/schema/$ref").stringValue();
    return description.at(schema.substring(1) + "/properties").properties().stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** A token that is good for all but one permission that is needed is refused. */
  @Test
  void whatIsNeededIsAskedFor() {
    Account boss = scene.superuser("ada");
    String id = scene.staff("somebody").id().text();
    for (Described o : operations()) {
      for (String permission : o.permissions()) {
        Program.Answer answer =
            Program.of(scene, boss, allBut(permission))
                .call(
                    o.method().toUpperCase(Locale.ROOT),
                    path(o, id),
                    o.operation().has("requestBody") ? "{}" : null);
        assertThat(answer.status()).as(o.line() + " " + answer.body()).isEqualTo(403);
      }
    }
  }

  @Test
  void nothingIsToldWithoutAToken() {
    Program nobody = new Program(scene, null);
    for (Described o : operations()) {
      Program.Answer answer =
          nobody.call(o.method().toUpperCase(Locale.ROOT), path(o, "lethe:1"), null);
      assertThat(answer.status()).as(o.line()).isEqualTo(401);
    }
  }

  private static String[] allBut(String permission) {
    String word = permission.substring(0, permission.indexOf(':'));
    return java.util.Arrays.stream(Action.values())
        .map(Action::word)
        .filter(w -> !w.equals(word))
        .map(w -> w + ":*")
        .toArray(String[]::new);
  }

  private static String path(Described o, String account) {
    String path = o.path().replace("/api/v1", "").replace("{directory}", "lethe");
    path = path.startsWith("/users/") ? path.replace("{id}", account) : path;
    path = path.startsWith("/trash/") ? path.replace("{id}", deletion) : path;
    path = path.replace("{hold}", deletion).replace("{table}", "customer");
    path = path.replaceAll("\\{[a-z_]+}", "1");
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : o.operation().path("parameters")) {
      if (parameter.path("required").asBoolean(false)
          && parameter.path("in").asString("").equals("query")) {
        query.append(query.isEmpty() ? '?' : '&').append(parameter.get("name").stringValue());
        query.append("=1");
      }
    }
    return path + query;
  }
}
