package org.lethe.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lethe.account.Account;
import org.lethe.audit.Audit;
import org.lethe.server.AdminScene;
import org.lethe.server.JobPages;
import org.lethe.server.Visitor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The audit read in the browser: searched, page by page, as a file, and verified. */
@SuppressWarnings("NullAway.Init")
class AuditPageTest {

  private static AdminScene scene;
  private static Account reader;
  private static Visitor visitor;

  @BeforeAll
  static void open() {
    scene = AdminScene.plaza();
    reader = scene.staff("reader", "audit:*");
    visitor = scene.signedIn(reader);
    for (int i = 1; i <= 60; i++) {
      append("2020-01-01T00:00:00Z", "clerk", "count", "box " + i, "{\"rows\": %d}".formatted(i));
    }
    append("2021-05-31T23:59:59Z", "mallory", "paint", "<script>o</script>", "<script>d</script>");
    append("2021-06-01T00:00:00Z", "=cmd()", "paint", "fence", "{\"c\": \"<script>e</script>\"}");
    append("2021-06-02T00:00:00Z", reader.id().text(), "paint", "fence", "{}");
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static void append(
      String at, String actor, String action, String object, String details) {
    new TransactionTemplate(new JdbcTransactionManager(scene.settings().dataSource()))
        .executeWithoutResult(
            status ->
                new Audit(scene.jdbc())
                    .append(Instant.parse(at), actor, action, object, "because", details));
  }

  private static String page(String path) {
    Visitor.Page page = visitor.get(path);
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page.body();
  }

  @Test
  void entriesAreListedLatestFirstPageByPage() {
    String first = page("/audit?action=count");
    assertThat(first).contains(">box 60<", ">box 11<").doesNotContain(">box 10<");
    String next =
        first.replaceAll("(?s).*rel=\"next\" href=\"([^\"]+)\".*", "$1").replace("&amp;", "&");
    assertThat(page(next)).contains(">box 10<", ">box 1<").doesNotContain(">box 11<", "fence");
  }

  @Test
  void entriesAreFoundByWhoWhatAndWhen() {
    assertThat(page("/audit?actor=mallory")).contains("mallory").doesNotContain(">fence<");
    assertThat(page("/audit?actor=reader&action=paint"))
        .as("by login, although the audit keeps the account")
        .contains(">fence<", "The reader")
        .doesNotContain("=cmd()");
    assertThat(page("/audit?from=2021-06-01&until=2021-06-01"))
        .contains("=cmd()")
        .doesNotContain("mallory", ">box 60<");
    assertThat(page("/audit?object=fence"))
        .contains("What was done to", "=cmd()", "The reader")
        .doesNotContain("mallory");
    assertThat(page("/audit?object=nothing")).contains("Nothing matches");
    Visitor.Page wrong = visitor.get("/audit?from=yesterday");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("a date such as 2026-11-02");
  }

  @Test
  void whatIsInEntriesIsShownAsText() {
    String page = page("/audit?action=paint");
    assertThat(page)
        .contains("&lt;script&gt;o", "&lt;script&gt;d", "&lt;script&gt;e")
        .doesNotContain("<script>o", "<script>d", "<script>e", "style=");
    assertThat(page("/audit?object=%3Cscript%3Eo%3C/script%3E")).doesNotContain("<script>o");
  }

  @Test
  void theFileHoldsAllThatFitsAndNoFormulas() {
    Visitor.Page file = visitor.get("/audit?action=count&format=csv");
    assertThat(file.header("content-type")).startsWith("text/csv");
    assertThat(file.body().lines()).hasSize(61);
    assertThat(page("/audit?action=paint&format=csv"))
        .contains("'=cmd()", ",previous,hash,name", ",The reader");
    assertThat(scene.lethe().audit(reader.id().text(), "audit", 9))
        .extracting(e -> e.action())
        .containsExactly("download", "download");
  }

  @Test
  void onlyWhoMayReadsIt() {
    Visitor other = scene.signedIn(scene.staff("other", "view:*", "rules:*", "requests:*"));
    for (String path : new String[] {"/audit", "/audit?format=csv", "/audit?object=fence"}) {
      assertThat(other.get(path).status()).as(path).isEqualTo(403);
      assertThat(scene.visitor().get(path).location()).isEqualTo("/sign-in");
    }
    assertThat(other.post("/audit/verify").status()).isEqualTo(403);
  }

  @Test
  void theChainIsVerifiedAndABrokenOneSaysWhere() {
    assertThat(JobPages.done(visitor, visitor.post("/audit/verify")))
        .contains("The chain is unbroken");
    String of = " where action = 'count' and object = 'box 7'";
    scene.jdbc().execute("alter table lethe.audit disable trigger append_only");
    scene.jdbc().update("update lethe.audit set actor = 'eve'" + of);

    String broken = JobPages.ended(visitor, visitor.post("/audit/verify"));

    scene.jdbc().update("update lethe.audit set actor = 'clerk'" + of);
    scene.jdbc().execute("alter table lethe.audit enable trigger append_only");
    assertThat(broken).contains("<h2>Failed</h2>", "the chain is broken", "was changed after");
  }
}
