package org.lethe.subject.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.error.InputException;
import org.lethe.subject.Person;
import tools.jackson.databind.JsonNode;

/** What a person is handed, and what never. */
class ExportTest {

  private static final String SQL =
      """
      create table action_type (id int primary key, name text not null);
      create table customer (
        id int primary key, name text, email text, password_hash text, api_token text,
        born date, card text, balance numeric, plan int, settings jsonb, photo bytea,
        referred_by int references customer);
      comment on table customer is 'Who buys here';
      create table purchase (
        id int primary key, customer_id int not null references customer, what text, note text,
        deleted_at timestamptz);
      create table message (
        id int primary key, sender int references customer, recipient int references customer,
        sender_email text, body text, file bytea);
      create table log (id int primary key, customer_id int references customer, action int);
      create table plan (id int primary key, title text);
      insert into plan values (7, 'Gold');
      insert into action_type values (5, 'changed a password');
      insert into customer values
        (1, 'Ada <script>alert(1)</script>', 'ada@x.org', 'PWHASH-1', 'TOKEN-1', '1980-05-17',
         '4000123412341234', 12.5, 7, '{"language": "el", "api_token": "TOKEN-IN-JSON",
         "deep": [{"password": "PW-IN-JSON", "ok": 1}]}',
         decode('89504e470d0a1a0a0000000d49484452', 'hex'), 2),
        (2, 'Bob Secretive', 'bob@x.org', 'PWHASH-2', 'TOKEN-2', '1990-01-01', '5', 0, null, '{}',
         null, null);
      insert into purchase values
        (11, 1, '=HYPERLINK("http://evil")', 'a, "b"' || chr(10) || 'c', null),
        (12, 1, '"><img src=x onerror=alert(1)>', '</style></title>', '2026-02-03 04:05:06Z'),
        (13, 2, 'of Bob', 'BOB-NOTE', null);
      insert into message values
        (21, 1, 2, 'ada@x.org', 'written by Ada', decode('89504e470d0a1a0a01', 'hex')),
        (22, 2, 1, 'bob@x.org', 'written to Ada', decode('25504446', 'hex')),
        (23, 2, 2, 'bob@x.org', 'BOB-TO-HIMSELF', null);
      insert into log values (31, 1, 5), (32, 2, 5);
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        customer:
          label: "{name}"
          columns:
            name:    { category: name, portable: provided }
            email:   { category: contact }
            born:    { category: birth, export: { transform: { format: yyyy } } }
            card:    { category: financial, export: { transform: { mask: { last: 4 } } } }
            balance: { category: none, export: { transform: { format: "0.00", rename: account_balance } } }
            plan:    { category: none, export: { transform: { look_up: plan.title } } }
        purchase:
          label: "{what}"
          trash: { strategy: flag }
        message:
          label: "{body}"
          portable: provided
          columns:
            sender_email: { category: contact }
            body: { category: content }
      relations:
        customer.referred_by: { on_delete: set_null, owner: mentioned }
        purchase.customer_id: { on_delete: cascade, owner: sole }
        message.sender: { on_delete: set_null, owner: shared }
        message.recipient: { on_delete: set_null, owner: shared }
        log.customer_id: { on_delete: cascade, owner: sole }
      links:
        - { from: log.action, to: action_type.id, on_delete: do_nothing }
      subjects:
        customer: { table: customer, identify_by: [email, id] }
      """;

  private static final ExportScene SHOP = ExportScene.of(SQL, POLICY);

  private final Person ada = SHOP.person("customer", "ada@x.org");

  @Test
  void theirsAndNothingElseIsInEveryFile() {
    Map<String, String> files = SHOP.files(ada);
    assertThat(files.keySet())
        .contains(
            "index.html", "data.json", "csv/message.csv", "information.html", "information.json");
    files.forEach(
        (path, content) ->
            assertThat(content)
                .as(path)
                .doesNotContain(
                    "PWHASH",
                    "TOKEN-1",
                    "TOKEN-IN-JSON",
                    "PW-IN-JSON",
                    "bob",
                    "Bob",
                    "BOB",
                    "4000123412341234",
                    "1980-05-17"));
  }

  @Test
  void whatIdsStandForIsSaid() {
    JsonNode log = ExportScene.rows(SHOP.json(ada), "log").get(0);
    assertThat(log.get("action").asInt()).isEqualTo(5);
    assertThat(log.get("_means").get("action").asString()).isEqualTo("changed a password");
  }

  @Test
  void theOtherPartyOfAMessageIsWithheldAndItsTextStays() {
    JsonNode messages = ExportScene.rows(SHOP.json(ada), "message");
    assertThat(messages).hasSize(2);
    JsonNode sent = messages.get(0);
    assertThat(sent.get("sender").asInt()).isEqualTo(1);
    assertThat(sent.get("recipient").isNull()).isTrue();
    assertThat(sent.get("sender_email").asString()).isEqualTo("ada@x.org");
    JsonNode received = messages.get(1);
    assertThat(received.get("sender").isNull()).isTrue();
    assertThat(received.get("sender_email").isNull()).isTrue();
    assertThat(received.get("body").asString()).isEqualTo("written to Ada");
    assertThat(received.get("_someone_elses").toString())
        .isEqualTo("[\"sender\",\"sender_email\"]");
  }

  @Test
  void picturesInRowsOfSeveralPeopleAreLeftOutAndOtherFilesAreNot() {
    Map<String, String> files = SHOP.files(ada);
    assertThat(files.keySet())
        .filteredOn(f -> f.startsWith("files/"))
        .containsExactlyInAnyOrder("files/customer-1-photo.png", "files/message-2-file.bin");
    assertThat(ExportScene.file(files, "index.html"))
        .contains("src=\"files/customer-1-photo.png\"")
        .containsOnlyOnce("<img");
  }

  @Test
  void valuesAreChangedAsThePolicySays() {
    JsonNode customer = ExportScene.rows(SHOP.json(ada), "customer").get(0);
    assertThat(customer.get("born").asString()).isEqualTo("1980");
    assertThat(customer.get("card").asString()).isEqualTo("************1234");
    assertThat(customer.get("account_balance").asString()).isEqualTo("12.50");
    assertThat(customer.get("plan").asString()).isEqualTo("Gold");
    assertThat(customer.get("settings").toString())
        .isEqualTo("{\"deep\":[{\"ok\":1}],\"language\":\"el\"}");
  }

  @Test
  void nothingInTheDataBecomesMarkup() {
    SHOP.files(ada)
        .forEach(
            (path, content) -> {
              if (path.endsWith(".html")) {
                assertThat(content.toLowerCase(Locale.ROOT))
                    .as(path)
                    .doesNotContain("<script", "<img src=x", "</style></title>", "javascript:");
                assertThat(content).contains("default-src 'none'");
              }
            });
    assertThat(ExportScene.file(SHOP.files(ada), "index.html"))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void aSpreadsheetTakesNothingForAFormula() {
    assertThat(ExportScene.file(SHOP.files(ada), "csv/purchase.csv"))
        .contains("\"'=HYPERLINK(\"\"http://evil\"\")\"", "\"a, \"\"b\"\"\nc\"")
        .contains(",\"deleted on 2026-02-03 04:05:06 UTC, in the trash\"\r\n");
  }

  @Test
  void rowsInTheTrashSaySo() {
    assertThat(ExportScene.file(SHOP.files(ada), "index.html"))
        .contains("deleted on 2026-02-03 04:05:06 UTC, in the trash");
  }

  @Test
  void theManifestFitsTheFilesAndTwoExportsAreAlike(@TempDir Path folder) throws Exception {
    byte[] zip = SHOP.export(ExportOptions.USUAL, List.of(), ada);
    assertThat(SHOP.export(ExportOptions.USUAL, List.of(), ada)).isEqualTo(zip);
    Files.write(folder.resolve("export.zip"), zip);
    Process unzip =
        new ProcessBuilder("unzip", "-q", "export.zip").directory(folder.toFile()).start();
    assertThat(unzip.waitFor()).isZero();
    JsonNode manifest = Json.read(Files.readString(folder.resolve("manifest.json")));
    assertThat(manifest.get("files")).isNotEmpty();
    for (JsonNode file : manifest.get("files")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(file.get("path").asString()));
      assertThat(bytes).hasSize(file.get("bytes").asInt());
      assertThat(file.get("sha256").asString())
          .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
    assertThat(manifest.get("subjects").get(0).get("rows").toString())
        .isEqualTo("{\"customer\":1,\"log\":1,\"message\":2,\"purchase\":2}");
    assertThat(manifest.get("subjects").get(0).get("left_out").toString())
        .isEqualTo("{\"customer.password_hash\":\"secret\",\"customer.api_token\":\"secret\"}");
  }

  @Test
  void onlyWhatTheyProvidedIsPortable() {
    Map<String, String> files =
        ExportScene.unzipped(SHOP.export(ExportOptions.USUAL.onlyPortable(), List.of(), ada));
    assertThat(files.keySet())
        .filteredOn(f -> f.startsWith("csv/"))
        .containsExactly("csv/customer.csv", "csv/message.csv");
    assertThat(ExportScene.file(files, "csv/customer.csv")).startsWith("id,name,_trash\r\n");
  }

  @Test
  void severalPeopleGetAFolderEachThatSaysNothing() {
    Person bob = SHOP.person("customer", "2");
    Map<String, String> files = SHOP.files(ada, bob);
    assertThat(files.keySet())
        .contains("customer-0001/index.html", "customer-0002/index.html", "manifest.json");
    assertThat(ExportScene.file(files, "customer-0002/csv/purchase.csv")).contains("BOB-NOTE");
    assertThat(ExportScene.file(files, "customer-0001/csv/purchase.csv"))
        .doesNotContain("BOB-NOTE");
    assertThat(ExportScene.file(files, "manifest.json")).doesNotContain("Bob", "ada@");
  }

  @Test
  void csvOnlyAndJsonOnly() {
    assertThat(
            ExportScene.unzipped(
                    SHOP.export(ExportOptions.USUAL.with(ExportFormat.CSV), List.of(), ada))
                .keySet())
        .allMatch(f -> f.startsWith("csv/") || f.startsWith("files/") || f.equals("manifest.json"))
        .contains("csv/customer.csv");
    JsonNode photo = ExportScene.rows(SHOP.json(ada), "customer").get(0).get("photo");
    assertThat(photo.get("base64").asString()).isEqualTo("iVBORw0KGgoAAAANSUhEUg==");
  }

  @Test
  void whyARowIsTheirs() {
    var table = SHOP.lethe.catalog().find("purchase").orElseThrow();
    assertThat(SHOP.lethe.exporter().why(ada, table, List.of("11"))).hasSize(2);
    assertThat(SHOP.lethe.exporter().why(ada, table, List.of("13"))).isEmpty();
  }

  @Test
  void aTransformationOfTheApplication() {
    String policy =
        POLICY.replace(
            "email:   { category: contact }",
            "email: { category: contact, export: { transform: { with: shout } } }");
    ExportTransformation shout =
        new ExportTransformation() {
          @Override
          public String name() {
            return "shout";
          }

          @Override
          public @Nullable String apply(String table, String column, String value) {
            return table + "." + column + " " + value.toUpperCase(Locale.ROOT);
          }
        };
    ExportScene with = new ExportScene(SHOP.database, policy, shout);
    assertThat(
            ExportScene.rows(with.json(with.person("customer", "1")), "customer")
                .get(0)
                .get("email")
                .asString())
        .isEqualTo("customer.email ADA@X.ORG");

    ExportScene without = new ExportScene(SHOP.database, policy.replace("shout", "sing"), shout);
    Person person = without.person("customer", "1");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> without.lethe.exporter().export(person, List.of(), ExportOptions.USUAL, out))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "customer.email is handed out with sing, but there is no such transformation; there"
                + " are shout");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
