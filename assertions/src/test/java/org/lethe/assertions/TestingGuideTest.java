package org.lethe.assertions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lethe.Lethe;
import org.lethe.policy.PolicyReader;
import org.lethe.store.Stores;
import org.lethe.testkit.Plaza;
import org.lethe.testkit.Samples;
import org.lethe.trash.LedgerSchema;
import org.postgresql.ds.PGSimpleDataSource;

/** What docs/testing.md shows is this class's test, to the letter but for blanks. */
@SuppressWarnings("NullAway.Init")
class TestingGuideTest {

  @TempDir private Path uploads;
  private PGSimpleDataSource database;
  private String policy;

  @BeforeEach
  void create() {
    database = Samples.plaza();
    policy =
        Plaza.policyYaml()
            + """
            stores:
              uploads:
                files: "%s"
                paths: ["avatars/{customer_id}.*"]
            """
                .formatted(uploads);
  }

  @Test
  void nothingIsLeftOfACustomer() {
    LedgerSchema.migrate(database);
    Lethe lethe = Lethe.of(database, PolicyReader.read("lethe.yaml", policy));
    try (Stores stores = Stores.open(lethe.decisions().data().stores(), System::getenv)) {
      Canary.of(lethe, database, "customer")
          .stores(stores.all())
          .seed(
              "uploads",
              person -> {
                Path avatar = uploads.resolve("avatars/" + person.value("customer_id") + ".txt");
                Files.createDirectories(avatar.getParent());
                Files.writeString(avatar, person.token());
              })
          .value("customer.phone", "0664 {canary}")
          .assertErased();
    }
  }

  @Test
  void theGuideShowsThatTest() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "testing.md"));
    String own =
        Files.readString(Path.of("src/test/java/org/lethe/assertions/TestingGuideTest.java"));
    int start = guide.indexOf("```java\n") + "```java\n".length();
    String shown = bare(guide.substring(start, guide.indexOf("```", start)));
    assertThat(shown).contains("assertErased");
    assertThat(bare(own)).contains(shown);
  }

  private static String bare(String code) {
    return code.replaceAll("\\s+", "");
  }
}
