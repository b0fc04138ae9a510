package org.lethe.subject.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lethe.schema.TableId;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;
import org.lethe.subject.Person;
import org.springframework.jdbc.core.JdbcOperations;

/** What is beside the rows of the database: the trash and other stores, also such as fail. */
class ExtraTest {

  private static final ExportScene SCENE =
      ExportScene.of(
          """
          create table customer (id int primary key, email text, password text, plan text);
          insert into customer values (1, 'ada@x.org', 'PW', 'gold');
          """,
          """
          version: 1
          tables: { customer: { columns: { plan: { export: { transform: { rename: tariff } } } } } }
          subjects: { customer: { table: customer, identify_by: [email, id] } }
          """);

  private final Person ada = SCENE.person("customer", "1");

  /** Keeps records in memory; fails as told. */
  private static final class Memory implements Store {
    int failures;
    boolean passing;
    boolean halfWay;

    @Override
    public Description describe() {
      return new Description("carts", "memory", true, true, "");
    }

    @Override
    public void locate(Subject who, Consumer<Locator> found) {
      found.accept(new Locator("cart", who.values("id").get(0)));
      if (failures > 0) {
        failures--;
        throw new StoreException("carts does not answer", passing);
      }
    }

    @Override
    public void export(Locator piece, ExportSink to) {
      if (failures > 0 && !halfWay) {
        return;
      }
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("owner", piece.handle());
      values.put("items", List.of("<b>pen</b>", "ink"));
      values.put("session_token", "STORE-TOKEN");
      values.put("deep", Map.of("api_key", "STORE-KEY", "n", 1));
      to.record(piece.place(), values);
      to.file(
          piece.place(),
          "../../evil<script>.html",
          new ByteArrayInputStream("<script>x</script>".getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Answer erase(Locator piece) {
      return new Answer.Done(Outcome.NOT_FOUND, 0);
    }

    @Override
    public boolean holds(Locator piece) {
      return true;
    }
  }

  @Test
  void aStoreIsASectionLikeATable() {
    Map<String, String> files =
        ExportScene.unzipped(
            SCENE.export(ExportOptions.USUAL, Extra.of(List.of(new Memory())), ada));
    assertThat(files.keySet())
        .contains("csv/carts-memory-cart.csv", "files/carts-memory-cart-1.bin");
    assertThat(ExportScene.file(files, "csv/carts-memory-cart.csv"))
        .startsWith("owner,items,deep,name,file,_trash\r\n");
    assertThat(ExportScene.file(files, "data.json"))
        .contains("{\"owner\":\"1\",\"items\":[\"<b>pen</b>\",\"ink\"],\"deep\":{\"n\":1}}");
    files.forEach(
        (path, content) -> {
          assertThat(content).as(path).doesNotContain("STORE-TOKEN", "STORE-KEY");
          if (path.endsWith(".html")) {
            assertThat(content).doesNotContain("<b>", "<script");
          }
        });
  }

  @Test
  void placesOfStoresAreCalledAsPeopleWould() {
    assertThat(Words.place("session:{customer_id}:*", "cache")).isEqualTo("Session");
    assertThat(Words.place("avatars/{customer_id}.*", "files")).isEqualTo("Avatars");
    assertThat(Words.place("/readers?id={customer_id}", "news")).isEqualTo("Readers");
    assertThat(Words.place("public.crm_note", "crm")).isEqualTo("Public crm note");
    assertThat(Words.place("{email}/**", "letters (files)")).isEqualTo("Letters (files)");
  }

  @Test
  void aStoreThatFailsIsNamedAndNeverMissingSilently() {
    Memory store = new Memory();
    store.failures = 1;
    store.halfWay = true;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportReport report =
        SCENE.lethe.exporter().export(ada, Extra.of(List.of(store)), ExportOptions.USUAL, out);

    assertThat(report.complete()).isFalse();
    assertThat(report.people().get(0).unreachable())
        .containsExactly(
            new ExportReport.Unreachable("carts (memory)", "carts does not answer", 2));
    Map<String, String> files = ExportScene.unzipped(out.toByteArray());
    assertThat(ExportScene.file(files, "index.html"))
        .contains("carts (memory) stopped answering half-way");
    assertThat(Json.read(ExportScene.file(files, "data.json")).get("unreachable").toString())
        .isEqualTo("[{\"name\":\"carts (memory)\",\"why\":\"carts does not answer\"}]");
    assertThat(Json.read(ExportScene.file(files, "manifest.json")).get("complete").asBoolean())
        .isFalse();
  }

  @Test
  void aFailureThatPassesIsTriedAgainAndNothingIsThereTwice() {
    Memory store = new Memory();
    store.failures = 2;
    store.passing = true;
    store.halfWay = true;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportReport report =
        SCENE.lethe.exporter().export(ada, Extra.of(List.of(store)), ExportOptions.USUAL, out);
    assertThat(report.complete()).isTrue();
    assertThat(report.people().get(0).elsewhere()).containsExactly(Map.entry("cart", 2L));
  }

  @Test
  void rowsOfTablesFromElsewhereFollowTheRulesOfTheirTable() {
    Extra trash =
        new Extra() {
          @Override
          public String name() {
            return "the trash";
          }

          @Override
          public boolean ofDatabase() {
            return true;
          }

          @Override
          public void read(Person person, JdbcOperations snapshot, ExtraSink to) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("id", 9);
            values.put("email", "other@x.org");
            values.put("password", "TRASH-PW");
            values.put("plan", "silver");
            to.row(new TableId("public", "customer"), values, true, "in the trash");
          }
        };
    Map<String, String> files =
        ExportScene.unzipped(SCENE.export(ExportOptions.USUAL, List.of(trash), ada));
    assertThat(ExportScene.file(files, "csv/the-trash-customer.csv"))
        .isEqualTo("id,email,tariff,_trash\r\n9,[someone else's],silver,in the trash\r\n");
    assertThat(ExportScene.file(files, "data.json")).doesNotContain("TRASH-PW");
  }

  @Test
  void somebodyWhoIsOnlyInTheTrashHasWhatIsThere() {
    Person gone = new Person(ada.type(), List.of("77"), ada.subject(), "");
    Map<String, String> files =
        ExportScene.unzipped(
            SCENE.export(ExportOptions.USUAL, Extra.of(List.of(new Memory())), gone));
    assertThat(files.keySet())
        .contains("csv/carts-memory-cart.csv")
        .doesNotContain("csv/customer.csv");
  }
}
