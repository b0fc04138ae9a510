package org.lethe.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

/** The real Django of this machine, run on a database of a test. */
final class Django {

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

  private Django() {}

  /** Ends the test, visibly, where there is no Django; where CI is set that is a failure. */
  static void require() {
    boolean there = Files.isExecutable(Path.of(PYTHON)) && run("import django", Map.of()).code == 0;
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("Django for %s: apt-get install python3-django", PYTHON).isTrue();
    }
    Assumptions.assumeTrue(there, "there is no Django for " + PYTHON + " on this machine");
  }

  /** What a script prints; Django is set up before it begins. */
  static String run(String script) {
    return checked(run(SETUP + script, Map.of()));
  }

  /** The same with a database. */
  static String run(PGSimpleDataSource database, String script) {
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
    assertThat(ran.code).as("exit code of a script that printed\n%s", ran.printed).isZero();
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
