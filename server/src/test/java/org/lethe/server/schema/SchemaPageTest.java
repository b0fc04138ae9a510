package org.lethe.server.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.server.AdminScene;
import org.lethe.server.Visitor;

/** The map in the browser: all of it, around a table, as picture and as list. */
@SuppressWarnings("NullAway.Init")
class SchemaPageTest {

  private static AdminScene scene;
  private static Visitor visitor;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    visitor = scene.signedIn(scene.staff("mapper", "map:*", "view:customer"));
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static String page(String path) {
    Visitor.Page page = visitor.get(path);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page.body();
  }

  @Test
  void theWholeIsShownAsPictureAndAsLists() {
    String page = page("/schema");
    assertThat(page)
        .contains("Schema public", "Schema support", "/schema/map.svg?table=&amp;depth=1")
        .contains("<code>invoice_line.invoice_id</code>", "<td>cascade</td>")
        .contains(">policy<", ">database<")
        .doesNotContain("style=");
    assertThat(page)
        .as("rows only where one may look at them")
        .contains("href=\"/records/customer\"")
        .doesNotContain("href=\"/records/invoice\"");
  }

  @Test
  void aTableIsShownWithWhatHangsOnIt() {
    String near = page("/schema?table=invoice&depth=1");
    assertThat(near)
        .contains("Around <span>invoice</span>", "<code>invoice_line.invoice_id</code>")
        .doesNotContain("<code>post.author_id</code>", "Schema support");
    assertThat(page("/schema/map.svg?table=invoice&depth=1")).contains("What hangs on invoice");
    assertThat(page("/schema?table=&depth=x")).contains("Schema public");
  }

  @Test
  void thePictureBringsAStyleThatOnlyItMayHave() throws Exception {
    Visitor.Page svg = visitor.get("/schema/map.svg");
    String style = svg.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
    assertThat(svg.header("content-type")).startsWith("image/svg+xml");
    assertThat(svg.headers().get("content-security-policy"))
        .containsExactly(
            "default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'"
                .formatted(Base64.getEncoder().encodeToString(hash)));
    assertThat(svg.header("content-disposition")).isEmpty();
    assertThat(visitor.get("/schema/map.svg?download=true").header("content-disposition"))
        .contains("attachment", "schema.svg");
  }

  @Test
  void anUnknownTableIsNotThereAndShownAsText() {
    Visitor.Page page = visitor.get("/schema?table=%3Cscript%3Ex");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body()).contains("has no table").doesNotContain("<script>x");
    assertThat(visitor.get("/schema/map.svg?table=nothing").status()).isEqualTo(404);
  }

  @Test
  void onlyWhoMayLooks() {
    Visitor other = scene.signedIn(scene.staff("other", "view:*", "check:*"));
    for (String path : new String[] {"/schema", "/schema?table=invoice", "/schema/map.svg"}) {
      assertThat(other.get(path).status()).as(path).isEqualTo(403);
      assertThat(scene.visitor().get(path).location()).isEqualTo("/sign-in");
    }
  }
}
