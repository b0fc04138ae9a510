package org.lethe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.lethe.bench.data.Flavour;

/**
 * How many statements Lethe sends for what, written down: whoever changes that sees it in the
 * difference of a file, however quick or slow the machine. Ten times the rows take no more, but
 * where user 1 has nothing in a table of so few.
 */
class StatementsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/statements.txt");
  private static final int FEW = 120;

  private record Work(String name, Workload workload, List<Long> users) {}

  /** One after the other on the same copy, so nobody twice. */
  private static final List<Work> ALL =
      List.of(
          new Work("preview of user 1", Workload.W1, List.of(1L)),
          new Work("preview of 100 users", Workload.W1, hundred()),
          new Work("export of user 1", Workload.W4, List.of(1L)),
          new Work("a user into the trash", Workload.TRASH, List.of(2L)),
          new Work("a user back from the trash", Workload.RESTORE, List.of(3L)),
          new Work("erase a user", Workload.ERASE, List.of(4L)),
          new Work("delete a user", Workload.ONE, List.of(5L)),
          new Work("delete 100 users", Workload.W3, hundred()),
          new Work("delete user 1", Workload.W2, List.of(1L)));

  @Test
  void asManyAsWrittenDown() throws Exception {
    StringBuilder found = new StringBuilder();
    try (Small small = new Small()) {
      for (Flavour flavour : Flavour.values()) {
        List<String> few = statements(small, FEW, flavour);
        List<String> many = statements(small, FEW * 10, flavour);
        found.append("references ").append(flavour).append('\n');
        for (int i = 0; i < ALL.size(); i++) {
          found.append("  %s: %s\n".formatted(ALL.get(i).name(), few.get(i)));
          if (!few.get(i).equals(many.get(i))) {
            found.append("    with ten times the rows: %s\n".formatted(many.get(i)));
          }
        }
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, found);
    }
    assertThat(found.toString())
        .as("%s (-Dgolden.update=true accepts it)", GOLDEN)
        .isEqualTo(Files.readString(GOLDEN));
  }

  private static List<String> statements(Small small, int users, Flavour flavour) throws Exception {
    small.fresh(users, flavour);
    List<String> found = new ArrayList<>();
    for (Work work : ALL) {
      small.run(Small.peer("Lethe"), work.workload(), work.users());
      found.add(small.traffic.kinds());
    }
    return found;
  }

  private static List<Long> hundred() {
    return LongStream.range(6, 106).boxed().toList();
  }
}
