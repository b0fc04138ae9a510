package org.lethe.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.lethe.bench.data.Databases;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.data.Size;
import org.lethe.bench.data.State;
import org.lethe.bench.peer.Said;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What must come out. Of a removal, what the database's own cascade leaves behind; of a restore,
 * what was there before; of counts and exports, what the first peer said. Not thread-safe.
 */
final class Expected {

  private final Databases databases;
  private final Consumer<String> told;
  private final Map<String, List<String>> known = new HashMap<>();

  Expected(Databases databases, Consumer<String> told) {
    this.databases = databases;
    this.told = told;
  }

  /** Judges what was said and what the measured database holds now. */
  Measurement.Verdict verdict(Workload workload, Size size, Said said) {
    List<String> found =
        switch (workload) {
          case W1 -> said.counts();
          case W4, CATALOG -> List.of(String.valueOf(said.figure("rows")));
          case PAGE, PAGE_ONE -> List.of();
          default -> State.of(new JdbcTemplate(databases.source(Databases.MEASURED)));
        };
    if (found.isEmpty()) {
      return Measurement.Verdict.ALONE;
    }
    String key = workload + " " + size.name();
    if (!known.containsKey(key)) {
      known.put(
          key,
          switch (workload) {
            case W2, W3, ONE, TRASH, ERASE -> cascaded(workload, size);
            case RESTORE -> untouched(size);
            default -> List.of();
          });
    }
    List<String> expected = known.getOrDefault(key, List.of());
    if (expected.isEmpty()) {
      known.put(key, found);
      return Measurement.Verdict.ALONE;
    }
    if (!expected.equals(found)) {
      tell(workload, expected, found);
      return Measurement.Verdict.DIFFERENT;
    }
    return Measurement.Verdict.SAME;
  }

  private List<String> cascaded(Workload workload, Size size) {
    String database = databases.copy(databases.forum(size, Flavour.CASCADE), Databases.EXPECTED);
    JdbcTemplate jdbc = new JdbcTemplate(databases.source(database));
    jdbc.execute(
        "delete from users where id in (%s)"
            .formatted(
                workload.roots(size).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))));
    List<String> state = State.of(jdbc);
    databases.drop(database);
    return state;
  }

  private List<String> untouched(Size size) {
    return State.of(new JdbcTemplate(databases.source(databases.forum(size, Flavour.CASCADE))));
  }

  private void tell(Workload workload, List<String> expected, List<String> found) {
    told.accept(workload + " came out differently:");
    expected.stream().filter(line -> !found.contains(line)).forEach(l -> told.accept("- " + l));
    found.stream().filter(line -> !expected.contains(line)).forEach(l -> told.accept("+ " + l));
  }
}
