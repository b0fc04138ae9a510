package org.lethe.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The real Django of this machine, run on a database of a test: Debian's python3-django. */
public final class Django {

  private static final String PYTHON = "/usr/bin/python3";

  private static final String SETUP =
      """
      import os, sys, django
      from django.conf import settings
      settings.configure(
          SECRET_KEY="of a test", USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
          INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
          PASSWORD_HASHERS=["django.contrib.auth.hashers." + h for h in (
              "PBKDF2PasswordHasher", "PBKDF2SHA1PasswordHasher", "Argon2PasswordHasher",
              "BCryptSHA256PasswordHasher", "BCryptPasswordHasher", "SHA1PasswordHasher",
              "MD5PasswordHasher", "UnsaltedSHA1PasswordHasher", "UnsaltedMD5PasswordHasher")],
          DATABASES={} if not os.environ.get("DB_NAME") else {"default": {
              "ENGINE": "django.db.backends.postgresql", "NAME": os.environ["DB_NAME"], "HOST": "127.0.0.1",
              "PORT": os.environ["DB_PORT"], "USER": os.environ["DB_USER"]}})
      django.setup()
      """;

  private static @Nullable String template;

  private Django() {}

  /**
   * Why a test cannot run here, to be skipped visibly; empty where it can.
   *
   * @throws IllegalStateException if it cannot under CI, where nothing is skipped
   */
  public static Optional<String> missing() {
    if (Files.isExecutable(Path.of(PYTHON)) && run("import django, psycopg2", Map.of()).code == 0) {
      return Optional.empty();
    }
    String why =
        "there is no Django for %s: apt-get install python3-django python3-psycopg2"
            .formatted(PYTHON);
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why);
    }
    return Optional.of(why);
  }

  /** A database with the tables that Django's own migrations make; these run once. */
  public static PGSimpleDataSource database() {
    return PostgresServer.shared().createDatabase(template());
  }

  private static synchronized String template() {
    String made = template;
    if (made == null) {
      PGSimpleDataSource database = PostgresServer.shared().createDatabase();
      run(
          database,
          "from django.core.management import call_command; call_command('migrate', verbosity=0)");
      made = Objects.requireNonNull(database.getDatabaseName());
      template = made;
    }
    return made;
  }

  /**
   * What a script prints; Django is set up before it begins.
   *
   * @throws IllegalStateException if it fails
   */
  public static String run(String script) {
    return checked(run(SETUP + script, Map.of()));
  }

  /** The same with a database. */
  public static String run(PGSimpleDataSource database, String script) {
    String name = database.getDatabaseName();
    String user = database.getUser();
    return checked(
        run(
            SETUP + script,
            Map.of(
                "DB_NAME",
                name == null ? "" : name,
                "DB_PORT",
                Integer.toString(database.getPortNumbers()[0]),
                "DB_USER",
                user == null ? "postgres" : user)));
  }

  /** What ran, and how it ended. */
  private record Ran(int code, String printed) {}

  private static String checked(Ran ran) {
    if (ran.code != 0) {
      throw new IllegalStateException("a script failed and printed\n" + ran.printed);
    }
    return ran.printed;
  }

  private static Ran run(String script, Map<String, String> environment) {
    try {
      Path file = Files.createTempFile("lethe", ".py");
      Path out = Files.createTempFile("lethe", ".txt");
      try {
        Files.writeString(file, script);
        ProcessBuilder builder = new ProcessBuilder(List.of(PYTHON, file.toString()));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(out.toFile());
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw new IllegalStateException("a script did not end");
        }
        return new Ran(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
      } finally {
        Files.delete(file);
        Files.delete(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
