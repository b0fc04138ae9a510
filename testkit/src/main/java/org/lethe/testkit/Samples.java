package org.lethe.testkit;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Sample databases on {@link PostgresServer#shared()}, ready to be changed: every call gives a
 * fresh copy. Each sample is loaded once per JVM, copies take a fraction of a second. Thread-safe.
 */
public final class Samples {

  private static @Nullable String plaza;
  private static final Map<SampleData, Optional<String>> FOUND = new EnumMap<>(SampleData.class);

  private Samples() {}

  /** A fresh copy of {@link Plaza}. */
  public static PGSimpleDataSource plaza() {
    return PostgresServer.shared().createDatabase(plazaTemplate());
  }

  /** A fresh copy of Chinook; empty where its data is not on this machine. */
  public static Optional<PGSimpleDataSource> chinook() {
    return copy(SampleData.CHINOOK);
  }

  /** A fresh copy of Pagila; empty where its data is not on this machine. */
  public static Optional<PGSimpleDataSource> pagila() {
    return copy(SampleData.PAGILA);
  }

  private static synchronized String plazaTemplate() {
    String template = plaza;
    if (template == null) {
      PGSimpleDataSource database = PostgresServer.shared().createDatabase();
      try {
        Plaza.load(database);
      } catch (SQLException e) {
        throw new IllegalStateException("the sample plaza cannot be loaded: " + e.getMessage(), e);
      }
      template = nameOf(database);
      plaza = template;
    }
    return template;
  }

  private static Optional<PGSimpleDataSource> copy(SampleData sample) {
    return template(sample).map(PostgresServer.shared()::createDatabase);
  }

  private static synchronized Optional<String> template(SampleData sample) {
    return FOUND.computeIfAbsent(sample, Samples::load);
  }

  private static Optional<String> load(SampleData sample) {
    if (sample.find().isEmpty()) {
      return Optional.empty();
    }
    PGSimpleDataSource database = PostgresServer.shared().createDatabase();
    try {
      return sample.load(database) ? Optional.of(nameOf(database)) : Optional.empty();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the sample " + sample + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static String nameOf(PGSimpleDataSource database) {
    String name = database.getDatabaseName();
    if (name == null) {
      throw new IllegalStateException("a database without a name");
    }
    return name;
  }
}
