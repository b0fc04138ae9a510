package org.lethe.stores.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lethe.error.InputException;
import org.lethe.store.Answer;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;
import org.lethe.stores.Collected;
import org.lethe.stores.Handle;
import org.lethe.stores.StoreContract;

@SuppressWarnings("NullAway.Init")
class FilesStoreTest extends StoreContract {

  private static final String AVATARS = "avatars/{customer_id}.*";
  private static final String INVOICES = "invoices/{customer_id}/**";

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    Files.createDirectories(root.resolve("avatars"));
    Files.createDirectories(root.resolve("invoices"));
  }

  @Override
  protected Map<String, Object> settings() {
    return Map.of("files", root.toString(), "paths", List.of(AVATARS, INVOICES));
  }

  @Override
  protected Map<String, Object> settingsOfNobody() {
    return Map.of("files", root + "-not-mounted", "paths", List.of(AVATARS, INVOICES));
  }

  @Override
  protected void put(String customer) throws IOException {
    write("avatars/" + customer + ".png", customer);
    write("invoices/" + customer + "/2025/may.txt", customer);
    write("invoices/" + customer + "/2026.txt", customer);
  }

  private void write(String path, String customer) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, secretOf(customer) + "\r\n\0");
  }

  @Override
  protected int pieces() {
    return 3;
  }

  @Override
  protected Map<String, String> content() throws IOException {
    return content(root);
  }

  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        content.put(
            root.relativize(path).toString(),
            Files.isRegularFile(path) ? Files.readString(path) : "-");
      }
    }
    return content;
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../outside", "x/../../outside", "/", "a/b", "a\0b", "\n"})
  void aValueLeadsNowhereElse(String value) throws IOException {
    put(JANE);
    Files.createDirectories(folder.resolve("outside/2025"));
    Files.writeString(folder.resolve("outside/2025/may.txt"), "not ours");
    Files.writeString(folder.resolve("outside.png"), "not ours");
    Map<String, String> before = content(folder);
    try (Store store = open(settings())) {
      assertThat(locate(store, person(value))).isEmpty();
      Locator forged =
          Handle.of("path", "invoices/" + value + "/2025/may.txt").and("keep", "1").at("x");
      assertThat(store.holds(forged)).isFalse();
      assertThat(store.erase(forged)).isEqualTo(new Answer.Done(Outcome.NOT_FOUND, 0));
    }
    assertThat(content(folder)).isEqualTo(before);
  }

  @Test
  void aLinkIsErasedAsALinkAndNotFollowed() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("kept.txt"), "not ours");
    put(JANE);
    Files.createSymbolicLink(root.resolve("invoices/" + JANE + "/all"), outside);
    Files.createSymbolicLink(root.resolve("avatars/" + JANE + ".jpg"), outside.resolve("kept.txt"));
    try (Store store = open(settings())) {
      List<Locator> pieces = locate(store, person(JANE));
      assertThat(pieces).hasSize(pieces() + 2);
      Collected out = new Collected();
      pieces.forEach(p -> store.export(p, out));
      assertThat(out.text()).doesNotContain("not ours");
      pieces.forEach(store::erase);
      assertThat(pieces).noneMatch(store::holds);
    }
    assertThat(outside.resolve("kept.txt")).hasContent("not ours");
  }

  @Test
  void aDirectoryThatBecameALinkIsNotFollowedEither() throws IOException {
    put(JANE);
    try (Store store = open(settings())) {
      List<Locator> pieces = locate(store, person(JANE));
      Path moved = folder.resolve("moved");
      Files.move(root.resolve("invoices/" + JANE), moved);
      Files.createSymbolicLink(root.resolve("invoices/" + JANE), moved);
      pieces.forEach(store::erase);
      assertThat(moved.resolve("2026.txt")).exists();
    }
  }

  @Test
  void emptiedDirectoriesGoDownToThoseThatThePolicyNames() throws IOException {
    put(JANE);
    try (Store store = open(settings())) {
      locate(store, person(JANE)).forEach(store::erase);
    }
    assertThat(content().keySet()).containsExactly("", "avatars", "invoices");
  }

  @Test
  void aCrashBetweenFileAndDirectoryIsMadeUpFor() throws IOException {
    put(JANE);
    try (Store store = open(settings())) {
      List<Locator> pieces = locate(store, person(JANE));
      for (Locator piece : pieces) {
        Files.delete(root.resolve(Handle.of(piece).get(piece, "path")));
      }
      pieces.forEach(store::erase);
    }
    assertThat(content().keySet()).containsExactly("", "avatars", "invoices");
  }

  @Test
  void anEmptyDirectoryWithTheirNameIsTheirs() throws IOException {
    Files.createDirectories(root.resolve("invoices/" + JANE));
    try (Store store = open(settings())) {
      List<Locator> pieces = locate(store, person(JANE));
      assertThat(pieces).hasSize(1).allMatch(store::holds);
      assertThat(store.erase(pieces.get(0))).isEqualTo(new Answer.Done(Outcome.REMOVED, 1));
      assertThat(store.holds(pieces.get(0))).isFalse();
    }
  }

  @Test
  void whatIsPutIntoAnEmptyDirectoryMeanwhileStays() throws IOException {
    Files.createDirectories(root.resolve("invoices/" + JANE));
    try (Store store = open(settings())) {
      List<Locator> pieces = locate(store, person(JANE));
      put(JANE);
      assertThat(store.erase(pieces.get(0))).isEqualTo(new Answer.Done(Outcome.NOT_FOUND, 0));
      assertThat(locate(store, person(JANE))).hasSize(pieces());
    }
  }

  @Test
  void filesAreHandedOutByteForByte() throws IOException {
    byte[] bytes = HexFormat.of().parseHex("00ff0d0a80c3");
    Files.write(root.resolve("avatars/" + JANE + ".bin"), bytes);
    try (Store store = open(settings())) {
      Collected out = new Collected();
      locate(store, person(JANE)).forEach(p -> store.export(p, out));
      assertThat(out.files).containsOnlyKeys("avatars/" + JANE + ".bin");
      assertThat(out.files.values()).containsExactly(bytes);
    }
  }

  @Test
  void aDeepPatternInTheMiddleAndTwoColumns() throws IOException {
    write("a/jane/7.txt", JANE);
    write("a/x/y/jane/7.txt", JANE);
    write("a/x/y/jane/8.txt", JANE);
    write("a/x/y/joan/7.txt", JANE);
    Map<String, Object> settings =
        Map.of("files", root.toString(), "paths", "a/**/{name}/{customer_id}.tx?");
    Subject who =
        new Subject("customer", Map.of("name", List.of("jane"), "customer_id", List.of("7")));
    try (Store store = open(settings)) {
      assertThat(locate(store, who))
          .extracting(p -> Handle.of(p).get(p, "path"))
          .containsExactlyInAnyOrder("a/jane/7.txt", "a/x/y/jane/7.txt");
    }
  }

  @Test
  void theSurveyShowsWhatNoPatternMatches() throws IOException {
    put(JANE);
    put(LONG);
    write("exports/2026-05-01/jane@example.org.csv", JANE);
    write("exports/2026-05-02/joe@example.org.csv", JANE);
    try (Store store = open(settings())) {
      assertThat(store.survey())
          .containsExactly(
              new Shape("exports/*/*", false, 2),
              new Shape(AVATARS, true, 2),
              new Shape(INVOICES, true, 4));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "avatars/*", "{customer_id}*", "x/*{customer_id}", "../{customer_id}", "/etc/{customer_id}",
        "a//{customer_id}", "a**/{customer_id}", "{customer_id", "{}/x", "x}/{customer_id}"
      })
  void aPatternThatWouldFindTooMuchIsRefused(String pattern) {
    Map<String, Object> settings = Map.of("files", root.toString(), "paths", pattern);
    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("stores.tested.paths ")
        .hasMessageContaining(pattern);
  }

  @Test
  void aFileWhereTheDirectoryShouldBeIsNotTakenForAnEmptyOne() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no directory");
    try (Store store = open(Map.of("files", file.toString(), "paths", List.of(AVATARS)))) {
      assertThatThrownBy(() -> locate(store, person("1")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is no directory");
    }
  }
}
