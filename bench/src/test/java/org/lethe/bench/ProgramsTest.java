package org.lethe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class ProgramsTest {

  @TempDir Path folder;

  @Test
  void everyNameCanBeAskedFor() {
    // They are given with commas between them.
    assertThat(found(List.of()).all())
        .extracting(Program::name)
        .contains("native", "Lethe", "Hibernate")
        .doesNotHaveDuplicates()
        .noneMatch(name -> name.contains(","));
  }

  @Test
  void onlyThoseThatWereAskedFor() {
    assertThat(found(List.of("Lethe", "native")).all())
        .extracting(Program::name)
        .containsExactly("native", "Lethe");
  }

  @Test
  void anUnknownNameIsToldWithThoseThereAre() {
    assertThatThrownBy(() -> found(List.of("Rails")))
        .hasMessageContaining("[Rails]")
        .hasMessageContaining("Hibernate");
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(found(List.of()).missing()).anyMatch(m -> m.contains("the command line"));
  }

  private Programs found(List<String> wanted) {
    return Programs.find(
        folder.resolve("nothing"), folder.resolve("work"), Optional.empty(), wanted, line -> {});
  }
}
