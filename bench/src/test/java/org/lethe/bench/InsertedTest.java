package org.lethe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class InsertedTest {

  @TempDir Path folder;

  @Test
  void onlyTheFiguresChange() throws IOException {
    Path file = file("before\n" + Inserted.BEGIN + "old\n" + Inserted.END + "after\n");
    assertThat(Inserted.into(file, "new\n"))
        .isEqualTo("before\n" + Inserted.BEGIN + "\nnew\n\n" + Inserted.END + "after\n");
    Files.writeString(file, Inserted.into(file, "new\n"));
    assertThat(Inserted.into(file, "new\n")).isEqualTo(Files.readString(file));
  }

  @Test
  void aFileWithoutMarksIsAllFigures() throws IOException {
    assertThat(Inserted.into(file("old\n"), "new\n")).isEqualTo("new\n");
    assertThat(Inserted.into(folder.resolve("none.md"), "new\n")).isEqualTo("new\n");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("performance.md"), text);
  }
}
