package org.lethe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Things typed wrong: one line that says so, the right exit code, nothing on stdout. */
final class BadInput {

  /** Nothing that is ever printed. */
  static final String SECRET = "geheim-77";

  private final String url;
  private final List<Case> cases = new ArrayList<>();

  private record Case(String name, Cli cli, int code, String says, List<String> args) {}

  /**
   * @param url of the database where nothing else is said
   */
  BadInput(String url) {
    this.url = url;
  }

  void add(String name, int code, String says, String... args) {
    add(name, new Cli().db(url), code, says, args);
  }

  void add(String name, Cli cli, int code, String says, String... args) {
    cases.add(new Case(name, cli, code, says, List.of(args)));
  }

  /**
   * @param atLeast as many were thought of, so that none gets lost on the way here
   */
  Stream<DynamicTest> tests(int atLeast) {
    assertThat(cases).hasSizeGreaterThanOrEqualTo(atLeast);
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(Case c) {
    Cli.Result result = c.cli().run(c.args().toArray(String[]::new));
    List<String> lines =
        result.errorLines().stream().filter(l -> !l.startsWith("note: no lethe.yaml")).toList();
    assertThat(lines).as("stderr of %s", c.args()).hasSize(1);
    assertThat(lines.get(0)).startsWith("lethe").contains(c.says()).doesNotContain("Exception");
    assertThat(result.err() + result.out()).doesNotContain(SECRET);
    assertThat(result.out()).isEmpty();
    assertThat(result.code()).as(lines.get(0)).isEqualTo(c.code());
  }
}
