package org.lethe.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.CatalogFixture;
import org.lethe.store.Answer;
import org.lethe.store.Description;
import org.lethe.store.ExportSink;
import org.lethe.store.Locator;
import org.lethe.store.Outcome;
import org.lethe.store.Shape;
import org.lethe.store.Store;
import org.lethe.store.StoreException;
import org.lethe.store.Subject;

class StoreShapesTest {

  private static final Policy POLICY =
      PolicyReader.read(
          "lethe.yaml",
          """
          version: 1
          stores:
            sessions: { redis: "redis://127.0.0.1:6379", keys: ["session:{id}:*"] }
            disk: { files: "/srv", paths: ["{id}/*"] }
          """);

  /** One that only tells what it holds. */
  private record Telling(String name, Survey holding) implements Store {

    interface Survey {
      List<Shape> look();
    }

    @Override
    public Description describe() {
      return new Description(name, "any", true, true, "");
    }

    @Override
    public List<Shape> survey() {
      return holding.look();
    }

    @Override
    public void locate(Subject who, Consumer<Locator> found) {}

    @Override
    public void export(Locator piece, ExportSink to) {}

    @Override
    public Answer erase(Locator piece) {
      return new Answer.Done(Outcome.NOT_FOUND, 0);
    }

    @Override
    public boolean holds(Locator piece) {
      return false;
    }
  }

  private static List<Finding> check(Store... stores) {
    return Checklist.run(POLICY, new CatalogFixture().build(), Sampler.NONE, List.of(stores));
  }

  @Test
  void onlyWhatNoLineCoversIsFound() {
    List<Finding> findings =
        check(
            new Telling(
                "sessions",
                () -> List.of(new Shape("session:*:cart", true, 9), new Shape("cart:*", false, 4))),
            new Telling("disk", () -> List.of(new Shape("avatars/*.png", false, 1))));

    assertThat(findings)
        .extracting(f -> f.code().id() + " " + f.subject())
        .containsExactly(
            "uncovered-in-store disk avatars/*.png", "uncovered-in-store sessions cart:*");
    assertThat(findings.get(0).fix()).contains("stores:\n  disk:\n    paths: [\"avatars/*.png\"]");
    assertThat(findings.get(1).fix()).contains("    keys: [\"cart:*\"]");
    assertThat(findings).allMatch(Finding::fails);
  }

  @Test
  void aNewPatternIsNotInTheBaseline() {
    List<Finding> before =
        check(new Telling("sessions", () -> List.of(new Shape("cart:*", false, 4))));
    List<Finding> after =
        check(
            new Telling(
                "sessions",
                () -> List.of(new Shape("cart:*", false, 5), new Shape("wish:*", false, 1))));

    CheckResult result = Baseline.of(before).apply(after, Severity.WARNING);

    assertThat(result.findings()).extracting(Finding::subject).containsExactly("sessions wish:*");
    assertThat(result.known()).isEqualTo(1);
    assertThat(result.fails()).isTrue();
  }

  @Test
  void aStoreThatCannotBeAskedKeepsNoOtherFromBeingAsked() {
    List<Finding> findings =
        check(
            new Telling(
                "down",
                () -> {
                  throw new StoreException("nobody answers at 127.0.0.1:6379", true);
                }),
            new Telling(
                "broken",
                () -> {
                  throw new IllegalStateException("ann@example.org");
                }),
            new Telling("sessions", () -> List.of(new Shape("cart:*", false, 4))));

    assertThat(findings).hasSize(3);
    assertThat(findings.toString())
        .contains("nobody answers at 127.0.0.1:6379", "IllegalStateException")
        .doesNotContain("ann@");
    assertThat(Baseline.of(findings).size()).isEqualTo(1);
  }
}
