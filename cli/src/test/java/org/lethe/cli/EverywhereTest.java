package org.lethe.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lethe.testkit.PostgresServer;

/** A person who is in a database and in five places beside it, handed out and erased. */
@SuppressWarnings("NullAway") // JUnit sets the field
class EverywhereTest {

  private static final int THEM = 6;
  private static final int[] OTHERS = {7, 16, 59};

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SHOP")
  void isCheckedHandedOutErasedAndAccountedFor(Sample sample) throws Exception {
    try (Everywhere all = new Everywhere(sample, folder)) {
      Somebody who = all.put(THEM);
      for (int other : OTHERS) {
        all.put(other);
      }
      Rows before = Rows.of(all.database);
      Rows theirs = Rows.of(all.database, sample.touched(who.id()));
      SortedMap<String, String> outside = all.outside();

      // Plaza lacks some indexes, and says so.
      all.done("check", "--fail-on", sample == Sample.PLAZA ? "error" : "warning");
      exportHasAll(all, who);
      Cli.Result first = erased(all, who);
      assertThat(first.code()).as("the newsletter's answer is still to come").isEqualTo(1);
      assertThat(first.out()).contains("partially failed", "its answer is still to come");
      String last = all.goOn("1").out();

      assertThat(last)
          .contains("completed with retained data", "17(3)(b), tax code until 20")
          .contains("sessions", "cart:{customer_id}", "events", "online")
          .contains("profiles", "newsletter", "uploads", "crm")
          .doesNotContain("unreachable", "unsupported");
      assertThat(all.traces(who)).isEmpty();
      assertThat(all.outside()).containsExactlyInAnyOrderEntriesOf(Everywhere.others(outside, who));
      assertThat(Rows.changed(before, theirs, Rows.of(all.database))).isEmpty();
      certificateSaysNothingOfThem(all, who);
      invoicesGoWhenTheirTimeIsOver(all, who);
      assertThat(Rows.changed(before, theirs, Rows.of(all.database))).isEmpty();
    }
  }

  private void exportHasAll(Everywhere all, Somebody who) throws Exception {
    String name = "everything.zip";
    all.done("export", "customer", who.id(), "-o", folder.resolve(name).toString());
    SortedMap<String, String> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(folder.resolve(name).toFile())) {
      for (ZipEntry e : zip.stream().toList()) {
        files.put(e.getName(), new String(zip.getInputStream(e).readAllBytes(), UTF_8));
      }
    }
    assertThat(files).containsKeys("index.html", "data.json", "manifest.json");
    for (Place place : all.places) {
      String canary = who.canary(place.name());
      assertThat(files.values()).as(place.name()).anyMatch(text -> text.contains(canary));
    }
    assertThat(files.get("data.json")).contains(who.email());
    assertThat(files.get("index.html"))
        .as("places are called something")
        .contains(">Session<", ">Cart<", ">Avatars<", ">Readers<", ">Profiles")
        .doesNotContain("{customer");
    for (int other : OTHERS) {
      assertThat(String.join("", files.values())).doesNotContain("-of-" + other + "-end");
    }
  }

  private static Cli.Result erased(Everywhere all, Somebody who) {
    return all.cli.run(
        "erase", "customer", who.email(), "--yes", "--reason", "by letter", "--actor", "jo");
  }

  private void certificateSaysNothingOfThem(Everywhere all, Somebody who) throws IOException {
    for (String name : new String[] {"certificate.json", "certificate.html"}) {
      all.done("requests", "certificate", "1", "-o", folder.resolve(name).toString());
      String text = all.file(name).replaceAll("(?s)<style>.*</style>", "");
      assertThat(text).contains("retained", "17(3)(b)", "newsletter").doesNotContain("-of-");
      assertThat(text).doesNotContainIgnoringCase(who.email());
      // Plaza's own address is there, as the one who is responsible; nobody else's.
      assertThat(text.replace("privacy@plaza.example", "")).doesNotContain("@");
    }
    all.done("requests", "certificate", "--check", folder.resolve("certificate.json").toString());
    assertThat(all.file("erasures.jsonl")).doesNotContain(who.email());
  }

  private static void invoicesGoWhenTheirTimeIsOver(Everywhere all, Somebody who) {
    String mine = "invoice where customer_id = " + who.id();
    long invoices = all.count(mine);
    assertThat(invoices).isGreaterThan(1);
    assertThat(all.cli.run("requests", "run", "--yes").err()).contains("no such requests");
    assertThat(all.count(mine)).isEqualTo(invoices);

    String day =
        all.count("information_schema.columns where column_name = 'issued_on'") > 0
            ? "issued_on"
            : "invoice_date";
    for (String which : new String[] {"= (select min(%1$s) from %2$s)", "is not null"}) {
      // As if the years had passed: the dates, and when it was to be looked at again, are long ago.
      PostgresServer.execute(
          all.database,
          """
          update invoice set %1$s = %1$s - interval '30 years' where customer_id = %3$s and %1$s %2$s;
          update lethe.request_row set until = until - interval '30 years';
          update lethe.request set next_at = next_at - interval '30 years'
          """
              .formatted(day, which.formatted(day, mine), who.id()));
      all.done("requests", "run", "--yes");
      if (which.startsWith("=")) {
        assertThat(all.count(mine)).isBetween(1L, invoices - 1);
      }
    }

    assertThat(all.count(mine)).isZero();
    assertThat(all.count("customer where customer_id = " + who.id())).isZero();
    assertThat(all.done("requests", "show", "1").out())
        .contains(": completed\n")
        .containsPattern("(?m)database +customer +anonymised +1$")
        .containsPattern("(?m)database +customer +removed +1$")
        .doesNotContain("17(3)(b)");
  }
}
