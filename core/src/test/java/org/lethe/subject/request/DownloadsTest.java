package org.lethe.subject.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people asked to see is made once, fetched until it expires, and made anew when wanted. */
class DownloadsTest extends RequestScene {

  @TempDir private Path folder = Path.of("");

  @Test
  void anArchiveIsMadeAndFetchedUntilItExpires() throws IOException {
    Requests requests = requests(policy());
    Request done = answered(requests, Kind.ACCESS);
    assertThat(done.state()).isEqualTo(State.COMPLETED);
    Path file = requests.downloads().find(done.id()).orElseThrow().file();
    assertThat(rights(file)).isEqualTo("rw-------");
    assertThat(rights(folder.resolve("out"))).isEqualTo("rwx------");
    assertThat(file.toString()).doesNotContain("example");

    assertThat(text(fetch(requests, done))).contains("p1@example.org").doesNotContain("p2@");
    assertThat(fetch(requests, done)).isEqualTo(fetch(requests, done));
    assertThat(requests.downloads().find(done.id()).orElseThrow().fetched()).isEqualTo(3);
    assertThat(texts("select action from lethe.audit where action = 'request_fetch'")).hasSize(3);

    now = NOW.plus(Duration.ofDays(7));
    assertThatThrownBy(() -> fetch(requests, done)).hasMessageContaining("expired");
    assertThat(requests.runDue(9, ANN, r -> {})).hasSize(1);
    assertThat(files()).isEmpty();
    assertThat(requests.downloads().find(done.id())).isEmpty();
  }

  @Test
  void aFolderThatIsThereKeepsItsRights() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxr-x---"));
    Request done = answered(requests(policy()), Kind.ACCESS);
    assertThat(done.state()).isEqualTo(State.COMPLETED);
    assertThat(rights(out)).isEqualTo("rwxr-x---");
  }

  @Test
  void itIsMadeAnewWithWhatIsKnownThen() throws IOException {
    Requests requests = requests(policy());
    Request done = answered(requests, Kind.ACCESS);
    now = NOW.plus(Duration.ofDays(8));
    requests.runDue(9, ANN, r -> {});
    sql.execute("insert into visit values (77, 1)");

    requests.anew(done.id(), ANN);

    assertThat(text(fetch(requests, done))).contains("77,1");
    assertThat(files()).hasSize(1);
    requests.anew(done.id(), ANN);
    assertThat(files()).as("the former one goes").hasSize(1);
    now = NOW.plus(Duration.ofDays(40));
    requests.runDue(9, ANN, r -> {});
    assertThat(texts("select 1::text from lethe.request where sealed_subject is not null"))
        .isEmpty();
    assertThatThrownBy(() -> requests.anew(done.id(), ANN)).hasMessageContaining("open another");
    assertThat(requests.runDue(9, ANN, r -> {})).isEmpty();
  }

  @Test
  void aStoreThatCannotBeAskedIsNamedAndAskedAgain() throws IOException {
    MapStore store = new MapStore("cache").with("p1@example.org/basket");
    store.mood = MapStore.DOWN;
    Requests requests = requests(policy(), store);
    Request partly = answered(requests, Kind.ACCESS);
    assertThat(partly.state()).isEqualTo(State.PARTIALLY_FAILED);
    assertThat(outcomes(requests, partly)).hasSize(1).first().asString().contains("unreachable");
    assertThat(text(fetch(requests, partly))).contains("p1@example.org");

    store.mood = call -> {};
    now = NOW.plus(Duration.ofHours(1));
    List<Request> done = requests.runDue(9, ANN, r -> {});

    assertThat(done).extracting(Request::state).containsExactly(State.COMPLETED);
    assertThat(outcomes(requests, partly)).isEmpty();
    assertThat(store.values).as("only read").hasSize(1);
  }

  @Test
  void whatWasChangedOrTakenAwayIsNotHandedOut() throws IOException {
    Requests requests = requests(policy());
    Request done = answered(requests, Kind.PORTABILITY);
    Path file = requests.downloads().find(done.id()).orElseThrow().file();
    Files.writeString(file, "something else");
    assertThatThrownBy(() -> fetch(requests, done)).hasMessageContaining("not as it was made");
    Files.delete(file);
    assertThatThrownBy(() -> fetch(requests, done)).hasMessageContaining("cannot be read");
  }

  @Test
  void aFolderThatCannotBeWrittenToIsSaidInOneLineAndNothingIsLost() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "");
    Requests requests = requests(POLICY + "requests: { folder: %s }\n".formatted(blocked));
    assertThatThrownBy(() -> answered(requests, Kind.ACCESS))
        .hasMessageContaining("requests: { folder: ... }");
    Request left = requests.list(null, 1).get(0);
    assertThat(left.state()).isEqualTo(State.RUNNING);
    Requests mended = requests(policy());
    assertThat(mended.run(left.id(), ANN).state()).isEqualTo(State.COMPLETED);
  }

  private Request answered(Requests requests, Kind kind) {
    return answered(requests, kind, person(POLICY, "1"), now);
  }

  private String policy() {
    return POLICY + "requests: { folder: %s }\n".formatted(folder.resolve("out"));
  }

  private static String rights(Path of) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.toList();
    }
  }

  private static byte[] fetch(Requests requests, Request request) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Download unused = requests.downloads().fetch(request, out, ANN);
    return out.toByteArray();
  }

  private static String text(byte[] zip) throws IOException {
    StringBuilder all = new StringBuilder();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      while (in.getNextEntry() != null) {
        all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }
}
