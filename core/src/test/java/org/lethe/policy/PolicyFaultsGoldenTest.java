package org.lethe.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Catalog;

/** A policy full of faults is answered by all of them, in words people understand. */
class PolicyFaultsGoldenTest {

  @Test
  void theFormOfAPolicy() throws IOException {
    PolicyException faults =
        catchThrowableOfType(
            PolicyException.class,
            () -> PolicyReader.read("lethe.yaml", resource("form-faults.yaml")));

    assertThat(faults).hasMessage(resource("form-faults.txt").strip());
    assertThat(faults.findings()).hasSize(21);
  }

  @Test
  void theNamesInAPolicy() throws IOException {
    Policy policy = PolicyReader.read("lethe.yaml", resource("name-faults.yaml"));
    Catalog shop = Shop.catalog();
    PolicyException faults =
        catchThrowableOfType(PolicyException.class, () -> Decisions.resolve(policy, shop));

    assertThat(faults).hasMessage(resource("name-faults.txt").strip());
    assertThat(faults.findings()).hasSize(30);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PolicyFaultsGoldenTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
