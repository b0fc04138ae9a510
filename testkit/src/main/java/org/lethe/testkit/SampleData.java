package org.lethe.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Well-known sample databases that are not part of this project: Chinook (a music shop, about
 * 15,600 rows) and Pagila (film rentals, about 50,000 rows). They are looked for in the folder that
 * the system property {@value #PROPERTY} or the environment variable {@value #VARIABLE} names, else
 * in {@code shared/data} beside the working directory or any folder above it; tests skip
 * themselves, with {@link #ABSENT} as the reason, where they are not found.
 */
public enum SampleData {
  CHINOOK("chinook"),
  PAGILA("pagila");

  public static final String PROPERTY = "lethe.test.data";
  public static final String VARIABLE = "LETHE_TEST_DATA";
  public static final String ABSENT =
      "no sample data: -D" + PROPERTY + "=FOLDER or " + VARIABLE + "=FOLDER says where it is";

  private final String folder;

  SampleData(String folder) {
    this.folder = folder;
  }

  /** Where this database's scripts are; empty if they are not on this machine. */
  public Optional<Path> find() {
    String said = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    return find(said, Path.of("").toAbsolutePath());
  }

  /**
   * @param said the folder that was named; null to look around
   * @throws IllegalStateException if a folder was named but does not hold this database: a wrong
   *     setting must not look like a skipped test
   */
  Optional<Path> find(@Nullable String said, Path workingDirectory) {
    if (said != null && !said.isBlank()) {
      Path named = Path.of(said).resolve(folder);
      if (!complete(named)) {
        throw new IllegalStateException(
            "%s is to hold %s, says %s or %s, but does not"
                .formatted(named, String.join(" and ", scripts()), PROPERTY, VARIABLE));
      }
      return Optional.of(named);
    }
    for (Path at = workingDirectory; at != null; at = at.getParent()) {
      Path here = at.resolve("shared").resolve("data").resolve(folder);
      if (complete(here)) {
        return Optional.of(here);
      }
    }
    return Optional.empty();
  }

  /**
   * Fills an empty database.
   *
   * @return whether the scripts were found
   * @throws SQLException if they do not run
   */
  public boolean load(DataSource database) throws SQLException {
    Optional<Path> found = find();
    if (found.isEmpty()) {
      return false;
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      for (String script : scripts()) {
        SqlScript.run(connection, found.get().resolve(script));
      }
      connection.commit();
    }
    return true;
  }

  /** In the order in which they run. */
  private List<String> scripts() {
    return switch (this) {
      case CHINOOK -> List.of("chinook-postgres.sql");
      case PAGILA -> List.of("01-schema.sql", "02-data.sql.gz");
    };
  }

  private boolean complete(Path directory) {
    return scripts().stream().allMatch(s -> Files.isReadable(directory.resolve(s)));
  }
}
